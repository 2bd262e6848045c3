package io.teahouse.simulation;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.local.LocalRooms;
import java.util.List;
import java.util.Random;

/** A room of {@link LocalRooms}, on one node. */
final class LocalWorld extends World {
    private final ActorRef<RoomDirectory.Command> directory;

    LocalWorld(long seed, Random random, SimulatedSystem system) {
        super(seed, random, List.of(system));
        directory = nodes.get(0)
                .spawn(
                        "rooms",
                        LocalRooms.builder()
                                .logs(new FaultyLogs(log))
                                .settings(settings)
                                .policy(policy())
                                .create());
    }

    @Override
    void locate(User user, ActorRef<RoomDirectory.Location> replyTo) {
        directory.tell(new RoomDirectory.Locate(TEA, replyTo));
    }

    /** Those that users are in. */
    @Override
    List<ActorRef<RoomActor.Command>> rooms() {
        return users.stream()
                .flatMap(user -> user.place.stream())
                .filter(place -> !place.ended)
                .map(place -> place.room)
                .distinct()
                .toList();
    }

    @Override
    void breakPart() {
        if (!rooms().isEmpty()) {
            trace.add("the room is stopped");
            pick(rooms()).tell(new RoomActor.Stop());
        }
    }
}
