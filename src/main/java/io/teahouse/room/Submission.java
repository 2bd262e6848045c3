package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.support.MonotonicClock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes in what is to be stored: a repeat is answered with its original, and where too much waits already or the store
 * is away, it is refused. Belongs to one {@link OpenRoom} and runs in it.
 */
final class Submission {
    private static final Refusal BUSY = new Refusal(Reason.BUSY, "not stored, too much waits already: try again");

    private final Room room;
    private final CommandGuard guard;
    private final PendingQueue line;
    private final LogWriter writer;
    private final DuplicateDetector repeats;
    private final VisibilitySession sessions;
    private final MonotonicClock time;
    private final int maxPending;
    private final Consumer<PendingEntry> stand;

    /** @param stand puts an entry into the room's pending queue */
    Submission(
            RoomContext in,
            PendingQueue line,
            LogWriter writer,
            DuplicateDetector repeats,
            VisibilitySession sessions,
            Consumer<PendingEntry> stand) {
        this.room = in.room();
        this.guard = in.guard();
        this.line = line;
        this.writer = writer;
        this.repeats = repeats;
        this.sessions = sessions;
        this.time = in.time();
        this.maxPending = in.settings().limits().maxPending();
        this.stand = stand;
    }

    /** @param from the subscriber who asks */
    void store(RoomActor.Asking asking, Member member, ActorRef<RoomEvent> from, Message.Draft draft) {
        if (isRepeat(asking, member)) {
            return;
        }
        if (writer.isAway()) {
            guard.refuse(asking, LogWriter.STORE_AWAY);
        } else if (line.pending() >= maxPending) {
            guard.refuse(asking, BUSY);
        } else {
            stand.accept(new Message(from, sender(member), draft, sessions.forWhom(), asking));
        }
    }

    /** A guest's nick may have been another user's a moment ago: the same text shows that it is a retry of theirs. */
    private static boolean mayBeRetry(Member member, RoomActor.Asking asking, Recorded original) {
        return isKnown(member)
                || (original instanceof RoomEvent.Said said
                        && words(asking).filter(said.text()::equals).isPresent());
    }

    private static boolean mayBeRetry(Member member, RoomActor.Asking asking, Message pending) {
        return isKnown(member) || words(asking).equals(words(pending.askers.get(0)));
    }

    private static boolean isKnown(Member member) {
        return !member.profile().account().isEmpty();
    }

    private static Optional<String> words(RoomActor.Asking asking) {
        return asking instanceof RoomActor.Saying saying
                ? Optional.of(saying.message().text())
                : Optional.empty();
    }

    private static UserId sender(Member member) {
        return member.profile().senderId(member.nick());
    }

    private boolean isRepeat(RoomActor.Asking asking, Member member) {
        if (asking.clientId().isEmpty()) {
            return false;
        }
        UserId who = sender(member);
        Optional<Recorded> original =
                repeats.original(who, asking.clientId(), time.now()).filter(event -> mayBeRetry(member, asking, event));
        if (original.isPresent()) {
            asking.replyTo().tell(RoomReply.Repeated.of(room.name(), asking, original.get()));
            return true;
        }
        Optional<Message> pending =
                line.pending(who, asking.clientId()).filter(message -> mayBeRetry(member, asking, message));
        pending.ifPresent(message -> {
            message.askers.add(asking);
            if (writer.isAway()) { // or it would hold back the next questions
                asking.replyTo().tell(RoomReply.InDoubt.of(room.name(), asking));
            }
        });
        return pending.isPresent();
    }
}
