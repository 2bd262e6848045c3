package io.teahouse.cluster;

import akka.actor.typed.Props;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomParts;
import io.teahouse.room.RoomPolicy;
import io.teahouse.room.RoomSettings;
import java.util.function.Function;

/**
 * What all rooms of a cluster have in common. Each room runs on one node, with the template of that node.
 *
 * @param props the props of the actors of a room: their dispatcher
 */
record RoomTemplate(RoomLogs logs, RoomSettings settings, RoomPolicy policy, Function<RoomName, Props> props) {
    RoomParts parts(RoomName name) {
        return new RoomParts(name, logs.of(name), settings).governedBy(policy);
    }
}
