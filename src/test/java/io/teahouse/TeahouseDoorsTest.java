package io.teahouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.room.member.RoomMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Doors onto the rooms of an application, in an actor system that nothing was set up for. */
class TeahouseDoorsTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final ActorRef<RoomDirectory.Command> ROOMS = AKKA.spawn(LocalRooms.create());
    private static final int PATIENCE_MS = 20_000;
    private static TeahouseDoors.Open doors;

    private final TestProbe<String> told = AKKA.createTestProbe();

    @BeforeAll
    static void open() {
        doors = TeahouseDoors.on(AKKA.system(), ROOMS)
                .plain(0)
                .irc(0)
                .web(0)
                .settings(ConfigFactory.parseString("teahouse.irc.network-name = Shop"))
                .start()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    /** A client that is a socket. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Client(InetSocketAddress address) throws IOException {
            socket = new Socket(address.getAddress(), address.getPort());
            socket.setSoTimeout(PATIENCE_MS);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        static Client irc(String nick) throws IOException {
            Client client = new Client(doors.address("irc"));
            client.send("NICK " + nick, "USER " + nick + " 0 * " + nick);
            return client;
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

        /** What the server says of a user. */
        String whois(String nick) throws IOException {
            send("WHOIS " + nick);
            StringBuilder answer = new StringBuilder();
            String line = lines.readLine();
            while (line != null && !line.contains(" 318 ")) {
                answer.append(line).append('\n');
                line = lines.readLine();
            }
            return answer.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void clerk(String nick, String room) {
        AKKA.spawn(RoomMember.in(ROOMS, room)
                .as(nick)
                .onJoined((me, welcome) -> told.ref().tell("joined"))
                .onSaid((me, said) -> me.say("hi, " + said.by()))
                .onDirect((me, said) -> me.say("you said " + said.text()))
                .create());
        told.expectMessage("joined");
    }

    @Test
    void allDoorsLeadToTheSameRooms() throws IOException {
        clerk("host", "lobby");
        try (Client ann = new Client(doors.address("plain"));
                Client bob = Client.irc("bob")) {
            bob.send("JOIN #lobby");
            bob.await("End of NAMES list");
            ann.send("ann", "hello");

            assertThat(bob.await("PRIVMSG #lobby :hello")).startsWith(":ann!");
            assertThat(bob.await("PRIVMSG #lobby :hi, ann")).startsWith(":host!");
            assertThat(ann.await("hi, ann")).isEqualTo("host: hi, ann");
        }
        HttpURLConnection page = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + doors.address("web").getPort() + "/")
                        .toURL()
                        .openConnection();
        assertThat(page.getResponseCode()).isEqualTo(200);
    }

    @Test
    void settingsOfTheApplicationApply() throws IOException {
        try (Client carl = Client.irc("carl")) {
            assertThat(carl.await(" 001 ")).contains("Shop");
        }
    }

    @Test
    void aMemberOfTheApplicationIsAUserOfTheDoors() throws IOException {
        clerk("clerk", "order-1");
        try (Client dora = Client.irc("dora")) {
            dora.await(" 001 ");
            told.awaitAssert(() -> {
                assertThat(dora.whois("clerk")).contains(" 311 ", "#order-1");
                return null;
            });
            dora.send("PRIVMSG clerk :where is my tea?");
            assertThat(dora.await("PRIVMSG dora")).startsWith(":clerk!").endsWith(":you said where is my tea?");
        }
    }

    @Test
    void membersWithTheSameNickAreOneUser() throws IOException {
        clerk("twin", "order-2");
        clerk("twin", "order-3");
        try (Client gina = Client.irc("gina")) {
            gina.await(" 001 ");
            told.awaitAssert(() -> {
                assertThat(gina.whois("twin")).contains("#order-2", "#order-3");
                return null;
            });
        }
    }

    @Test
    void nobodyElseCanHaveTheNickOfAMember() throws IOException {
        try (Client impostor = Client.irc("boss")) {
            impostor.await(" 001 ");
            clerk("boss", "office");

            assertThat(impostor.await(" NICK ")).startsWith(":boss!").contains("Guest");
            assertThat(impostor.await(" NOTICE "))
                    .contains(":the name boss belongs to another user, who is here now: you are Guest");
            impostor.send("NICK boss");
            assertThat(impostor.await(" 43")).contains(" boss ");
        }
    }

    @Test
    void doorsCloseAndTheRoomsStay() throws Exception {
        TeahouseDoors.Open others = TeahouseDoors.on(AKKA.system(), ROOMS)
                .plain(0)
                .start()
                .toCompletableFuture()
                .join();
        try (Client ann = new Client(others.address("plain"))) {
            ann.send("anna");
            ann.await("anna");
            others.stop().toCompletableFuture().join();
            assertThat(ann.await("the chat is closing")).contains("the chat is closing");
        }
        assertThatThrownBy(() -> new Client(others.address("plain"))).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> others.address("irc")).hasMessage("the door irc is not open; open are [plain]");
    }

    @Test
    void thereIsADoorToOpen() {
        assertThatThrownBy(() -> TeahouseDoors.on(AKKA.system(), ROOMS).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call plain, irc or web first");
    }

    @Test
    void aPortInUseAndAWrongSettingAreNamed() {
        int used = doors.address("irc").getPort();
        assertThatThrownBy(() -> TeahouseDoors.on(AKKA.system(), ROOMS)
                        .irc(used)
                        .start()
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + used);
        assertThatThrownBy(() -> TeahouseDoors.on(AKKA.system(), ROOMS)
                        .irc(0)
                        .settings(ConfigFactory.parseString("teahouse.limits.max-connections = many"))
                        .start()
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("teahouse.limits.max-connections");
    }
}
