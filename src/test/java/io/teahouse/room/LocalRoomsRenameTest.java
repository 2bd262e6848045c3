package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.local.LocalRooms;

class LocalRoomsRenameTest extends RoomRenameContract {
    @Override
    ActorRef<RoomDirectory.Command> create(RoomLogs logs, RoomSettings settings) {
        return AKKA.spawn(
                LocalRooms.builder().logs(logs).settings(settings).maxRooms(10).create());
    }
}
