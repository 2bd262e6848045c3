package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomActor.Redact;
import io.teahouse.room.RoomActor.Say;
import io.teahouse.room.RoomActor.SayFromOutside;
import io.teahouse.room.RoomActor.Saying;
import io.teahouse.room.RoomActor.SetTopic;
import io.teahouse.room.RoomActor.Signal;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.support.MonotonicClock;
import java.time.Instant;
import java.util.Optional;

/**
 * Handles messages, topics, redactions and signals between programs. Messages to be stored are enqueued, unless they
 * are retries, the store is away, or too many messages are pending. Belongs to one {@link OpenRoom} and runs in it.
 */
final class MessageHandler {
    private static final Refusal BUSY = new Refusal(Reason.BUSY, "not stored, too much waits already: try again");

    private final RoomContext context;
    private final Room room;
    private final RoomPolicy policy;
    private final MonotonicClock time;
    private final PendingQueue queue;
    private final DuplicateDetector repeats;
    private final VisibilitySession sessions;
    private long signals;

    MessageHandler(RoomContext context, PendingQueue queue, DuplicateDetector repeats, VisibilitySession sessions) {
        this.context = context;
        this.room = context.room();
        this.policy = context.policy();
        this.time = context.time();
        this.queue = queue;
        this.repeats = repeats;
        this.sessions = sessions;
    }

    // Commands

    void say(Say say) {
        if (room.member(say.member()).isPresent() || !answerIfPending(say)) {
            context.requireMember(say, say.member()).ifPresent(member -> say(say, member, say.member()));
        }
    }

    /** Answers a sender who repeats a message that is still pending, and has been removed in the meantime; returns whether it is. */
    private boolean answerIfPending(Say say) {
        return !say.clientId().isEmpty() && shareAnswer(say, queue.find(say.member(), say.clientId()));
    }

    /** Answers a message that is sent again for a user who has left since, and returns whether it was known. */
    boolean answerIfRepeated(Say say, UserId author) {
        return room.member(say.member()).isEmpty() && answerIfRepeated(say, author, author.isAccount());
    }

    void sayFromOutside(SayFromOutside say) {
        Member outsider = room.member(say.ref())
                .orElseGet(() -> new Member(
                        RoomActor.Identity.of(say.nick(), say.profile(), false, say.ref()), Ranks.NONE, time.now()));
        say(say, outsider, say.ref());
    }

    private void say(Saying saying, Member by, ActorRef<RoomEvent> from) {
        OutgoingMessage message = saying.message();
        if (context.permits(saying, policy.say(room, by, message).map(why -> hideSecret(by, why)))) {
            Nick nick = by.nick();
            Profile profile = by.profile();
            store(
                    saying,
                    by,
                    from,
                    (seq, id, at) -> new RoomEvent.Said(
                            room.name(),
                            seq,
                            id,
                            at,
                            nick,
                            profile,
                            message.kind(),
                            message.text(),
                            message.attributes(),
                            message.audience(),
                            message.clientId()));
        }
    }

    /** For outsiders, a secret room does not exist. */
    private Refusal hideSecret(Member by, Refusal why) {
        boolean hidden = room.modes().has(Mode.SECRET) && !room.isMember(by);
        return hidden ? Refusal.noSuchRoom(room.name()) : why;
    }

    void setTopic(SetTopic set) {
        Optional<Member> member = context.requireMember(set, set.member());
        if (member.isPresent() && context.permits(set, policy.setTopic(room, member.get(), set.text()))) {
            Nick by = member.get().nick();
            Profile profile = member.get().profile();
            store(
                    set,
                    member.get(),
                    set.member(),
                    (seq, id, at) -> new RoomEvent.TopicChanged(
                            room.name(), seq, id, at, by, profile, set.text(), set.clientId()));
        }
    }

