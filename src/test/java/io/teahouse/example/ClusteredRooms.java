package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import io.teahouse.TeahouseDoors;
import io.teahouse.cluster.ClusterRooms;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomLogs;
import io.teahouse.store.Store;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Rooms of an application that is an Akka cluster: each is on one node, and its members are on any. */
public final class ClusteredRooms {
    private static final Set<String> STAFF = Set.of("sam", "kim");

    private ClusteredRooms() {}

    /**
     * The directory of this node. Call it on every node.
     *
     * @param logs of a store that all nodes share
     */
    public static ActorRef<RoomDirectory.Command> start(ActorSystem<?> system, RoomLogs logs) {
        return system.systemActorOf(
                ClusterRooms.builder(logs)
                        .ranks((room, nick, profile) -> STAFF.contains(profile.account()) ? Ranks.OPERATOR : Ranks.NONE)
                        .create(),
                "rooms",
                Props.empty());
    }

    /** Doors of this node, which know the users of all nodes. */
    public static CompletionStage<TeahouseDoors.Open> open(
            ActorSystem<?> system, ActorRef<RoomDirectory.Command> rooms, Store store) {
        return TeahouseDoors.on(system, rooms).inCluster().store(store).irc(0).start();
    }
}
