package io.teahouse.cluster;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.room.RoomActor;

/** The phase of a {@link RoomRelay} in which nobody needs the room, which may not run. */
final class DetachedRelay extends RelayPhase {
    DetachedRelay(RoomRelay relay) {
        super(relay);
    }

    @Override
    public Receive<Object> createReceive() {
        return withCommon(newReceiveBuilder()).build();
    }

    @Override
    Behavior<Object> onCommand(RoomActor.Command command) {
        relay.accept(command);
        return AttachingRelay.now(relay);
    }
}
