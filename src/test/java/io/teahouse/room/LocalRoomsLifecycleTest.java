package io.teahouse.room;

import akka.actor.typed.Behavior;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.local.LocalRooms;

class LocalRoomsLifecycleTest extends RoomLifecycleContract {
    @Override
    Behavior<Command> create(RoomLogs logs, RoomSettings settings) {
        return LocalRooms.builder()
                .logs(logs)
                .settings(settings)
                .maxRooms(MAX_ROOMS)
                .create();
    }
}
