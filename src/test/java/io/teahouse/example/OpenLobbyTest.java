package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import io.teahouse.client.Peer;
import io.teahouse.net.ConnectionHost;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The host is an actor of the game, ann comes with nc, bob with an IRC client over a transport of the game's own. */
class OpenLobbyTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final int PATIENCE_MS = 20_000;

    private final OpenLobby.Open lobby = open();
    private final TestProbe<RoomEvent> host = AKKA.createTestProbe();

    private static OpenLobby.Open open() {
        TestProbe<OpenLobby.Open> answer = AKKA.createTestProbe();
        AKKA.spawn(OpenLobby.create(ConfigFactory.load())).tell(new OpenLobby.Find(answer.ref()));
        return answer.receiveMessage();
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private void hostEnters() {
        TestProbe<RoomDirectory.Location> location = AKKA.createTestProbe();
        lobby.rooms().tell(new RoomDirectory.Locate(RoomName.of("lobby"), location.ref()));
        ActorRef<RoomActor.Command> room =
                location.expectMessageClass(RoomDirectory.Found.class).ref();
        room.tell(new RoomActor.Join(Nick.of("host"), host.ref(), AKKA.system().ignoreRef()));
    }

    private String hostHears() {
        RoomEvent event = host.receiveMessage();
        while (!(event instanceof RoomEvent.Said)) {
            event = host.receiveMessage();
        }
        return ((RoomEvent.Said) event).by() + ": " + ((RoomEvent.Said) event).text();
    }

    /** A transport that the test holds in its hands. */
    private static final class Messages {
        final TestPublisher.Probe<ByteString> read =
                TestPublisher.probe(0, AKKA.system().classicSystem());
        final TestSubscriber.Probe<ByteString> written =
                TestSubscriber.probe(AKKA.system().classicSystem());

        Messages(ActorRef<ConnectionHost.Command> door) {
            TestProbe<ConnectionHost.Decision> decision = AKKA.createTestProbe();
            Peer peer = new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), true, "test");
            door.tell(new ConnectionHost.Admit(peer, decision.ref()));
            Source.fromPublisher(read)
                    .via(decision.receiveMessage().connection().flow())
                    .to(Sink.fromSubscriber(written))
                    .run(AKKA.system());
        }

        void send(String line) {
            read.sendNext(ByteString.fromString(line));
        }

        /** The first line that ends so. */
        String awaitLine(String end) {
            String line = written.requestNext().utf8String();
            while (!line.endsWith(end)) {
                line = written.requestNext().utf8String();
            }
            return line;
        }
    }

    private static String awaitLine(BufferedReader lines, String end) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.endsWith(end)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void everybodyChatsInTheSameRoomOfTheGame() throws IOException {
        hostEnters();
        int port = OpenLobby.listen(AKKA.system(), lobby.plain(), 0)
                .toCompletableFuture()
                .join()
                .localAddress()
                .getPort();
        try (Socket ann = new Socket(InetAddress.getLoopbackAddress(), port)) {
            ann.setSoTimeout(PATIENCE_MS);
            BufferedReader annReads =
                    new BufferedReader(new InputStreamReader(ann.getInputStream(), StandardCharsets.UTF_8));
            ann.getOutputStream().write("ann\nhello\n".getBytes(StandardCharsets.UTF_8));
            assertThat(hostHears()).isEqualTo("ann: hello");

            Messages bob = new Messages(lobby.irc());
            bob.send("NICK bob");
            bob.send("USER bob 0 * bob");
            bob.send("JOIN #lobby");
            bob.awaitLine("End of NAMES list");
            bob.send("PRIVMSG #lobby :hi, ann");
            assertThat(hostHears()).isEqualTo("bob: hi, ann");
            assertThat(awaitLine(annReads, "hi, ann")).isEqualTo("bob: hi, ann");

            ann.getOutputStream().write("hi, bob\n".getBytes(StandardCharsets.UTF_8));
            assertThat(bob.awaitLine("hi, bob")).startsWith(":ann!").contains(" PRIVMSG #lobby :hi, bob");
        }
    }
}
