package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import io.teahouse.TeahouseDoors;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.member.RoomMember;
import io.teahouse.store.Store;
import io.teahouse.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members on two nodes of an application's cluster are in one room. */
class ClusteredRoomsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static ActorTestKit node() {
        return ActorTestKit.create("shop", ConfigFactory.parseString("""
                        akka.actor.provider = cluster
                        akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                        akka.cluster.jmx.multi-mbeans-in-same-jvm = on

                        akka.loglevel = warning
                        akka.coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off }
                        include "teahouse-cluster.conf"
                        """).withFallback(ConfigFactory.load()));
    }

    /** A client of the IRC door. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Client(TeahouseDoors.Open doors, String nick) throws IOException {
            InetSocketAddress door = doors.address("irc");
            socket = new Socket(door.getAddress(), door.getPort());
            socket.setSoTimeout((int) SOON.toMillis());
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            send("NICK " + nick, "USER " + nick + " 0 * " + nick);
        }

        void send(String... some) throws IOException {
            socket.getOutputStream().write((String.join("\r\n", some) + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        /** The first line that has this in it. */
        String await(String part) throws IOException {
            String line = lines.readLine();
            while (line != null && !line.contains(part)) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final ActorTestKit one = node();
    private final ActorTestKit two = node();
    private final Store store = Stores.memory(); // a test is one process; otherwise a store in PostgreSQL
    private final ActorRef<RoomDirectory.Command> here = ClusteredRooms.start(one.system(), store.logs());
    private final ActorRef<RoomDirectory.Command> there = ClusteredRooms.start(two.system(), store.logs());
    private final TestProbe<String> heard = one.createTestProbe();

    @BeforeEach
    void form() {
        Cluster first = Cluster.get(one.system());
        for (ActorTestKit node : List.of(one, two)) {
            Cluster.get(node.system())
                    .manager()
                    .tell(Join.create(first.selfMember().address()));
        }
    }

    @AfterEach
    void stop() {
        two.shutdownTestKit();
        one.shutdownTestKit();
        store.close();
    }

    private void know(Client asker, String nick) {
        heard.awaitAssert(SOON, () -> {
            asker.send("WHOIS " + nick);
            assertThat(asker.await(" " + nick + " ")).contains(" 311 ");
            return null;
        });
    }

    @Test
    void membersOnTwoNodesTalk() {
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
    }

    @Test
    void doorsOfTwoNodesHaveTheSameUsersAndTheFirstCustomerIsNoOperator() throws IOException {
        TeahouseDoors.Open doorsHere = ClusteredRooms.open(one.system(), here, store)
                .toCompletableFuture()
                .join();
        TeahouseDoors.Open doorsThere = ClusteredRooms.open(two.system(), there, store)
                .toCompletableFuture()
                .join();
        two.spawn(RoomMember.in(there, "office")
                .as("desk")
                .onDirect((me, said) -> me.say("you said " + said.text()))
                .create());
        try (Client ann = new Client(doorsHere, "ann");
                Client bob = new Client(doorsThere, "bob")) {
            ann.await(" 001 ");
            bob.await(" 001 ");
            ann.send("JOIN #help");
            assertThat(ann.await(" 353 ")).endsWith(":ann");
            bob.send("JOIN #help");
            assertThat(bob.await(" 353 ")).doesNotContain("@").contains("ann");

            bob.send("NICK ann");
            assertThat(bob.await(" 433 ")).contains(" ann ");
            know(bob, "ann");
            bob.send("PRIVMSG ann :psst");
            assertThat(ann.await("PRIVMSG ann")).startsWith(":bob!").endsWith(":psst");

            know(ann, "desk");
            ann.send("NICK desk");
            assertThat(ann.await(" 433 ")).contains(" desk ");
            ann.send("PRIVMSG desk :where is my tea?");
            assertThat(ann.await("PRIVMSG ann")).startsWith(":desk!").endsWith(":you said where is my tea?");
        }
        assertThatThrownBy(() -> ClusteredRooms.open(one.system(), here, store)
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("there have been doors onto the cluster in this actor system already");
    }
}
