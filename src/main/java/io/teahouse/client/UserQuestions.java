package io.teahouse.client;

import akka.actor.Cancellable;
import io.teahouse.user.PendingReplies;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserEvent;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Asks the actor of the client's user. The client's next line waits for the answer. Runs in the client's actor. */
final class UserQuestions {
    /** In answer timeouts: the user's actor itself waits that long for rooms, repeatedly if a room refuses. */
    private static final int PATIENCE = 3;

    private final ClientSettings settings;
    private final CurrentUser me;
    private final ClientConnection connection;
    private final PendingReplies replies;
    private final PendingWork work;

    UserQuestions(
            ClientSettings settings,
            CurrentUser me,
            ClientConnection connection,
            PendingReplies replies,
            PendingWork work) {
        this.settings = settings;
        this.me = me;
        this.connection = connection;
        this.replies = replies;
        this.work = work;
    }

    /**
     * Sends a question, once the connection is attached.
     *
     * @param question creates the command with a number
     */
    void ask(Consumer<UserEvent> then, LongFunction<UserActor.Command> question) {
        if (me.actor().isPresent()) {
            me.tell(question.apply(expect(then)));
        }
    }

    /**
     * Expects an answer. Without it, the connection ends: the actor may have failed before it got the question.
     *
     * @return the number of the question
     */
    long expect(Consumer<UserEvent> then) {
        long number = replies.nextNumber();
        work.begin();
        Cancellable patience = work.after(
                settings.answerTimeout().multipliedBy(PATIENCE),
                () -> connection.cutOff("the server does not answer, please connect again"));
        replies.expect(number, UserEvent.class, event -> {
            patience.cancel();
            work.end();
            then.accept(event);
        });
        return number;
    }
}
