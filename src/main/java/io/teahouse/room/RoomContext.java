package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.support.MonotonicClock;
import java.util.Optional;

/**
 * What the handlers of one {@link OpenRoom} share, and how they refuse a command.
 *
 * @param actor the room's own
 * @param log opened
 * @param opened the state of the log when it was opened
 * @param fanout delivers answers, too
 */
record RoomContext(
        ActorContext<RoomActor.Command> actor,
        TimerScheduler<RoomActor.Command> timers,
        Room room,
        RoomPolicy policy,
        RoomSettings settings,
        RoomLog log,
        RoomLog.Opened opened,
        MonotonicClock time,
        Fanout fanout) {

    /** The member who sent the command; a sender who is no member is refused. For them a secret room does not exist. */
    Optional<Member> requireMember(RoomActor.Asking command, ActorRef<RoomEvent> subscriber) {
        return require(command, room.member(subscriber));
    }

    Optional<Member> requireMember(RoomActor.Asking command, UserId user) {
        return require(command, room.member(user));
    }

    private Optional<Member> require(RoomActor.Asking command, Optional<Member> member) {
        if (member.isEmpty()) {
            refuse(
                    command,
                    room.modes().has(Mode.SECRET)
                            ? Refusal.noSuchRoom(room.name())
                            : new Refusal(Reason.NOT_A_MEMBER, "you are not in " + room.name()));
        }
        return member;
    }

    /**
     * Refuses the command if the policy does.
     *
     * @param verdict of the policy; empty: permitted
     * @return whether the command may be carried out
     */
    boolean permits(RoomActor.Asking command, Optional<Refusal> verdict) {
        verdict.ifPresent(why -> refuse(command, why));
        return verdict.isEmpty();
    }

    void reply(RoomActor.Asking command, RoomReply reply) {
        fanout.reply(command, reply);
    }

    void refuse(RoomActor.Asking command, Refusal why) {
        reply(command, RoomReply.Refused.of(room.name(), command, why));
    }
}
