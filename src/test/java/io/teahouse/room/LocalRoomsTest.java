package io.teahouse.room;

import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.local.LocalRooms;

class LocalRoomsTest extends RoomDirectoryContract {
    @Override
    Behavior<Command> create(RoomLogs logs, RoomSettings settings) {
        return LocalRooms.create(logs, settings, MAX_ROOMS, name -> Props.empty());
    }
}
