package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal.Reason;
import java.util.Optional;

/** Where whatever a room is asked for ends that may not be done, and its asker is told why. Belongs to one room. */
final class Gate {
    private final Room room;

    Gate(Room room) {
        this.room = room;
    }

    /** The member who asks; empty: he is none, and has been told so. */
    Optional<Member> member(RoomActor.Asking asking, ActorRef<RoomEvent> ref) {
        Optional<Member> member = room.member(ref);
        if (member.isEmpty()) {
            refuse(asking, new Refusal(Reason.NOT_A_MEMBER, "you are not in " + room.name()));
        }
        return member;
    }

    /** @param refusal what the rules say */
    boolean lets(RoomActor.Asking asking, Optional<Refusal> refusal) {
        refusal.ifPresent(why -> refuse(asking, why));
        return refusal.isEmpty();
    }

    void refuse(RoomActor.Asking asking, Refusal why) {
        asking.replyTo().tell(new RoomReply.Refused(room.name(), asking, why));
    }
}
