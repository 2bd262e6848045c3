package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal.Reason;
import java.util.Optional;

/** Where whatever a room is asked for ends that may not be done, and its asker is told why. Belongs to one room. */
final class CommandGuard {
    private final Room room;

    CommandGuard(Room room) {
        this.room = room;
    }

    /** The member who asks; empty if the sender is not one, and has been told so. To outsiders, a secret room does not exist. */
    Optional<Member> member(RoomActor.Asking asking, ActorRef<RoomEvent> subscriber) {
        return known(asking, room.member(subscriber));
    }

    Optional<Member> member(RoomActor.Asking asking, UserId user) {
        return known(asking, room.member(user));
    }

    private Optional<Member> known(RoomActor.Asking asking, Optional<Member> member) {
        if (member.isEmpty()) {
            refuse(
                    asking,
                    room.modes().has(Mode.SECRET)
                            ? Refusal.noSuchRoom(room.name())
                            : new Refusal(Reason.NOT_A_MEMBER, "you are not in " + room.name()));
        }
        return member;
    }

    /**
     * @param from who asks, who need not be a member
     * @param refusal what the rules say
     */
    boolean lets(RoomActor.Asking asking, Member from, Optional<Refusal> refusal) {
        boolean hidden = room.modes().has(Mode.SECRET) && !room.isMember(from);
        return lets(asking, refusal.map(why -> hidden ? Refusal.noSuchRoom(room.name()) : why));
    }

    /** @param refusal what the rules say */
    boolean lets(RoomActor.Asking asking, Optional<Refusal> refusal) {
        refusal.ifPresent(why -> refuse(asking, why));
        return refusal.isEmpty();
    }

    void refuse(RoomActor.Asking asking, Refusal why) {
        asking.replyTo().tell(RoomReply.Refused.of(room.name(), asking, why));
    }
}
