package io.teahouse.client;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What one client asks of rooms, one question after the other; each is answered, if only by a refusal after a while.
 * The client need not be in the room. Belongs to one {@link ClientActor}.
 */
final class Questions {
    /** The room has had its time. */
    record Late(RoomActor.Asking asked) {}

    /** It has had much more, and will not answer any more. */
    record GivenUp(RoomActor.Asking asked) {}

    private record Question(RoomActor.Asking command, RoomName room, Consumer<RoomReply> then) {
        Question in(RoomName from, RoomName to) {
            return room.key().equals(from.key()) ? new Question(command, to, then) : this;
        }
    }

    private static final ArrayDeque<Question> NONE = new ArrayDeque<>(1);
    private static final ArrayDeque<RoomActor.Asking> NONE_MISSING = new ArrayDeque<>(1);

    /** How many times as long as its time an answer is still reckoned with. */
    private static final int PATIENCE = 10;

    private final ActorContext<Object> context;
    private final Services services;
    private final ClientRooms rooms;
    private final Consumer<RoomDirectory.Found> enterConversation;
    private final Supplier<RoomDirectory.Opener> opener;
    private ArrayDeque<Question> waiting = NONE;
    private Optional<Question> current = Optional.empty();
    private Optional<Cancellable> timer = Optional.empty();

    /** What may still be answered, though too late. */
    private ArrayDeque<RoomActor.Asking> missing = NONE_MISSING;

    /**
     * @param enterConversation lets the client join a room of two, which answers nobody else
     * @param opener whose quota counts such a room
     */
    Questions(
            ActorContext<Object> context,
            Services services,
            ClientRooms rooms,
            Consumer<RoomDirectory.Found> enterConversation,
            Supplier<RoomDirectory.Opener> opener) {
        this.opener = opener;
        this.enterConversation = enterConversation;
        this.context = context;
        this.services = services;
        this.rooms = rooms;
    }

    boolean isEmpty() {
        return current.isEmpty();
    }

    void ask(RoomName room, RoomActor.Asking command, Consumer<RoomReply> then) {
        Question question = new Question(command, room, then);
        if (current.isPresent()) {
            if (waiting == NONE) {
                waiting = new ArrayDeque<>();
            }
            waiting.addLast(question);
        } else {
            put(question);
        }
    }

    private void put(Question question) {
        current = Optional.of(question);
        Duration time = services.settings().answerTimeout();
        timer = Optional.of(context.scheduleOnce(time, context.getSelf(), new Late(question.command)));
        Optional<ActorRef<RoomActor.Command>> known = rooms.ref(question.room);
        Optional<Refusal> away = rooms.whyAway(question.room);
        if (known.isPresent()) {
            known.get().tell(question.command);
        } else if (away.isPresent()) {
            answered(new RoomReply.Refused(question.room, question.command, away.get()));
        } else if (rooms.arrivals().isLookingFor(question.room)) {
            return; // it is asked when it is found
        } else if (question.room.isConversation()) {
            services.rooms()
                    .tell(new RoomDirectory.Locate(
                            question.room,
                            Optional.of(opener.get()),
                            context.getSelf().unsafeUpcast()));
        } else {
            services.rooms()
                    .tell(new RoomDirectory.Lookup(
                            question.room, context.getSelf().unsafeUpcast()));
        }
    }

    /** True if the answer was for a question here. */
    boolean on(RoomDirectory.Location location) {
        Optional<Question> asked =
                current.filter(q -> q.room.key().equals(location.room().key()));
        if (asked.isEmpty()) {
            return false;
        }
        if (location instanceof RoomDirectory.Found found) {
            if (found.room().isConversation()) {
                enterConversation.accept(found);
            }
            found.ref().tell(asked.get().command);
        } else if (location instanceof RoomDirectory.NotFound notFound) {
            answered(new RoomReply.Refused(asked.get().room, asked.get().command, notFound.refusal()));
        }
        return true;
    }

    /**
     * True if the reply was for a question here. A room that is renamed while it is asked answers by its new name, of which
     * who is outside has not heard; so that is its answer as long as none of another room can still come.
     */
    boolean on(RoomReply reply) {
        Optional<Question> asked = current.filter(question -> isAbout(reply, question));
        if (asked.isEmpty()) {
            if (current.isEmpty() && isAnswer(reply)) {
                missing.pollFirst();
            }
            return false;
        }
        boolean ofThatName = asked.get().room.key().equals(reply.room().key());
        if (ofThatName || missing.isEmpty()) {
            answered(reply);
            return true;
        }
        missing.removeFirst();
        return false;
    }

    private static boolean isAbout(RoomReply reply, Question question) {
        if (reply instanceof RoomReply.Refused refused) {
            return refused.asked().equals(question.command);
        } else if (reply instanceof RoomReply.InDoubt doubt) {
            return doubt.asked().equals(question.command);
        } else if (reply instanceof RoomReply.Repeated repeated) {
            return repeated.asked().equals(question.command);
        }
        return isAnswer(reply);
    }

    /** Nobody but who asks a question gets such a reply. */
    private static boolean isAnswer(RoomReply reply) {
        return !(reply instanceof RoomReply.Refused
                || reply instanceof RoomReply.InDoubt
                || reply instanceof RoomReply.Repeated
                || reply instanceof RoomReply.ModesSet);
    }

    void on(Late late) {
        current.filter(question -> question.command.equals(late.asked)).ifPresent(question -> {
            miss(question.command);
            answered(new RoomReply.Refused(question.room, question.command, doesNotAnswer(question.room)));
        });
    }

    static Refusal doesNotAnswer(RoomName room) {
        return new Refusal(Refusal.Reason.STORE_AWAY, room + " does not answer: try again later");
    }

    private void miss(RoomActor.Asking asked) {
        if (missing == NONE_MISSING) {
            missing = new ArrayDeque<>(2);
        }
        missing.addLast(asked);
        Duration time = services.settings().answerTimeout().multipliedBy(PATIENCE);
        context.scheduleOnce(time, context.getSelf(), new GivenUp(asked));
    }

    void on(GivenUp givenUp) {
        missing.removeFirstOccurrence(givenUp.asked);
    }

    /** A room that is asked, or will be, answers under another name now. */
    void renamed(RoomName from, RoomName to) {
        current = current.map(question -> question.in(from, to));
        if (!waiting.isEmpty()) {
            waiting = waiting.stream()
                    .map(question -> question.in(from, to))
                    .collect(Collectors.toCollection(ArrayDeque::new));
        }
    }

    /** That room has ended: it will not answer. */
    void ended(RoomName room) {
        current.filter(question -> question.room.key().equals(room.key())).ifPresent(question -> {
            timer.ifPresent(Cancellable::cancel);
            put(question); // by name, to whatever room there is now
        });
    }

    private void answered(RoomReply reply) {
        Optional<Question> done = current;
        timer.ifPresent(Cancellable::cancel);
        timer = Optional.empty();
        current = Optional.empty();
        done.ifPresent(question -> question.then.accept(reply));
        if (current.isEmpty() && !waiting.isEmpty()) {
            put(waiting.removeFirst());
        }
    }

    void cancel() {
        timer.ifPresent(Cancellable::cancel);
        current = Optional.empty();
        waiting = NONE;
    }
}
