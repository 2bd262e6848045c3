package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import io.teahouse.cluster.ClusterRooms;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomSettings;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRules;
import java.time.Duration;

/** Rooms of an application that is an Akka cluster: each is on one node, and its members are on any. */
public final class ClusteredRooms {
    private static final Duration RETURN_WITHIN = Duration.ofSeconds(30);
    private static final int PENDING_BYTES = 8 << 20;

    private ClusteredRooms() {}

    /**
     * The directory of this node. Call it on every node.
     *
     * @param logs of a store that all nodes share
     */
    public static ActorRef<RoomDirectory.Command> start(ActorSystem<?> system, RoomLogs logs) {
        LocalUserDirectory users = new LocalUserDirectory(new NickRules(32, CaseMapping.ASCII));
        return system.systemActorOf(
                ClusterRooms.create(
                        logs,
                        RoomSettings.defaults(),
                        RoomQuotas.of(10_000),
                        room -> Props.empty(),
                        users,
                        RETURN_WITHIN,
                        PENDING_BYTES),
                "rooms",
                Props.empty());
    }
}
