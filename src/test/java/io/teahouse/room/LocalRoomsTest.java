package io.teahouse.room;

import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import io.teahouse.room.RoomDirectory.Command;

class LocalRoomsTest extends RoomDirectoryContract {
    @Override
    Behavior<Command> create(RoomLogs logs, RoomSettings settings) {
        return LocalRooms.create(logs, settings, MAX_ROOMS, name -> Props.empty());
    }
}
