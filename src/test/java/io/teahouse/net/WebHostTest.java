package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.util.ByteString;
import io.teahouse.client.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The web door of an application, without a network; its plain door has the same limits. */
class WebHostTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Peer PEER =
            new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), false, "test");
    private static final String UPGRADE = String.join(
            "\r\n",
            "GET /irc HTTP/1.1",
            "Host: chat.example.org",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "",
            "");

    private final TestProbe<ConnectionHost.Decision> decisions = AKKA.createTestProbe();
    private ActorRef<ConnectionHost.Command> web;
    private ActorRef<ConnectionHost.Command> plain;

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @BeforeEach
    void open() {
        List<ActorRef<ConnectionHost.Command>> both = DoorsInMemory.open(
                AKKA,
                (context, doors) -> List.of(
                        context.spawnAnonymous(doors.web(context.getSystem())),
                        context.spawnAnonymous(doors.plain(Framing.LINES))),
                "teahouse { limits.max-connections-per-address = 1, web.request-timeout = 4 s }");
        web = both.get(0);
        plain = both.get(1);
    }

    private HostedConnection admitted(ActorRef<ConnectionHost.Command> door) {
        door.tell(new ConnectionHost.Admit(PEER, decisions.ref()));
        ConnectionHost.Decision decision = decisions.receiveMessage();
        assertThat(decision).isInstanceOf(ConnectionHost.Admitted.class);
        return decision.connection();
    }

    /** As when the one who asked for it has gone in the meantime. */
    @Test
    void aConnectionThatNeverBeginsFreesItsPlace() {
        admitted(web);
        web.tell(new ConnectionHost.Admit(PEER, decisions.ref()));
        assertThat(decisions.receiveMessage()).isInstanceOf(ConnectionHost.Refused.class);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ConnectionHost.Decision decision;
        do {
            assertThat(System.nanoTime()).isLessThan(deadline);
            web.tell(new ConnectionHost.Admit(PEER, decisions.ref()));
            decision = decisions.receiveMessage();
        } while (decision instanceof ConnectionHost.Refused);
        new Transport(decision.connection()).send(UPGRADE);
    }

    @Test
    void aConnectionThatBeginsTooLateEndsAtOnce() {
        HostedConnection late = admitted(web);
        web.tell(new ConnectionHost.Drain("the server is shutting down"));
        decisions.expectTerminated(web, PATIENCE); // only when the place is free
        Transport transport = new Transport(late);
        transport.until("HTTP/1.1 503 ");
        transport.read.sendComplete();
        transport.expectEnd();
    }

    private static final class Transport {
        final TestPublisher.Probe<ByteString> read =
                TestPublisher.probe(0, AKKA.system().classicSystem());
        final TestSubscriber.Probe<ByteString> written =
                TestSubscriber.probe(AKKA.system().classicSystem());
        private String rest = "";

        Transport(HostedConnection connection) {
            connection
                    .over(Flow.fromSinkAndSource(Sink.fromSubscriber(written), Source.fromPublisher(read)))
                    .run(AKKA.system());
        }

        void send(String text) {
            read.sendNext(ByteString.fromString(text));
        }

        /** Reads on to this text. */
        String until(String text) {
            while (!rest.contains(text)) {
                rest += written.requestNext().utf8String();
            }
            int end = rest.indexOf(text) + text.length();
            String before = rest.substring(0, end);
            rest = rest.substring(end);
            return before;
        }

        void expectEnd() {
            written.request(1).expectComplete();
        }
    }

    /** The only seat of the address must be free again. */
    private void expectDrainedAndFree() {
        decisions.expectTerminated(web, PATIENCE);
        decisions.awaitAssert(PATIENCE, () -> admitted(plain));
    }

    @Test
    void anApplicationsTransportCarriesWebSockets() {
        Transport ann = new Transport(admitted(web));
        ann.send(UPGRADE.substring(0, 20));
        ann.send(UPGRADE.substring(20));
        assertThat(ann.until("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
        web.tell(new ConnectionHost.Drain("closing time"));
        ann.until("closing time");
        ann.written.request(5);
        ann.read.sendComplete();
        expectDrainedAndFree();
    }

    @Test
    void itLoadsPagesToo() {
        Transport ann = new Transport(admitted(web));
        ann.send("GET / HTTP/1.1\r\nHost: chat.example.org\r\n\r\n");
        assertThat(ann.until("</html>")).startsWith("HTTP/1.1 200 ");
        web.tell(new ConnectionHost.Drain("closing time"));
        ann.expectEnd();
        expectDrainedAndFree();
    }

    @Test
    void aConnectionThatHasNotAskedYetIsToldOfTheDrain() {
        Transport ann = new Transport(admitted(web));
        ann.send("GET / HT");
        web.tell(new ConnectionHost.Drain("closing time"));
        assertThat(ann.until("\r\n\r\n")).startsWith("HTTP/1.1 503 ");
        ann.until("shutting down");
        ann.written.request(1);
        ann.read.sendComplete();
        expectDrainedAndFree();
    }

    /** A client that is shut down at once may leave nothing to write. */
    @Test
    void whoAsksWhileTheDoorIsDrainedKeepsNoSeat() {
        Transport ann = new Transport(admitted(web));
        ann.send(UPGRADE);
        web.tell(new ConnectionHost.Drain("closing time"));
        ann.written.request(5);
        ann.read.sendComplete();
        expectDrainedAndFree();
    }

    @Test
    void aConnectionBeforeItsRequestRunsOnce() {
        HostedConnection connection = admitted(web);
        Transport ann = new Transport(connection);
        assertThatThrownBy(() -> new Transport(connection)).hasMessageContaining("once");
        ann.send(UPGRADE);
        assertThat(ann.until("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
    }
}