    /**
     * Redacts a message that was found. The member may have left or lost their rank in the meantime.
     *
     * @param found the message; empty: the log does not answer
     */
    void redact(Redact redact, Optional<RoomLog.Excerpt> found) {
        Optional<Member> by = context.requireMember(redact, redact.member());
        if (found.isEmpty()) {
            context.refuse(redact, PendingQueue.STORE_AWAY);
        } else if (by.isPresent() && found.get().events().stream().noneMatch(RoomEvent.Said.class::isInstance)) {
            context.refuse(redact, new Refusal(Reason.NO_SUCH_MESSAGE, "there is no such message", redact.target()));
        } else if (by.isPresent()) {
            Recorded target = found.get().events().get(0);
            Nick nick = by.get().nick();
            Profile profile = by.get().profile();
            if (context.permits(redact, policy.redact(room, by.get(), target))) {
                store(
                        redact,
                        by.get(),
                        redact.member(),
                        (seq, id, at) -> new RoomEvent.Redacted(
                                room.name(),
                                seq,
                                id,
                                at,
                                nick,
                                profile,
                                target.id(),
                                target.seq(),
                                redact.reason(),
                                ""));
            }
        }
    }

    void signal(Signal signal) {
        Optional<Member> member = context.requireMember(signal, signal.member());
        if (member.isPresent() && context.permits(signal, policy.signal(room, member.get(), signal.attributes()))) {
            Instant now = time.now();
            String id = context.opened().identity() + "-s" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX)
                    + "-" + Long.toString(signals++, Character.MAX_RADIX);
            queue.enqueue(new Notice(
                    signal.member(),
                    new RoomEvent.Signalled(
                            room.pendingName(),
                            id,
                            member.get().nick(),
                            member.get().profile(),
                            signal.attributes(),
                            signal.audience(),
                            now)));
        }
    }

    // Storing

    /** @param from the subscriber who sent the command */
    private void store(RoomActor.Asking command, Member member, ActorRef<RoomEvent> from, Message.Draft draft) {
        if (answerIfRepeated(command, senderOf(member), isKnown(member))) {
            return;
        }
        if (queue.isStoreAway()) {
            context.refuse(command, PendingQueue.STORE_AWAY);
        } else if (queue.undecided() >= context.settings().limits().maxPending()) {
            context.refuse(command, BUSY);
        } else {
            queue.enqueue(new Message(from, senderOf(member), draft, sessions.forWhom(), command));
        }
    }

    /**
     * Answers a retry: with the stored original, or together with the original that is still pending.
     *
     * @param known whether only one user can be that sender
     */
    private boolean answerIfRepeated(RoomActor.Asking command, UserId sender, boolean known) {
        if (command.clientId().isEmpty()) {
            return false;
        }
        Optional<Recorded> original = repeats.original(sender, command.clientId(), time.now())
                .filter(event -> known || isSameText(command, event));
        if (original.isPresent()) {
            context.reply(command, RoomReply.Repeated.of(room.name(), command, original.get()));
            return true;
        }
        return shareAnswer(
                command,
                queue.find(sender, command.clientId())
                        .filter(message -> known || textOf(command).equals(textOf(message.commands.get(0)))));
    }

    /** The command gets the answer of that message. */
    private boolean shareAnswer(RoomActor.Asking command, Optional<Message> pending) {
        pending.ifPresent(message -> {
            message.commands.add(command);
            if (queue.isStoreAway()) { // an unanswered command would delay the next ones
                context.reply(command, RoomReply.InDoubt.of(room.name(), command));
            }
        });
        return pending.isPresent();
    }

    private static UserId senderOf(Member member) {
        return member.profile().senderId(member.nick());
    }

    /** A guest's nick may have belonged to another user a moment ago: only the same text shows that it is a retry. */
    private static boolean isKnown(Member member) {
        return !member.profile().account().isEmpty();
    }

    private static boolean isSameText(RoomActor.Asking command, Recorded original) {
        return original instanceof RoomEvent.Said said
                && textOf(command).filter(said.text()::equals).isPresent();
    }

    private static Optional<String> textOf(RoomActor.Asking command) {
        return command instanceof Saying saying ? Optional.of(saying.message().text()) : Optional.empty();
    }
}
