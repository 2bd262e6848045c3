package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.PendingEntry.Notice;
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
import java.util.function.Consumer;

/**
 * Handles messages, topics, redactions and signals between programs. Belongs to one {@link OpenRoom} and runs in it.
 */
final class MessageHandler {
    private final Room room;
    private final RoomPolicy policy;
    private final CommandGuard guard;
    private final MonotonicClock time;
    private final String identity;
    private final Submission submission;
    private final Consumer<PendingEntry> stand;
    private long signals;

    /** @param stand puts an entry into the room's pending queue */
    MessageHandler(RoomContext in, Submission submission, Consumer<PendingEntry> stand) {
        this.room = in.room();
        this.policy = in.policy();
        this.guard = in.guard();
        this.time = in.time();
        this.identity = in.opened().identity();
        this.submission = submission;
        this.stand = stand;
    }

    void say(Say say) {
        guard.member(say, say.member()).ifPresent(member -> say(say, member, say.member()));
    }

    void sayFromOutside(SayFromOutside say) {
        Member outsider = room.member(say.ref())
                .orElseGet(() -> new Member(
                        RoomActor.Identity.of(say.nick(), say.profile(), false, say.ref()), Ranks.NONE, time.now()));
        say(say, outsider, say.ref());
    }

    private void say(Saying saying, Member by, ActorRef<RoomEvent> from) {
        OutgoingMessage message = saying.message();
        if (guard.lets(saying, by, policy.say(room, by, message))) {
            Nick nick = by.nick();
            Profile profile = by.profile();
            submission.store(
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

    void setTopic(SetTopic set) {
        Optional<Member> member = guard.member(set, set.member());
        if (member.isPresent() && guard.lets(set, policy.setTopic(room, member.get(), set.text()))) {
            Nick by = member.get().nick();
            Profile profile = member.get().profile();
            submission.store(
                    set,
                    member.get(),
                    set.member(),
                    (seq, id, at) -> new RoomEvent.TopicChanged(
                            room.name(), seq, id, at, by, profile, set.text(), set.clientId()));
        }
    }

    /** @param found the message; empty: the log does not answer. The member may have left or lost their rank meanwhile. */
    void redact(Redact redact, Optional<RoomLog.Excerpt> found) {
        Optional<Member> by = guard.member(redact, redact.member());
        if (found.isEmpty()) {
            guard.refuse(redact, LogWriter.STORE_AWAY);
        } else if (by.isPresent() && found.get().events().stream().noneMatch(RoomEvent.Said.class::isInstance)) {
            guard.refuse(
                    redact, new Refusal(Refusal.Reason.NO_SUCH_MESSAGE, "there is no such message", redact.target()));
        } else if (by.isPresent()) {
            Recorded target = found.get().events().get(0);
            Nick nick = by.get().nick();
            Profile profile = by.get().profile();
            if (guard.lets(redact, policy.redact(room, by.get(), target))) {
                submission.store(
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
        Optional<Member> member = guard.member(signal, signal.member());
        if (member.isPresent() && guard.lets(signal, policy.signal(room, member.get(), signal.attributes()))) {
            Instant now = time.now();
            String id = identity + "-s" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX) + "-"
                    + Long.toString(signals++, Character.MAX_RADIX);
            stand.accept(new Notice(
                    signal.member(),
                    new RoomEvent.Signalled(
                            room.nameToCome(),
                            id,
                            member.get().nick(),
                            member.get().profile(),
                            signal.attributes(),
                            signal.audience(),
                            now)));
        }
    }
}
