package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.RecipientRef;
import io.teahouse.room.Fanout;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import java.time.Duration;
import java.util.function.Function;

/** What a simulation needs of a room with relays: the parts of {@link ClusterRooms} without the cluster. */
public final class RelayParts {
    private static final long PENDING_BYTES = 1 << 20;
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    private RelayParts() {}

    /**
     * A relay of that room.
     *
     * @param window how many commands the room may have at once
     */
    public static Behavior<RoomActor.Command> relay(
            RoomName name,
            Function<RoomName, RecipientRef<RoomActor.Command>> rooms,
            ActorRef<RoomDirectory.Command> directory,
            int window) {
        return RoomRelay.create(name, rooms, directory, new RoomRelay.Limits(PENDING_BYTES, window), IDLE_TIMEOUT);
    }

    /**
     * How a room delivers to relays.
     *
     * @param returnWithin how long the users of a node that is gone are still in the room
     */
    public static Fanout.Factory fanout(Duration returnWithin) {
        return RelayFanout.factory(returnWithin);
    }

    /** Whether a room has sent that message to a relay. */
    public static boolean isFromRoom(Object message) {
        return message instanceof RelayMessage;
    }
}
