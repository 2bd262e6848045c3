package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Props;
import io.teahouse.room.local.LocalRooms;

class LocalRoomsRenameTest extends RoomRenameContract {
    @Override
    ActorRef<RoomDirectory.Command> create(RoomLogs logs, RoomSettings settings) {
        return AKKA.spawn(LocalRooms.create(logs, settings, 10, name -> Props.empty()));
    }
}
