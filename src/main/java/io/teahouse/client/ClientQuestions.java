package io.teahouse.client;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.japi.function.Function;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Mode;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.PendingReplies;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The questions of one client to rooms and their directory. Rooms get one question after the other, so that answers
 * arrive in the order of the questions; a timeout counts as a refusal. The client need not be in the room.
 */
final class ClientQuestions implements RoomQuestions {
    private record Question(RoomName room, RoomActor.Asking command, Consumer<RoomReply> then) {
        Question in(RoomName from, RoomName to) {
            return room.key().equals(from.key()) ? new Question(to, command, then) : this;
        }

        RoomReply refused(Refusal why) {
            return new RoomReply.Refused(room, command.number(), command.clientId(), why);
        }
    }

    private static final ArrayDeque<Question> NONE = new ArrayDeque<>(1);

    private final Services services;
    private final CurrentUser me;
    private final RoomJoiner joiner;
    private final PendingReplies replies;
    private final PendingWork work;
    private Optional<Question> current = Optional.empty();
    private ArrayDeque<Question> waiting = NONE;
    private Optional<Cancellable> timer = Optional.empty();

    ClientQuestions(Services services, CurrentUser me, RoomJoiner joiner, PendingReplies replies, PendingWork work) {
        this.services = services;
        this.me = me;
        this.joiner = joiner;
        this.replies = replies;
        this.work = work;
    }

    /** Whether no question is open. */
    boolean isEmpty() {
        return current.isEmpty();
    }

    // One after the other

    /** @param command with a number of its own */
    void ask(RoomName room, RoomActor.Asking command, Consumer<RoomReply> then) {
        Question question = new Question(room, command, then);
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
        long number = question.command.number();
        current = Optional.of(question);
        timer = Optional.of(work.after(services.settings().answerTimeout(), () -> late(number)));
        replies.expect(number, RoomReply.class, this::answered);
        joiner.reach(question.room, location -> reached(number, location));
    }

    private boolean isAsked(long number) {
        return current.filter(question -> question.command.number() == number).isPresent();
    }

    private void reached(long number, RoomDirectory.Location location) {
        if (!isAsked(number)) {
            return; // it came too late
        }
        Question question = current.orElseThrow();
        if (location instanceof RoomDirectory.Found found) {
            found.ref().tell(question.command);
        } else if (location instanceof RoomDirectory.NotFound notFound) {
            answered(question.refused(notFound.refusal()));
        }
    }

    private void late(long number) {
        if (isAsked(number)) {
            Question question = current.orElseThrow();
            answered(question.refused(doesNotAnswer(question.room)));
        }
    }

    static Refusal doesNotAnswer(RoomName room) {
        return new Refusal(Refusal.Reason.STORE_AWAY, room + " does not answer: try again later");
    }

    private void answered(RoomReply reply) {
        Question done = current.orElseThrow();
        stop();
        done.then.accept(reply);
        if (current.isEmpty() && !waiting.isEmpty()) {
            put(waiting.removeFirst());
        }
    }

    private void stop() {
        timer.ifPresent(Cancellable::cancel);
        timer = Optional.empty();
        current.ifPresent(question -> replies.forget(question.command.number()));
        current = Optional.empty();
    }

    /** A room with open questions was renamed. */
    void renamed(RoomName from, RoomName to) {
        current = current.map(question -> question.in(from, to));
        if (!waiting.isEmpty()) {
            waiting = waiting.stream()
                    .map(question -> question.in(from, to))
                    .collect(Collectors.toCollection(ArrayDeque::new));
        }
    }

    /** A room has ended and will not answer: the room that has its name now is asked instead. */
    void ended(RoomName room) {
        current.filter(question -> question.room.key().equals(room.key())).ifPresent(question -> {
            stop();
            put(question);
        });
    }

    void cancel() {
        stop();
        waiting = NONE;
    }

    // Questions to rooms

    private Sender sender() {
        return Sender.next(me, replies);
    }

    @Override
    public void invite(RoomName room, UserSnapshot target, Consumer<RoomReply> then) {
        Sender from = sender();
        ask(room, new RoomActor.Invite(from.ref(), target.nick(), target.id(), from.number(), from.replyTo()), then);
    }

    @Override
    public void names(RoomName room, Consumer<RoomReply> then) {
        Sender from = sender();
        ask(room, new RoomActor.Names(from.number(), from.replyTo()), then);
    }

    @Override
    public void describe(RoomName room, Optional<Mode> list, Consumer<RoomReply> then) {
        Sender from = sender();
        ask(room, new RoomActor.Describe(from.ref(), list, from.number(), from.replyTo()), then);
    }

    @Override
    public void history(RoomName room, HistoryRange span, Set<EventType> sorts, Consumer<RoomReply> then) {
        if (span.limit() == 0) { // nothing is read
            askHistory(room, span, sorts, then);
            return;
        }
        work.read(reading -> askHistory(room, span, sorts, reply -> {
            reading.end(reply instanceof RoomReply.Past found ? Sizes.of(found.events()) : 0);
            then.accept(reply);
        }));
    }

    private void askHistory(RoomName room, HistoryRange span, Set<EventType> sorts, Consumer<RoomReply> then) {
        Sender from = sender();
        ask(room, new RoomActor.History(from.ref(), span, sorts, Instant.EPOCH, from.number(), from.replyTo()), then);
    }

    @Override
    public void metadata(RoomName room, Consumer<RoomReply> then) {
        Sender from = sender();
        ask(room, new RoomActor.GetMetadata(from.ref(), from.number(), from.replyTo()), then);
    }

    @Override
    public void setMetadata(RoomName room, String key, String value, Consumer<RoomReply> then) {
        Sender from = sender();
        ask(room, new RoomActor.SetMetadata(from.ref(), key, value, from.number(), from.replyTo()), then);
    }

    @Override
    public void clearMetadata(RoomName room, Consumer<RoomReply> then) {
        Sender from = sender();
        ask(room, new RoomActor.ClearMetadata(from.ref(), from.number(), from.replyTo()), then);
    }

    // Questions to the directory

    @Override
    public void listRooms(Consumer<Optional<RoomDirectory.Listing>> then) {
        askDirectory(RoomDirectory.ListRooms::new, then);
    }

    @Override
    public void countRooms(Consumer<Optional<RoomDirectory.Count>> then) {
        askDirectory(RoomDirectory.CountRooms::new, then);
    }

    private <T> void askDirectory(Function<ActorRef<T>, RoomDirectory.Command> question, Consumer<Optional<T>> then) {
        work.ask(services.rooms(), question, services.settings().answerTimeout(), then);
    }
}
