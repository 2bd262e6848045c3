package io.teahouse.example;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.member.RoomMember;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Members on two nodes of an application's cluster are in one room. */
class ClusteredRoomsTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private static ActorTestKit node() {
        return ActorTestKit.create("shop", ConfigFactory.parseString("""
                        akka.actor.provider = cluster
                        akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                        akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                        akka.cluster.sharding.passivation.strategy = none
                        akka.loglevel = warning
                        akka.coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off }
                        include "teahouse-cluster.conf"
                        """).withFallback(ConfigFactory.load()));
    }

    @Test
    void membersOnTwoNodesTalk() {
        ActorTestKit one = node();
        ActorTestKit two = node();
        try {
            Cluster first = Cluster.get(one.system());
            first.manager().tell(Join.create(first.selfMember().address()));
            Cluster.get(two.system())
                    .manager()
                    .tell(Join.create(first.selfMember().address()));
            MemoryRoomLogs logs = new MemoryRoomLogs(); // a test is one process; otherwise a store in PostgreSQL
            ActorRef<RoomDirectory.Command> here = ClusteredRooms.start(one.system(), logs);
            ActorRef<RoomDirectory.Command> there = ClusteredRooms.start(two.system(), logs);
            TestProbe<String> heard = one.createTestProbe();
            one.spawn(RoomMember.in(here, "tea")
                    .as("ann")
                    .onJoined((me, welcome) -> heard.ref().tell("joined"))
                    .onSaid((me, said) -> heard.ref().tell(said.by() + ": " + said.text()))
                    .create());
            heard.expectMessage(SOON, "joined");
            two.spawn(RoomMember.in(there, "tea")
                    .as("bob")
                    .onJoined((me, welcome) -> me.say("hello"))
                    .create());
            heard.expectMessage(SOON, "bob: hello");
        } finally {
            two.shutdownTestKit();
            one.shutdownTestKit();
        }
    }
}
