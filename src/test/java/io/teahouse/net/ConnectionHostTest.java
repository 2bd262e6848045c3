package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.util.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.Doors;
import io.teahouse.account.Cloak;
import io.teahouse.client.Outbox;
import io.teahouse.client.Peer;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.store.Stores;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The plain door without a network. The test plays the transport, one line per message. */
class ConnectionHostTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Peer PEER =
            new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), false, "test");

    private final TestProbe<ConnectionHost.Decision> decisions = AKKA.createTestProbe();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private static ActorRef<ConnectionHost.Command> door(String... settings) {
        return DoorsInMemory.open(
                AKKA, (context, doors) -> context.spawnAnonymous(doors.plain(Framing.FRAMES)), settings);
    }

    private ConnectionHost.Decision decision(ActorRef<ConnectionHost.Command> door) {
        door.tell(new ConnectionHost.Admit(PEER, decisions.ref()));
        return decisions.receiveMessage();
    }

    private HostedConnection admitted(ActorRef<ConnectionHost.Command> door) {
        ConnectionHost.Decision decision = decision(door);
        assertThat(decision).isInstanceOf(ConnectionHost.Admitted.class);
        return decision.connection();
    }

    private void awaitAdmitted(ActorRef<ConnectionHost.Command> door) {
        decisions.awaitAssert(PATIENCE, () -> admitted(door));
    }

    private static final class Transport {
        final TestPublisher.Probe<ByteString> read =
                TestPublisher.probe(0, AKKA.system().classicSystem());
        final TestSubscriber.Probe<ByteString> written =
                TestSubscriber.probe(AKKA.system().classicSystem());

        Transport(HostedConnection connection) {
            connection
                    .over(Flow.fromSinkAndSource(Sink.fromSubscriber(written), Source.fromPublisher(read)))
                    .run(AKKA.system());
        }

        void send(String line) {
            read.sendNext(ByteString.fromString(line));
        }

        String line() {
            return written.requestNext().utf8String();
        }

        void expectEnd() {
            written.request(1).expectComplete();
        }
    }

    @Test
    void eachLineIsAnElementInBothDirections() {
        Transport ann = new Transport(admitted(door()));
        assertThat(ann.line()).startsWith("-- Welcome to Teahouse.");
        ann.send("ann");
        assertThat(ann.line()).isEqualTo("ann has joined the chat");
        ann.send("two\nlines\r\n");
        assertThat(ann.line()).isEqualTo("ann: two lines");
        ann.send("{quit}");
        ann.expectEnd();
    }

    @Test
    void aRefusedPeerGetsTheReasonInTheDoorsDialect() {
        ActorRef<ConnectionHost.Command> door = door("teahouse.limits.max-connections-per-address = 1");
        admitted(door);
        ConnectionHost.Decision decision = decision(door);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        ConnectionHost.Refused.class,
                        refused -> assertThat(refused.why())
                                .isEqualTo("too many connections from your address (1 at most)"));
        Transport late = new Transport(decision.connection());
        assertThat(late.line()).isEqualTo("! too many connections from your address (1 at most)");
        late.expectEnd();
    }

    @Test
    void aConnectionThatHasEndedDoesNotCount() {
        ActorRef<ConnectionHost.Command> door = door("teahouse.limits.max-connections-per-address = 1");
        Transport ann = new Transport(admitted(door));
        ann.read.sendError(new IllegalStateException("the transport broke"));
        awaitAdmitted(door);
    }

    @Test
    void aConnectionThatNeverRunsDoesNotCountAfterTheNameTimeout() {
        ActorRef<ConnectionHost.Command> door =
                door("teahouse.limits.max-connections-per-address = 1", "teahouse.limits.name-timeout = 100 ms");
        HostedConnection never = admitted(door);
        awaitAdmitted(door);
        new Transport(never).expectEnd();
    }

    @Test
    void aConnectionRunsOnce() {
        HostedConnection connection = admitted(door());
        Transport ann = new Transport(connection);
        ann.line();
        assertThatThrownBy(() -> new Transport(connection)).hasMessageContaining("once");
        ann.send("ann");
        assertThat(ann.line()).isEqualTo("ann has joined the chat");
    }

    @Test
    void aTransportCanAskHowTheConnectionEnds() {
        ActorRef<ConnectionHost.Command> door = door();
        HostedConnection connection = admitted(door);
        Transport ann = new Transport(connection);
        ann.line();
        ann.send("ann");
        ann.line();
        assertThat(connection.end()).isEqualTo(Outbox.End.OPEN);
        door.tell(new ConnectionHost.Drain("closing time"));
        assertThat(ann.line()).isEqualTo("! closing time");
        ann.expectEnd();
        assertThat(connection.end()).isEqualTo(Outbox.End.FINISHED_SOON);
    }

    @Test
    void aPacedDrainSendsClientsAwayOneAfterAnother() {
        ActorRef<ConnectionHost.Command> door = door();
        List<Transport> clients =
                List.of(new Transport(admitted(door)), new Transport(admitted(door)), new Transport(admitted(door)));
        clients.forEach(Transport::line);
        long start = System.nanoTime();
        ConnectionHost.Pace slow =
                new ConnectionHost.Pace(new DrainRate(1), Duration.ofHours(1), Duration.ofSeconds(3));
        door.tell(new ConnectionHost.Drain("closing time", Optional.of(slow)));
        clients.forEach(client -> assertThat(client.line()).isEqualTo("! closing time"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(90));
    }

    @Test
    void aDrainedDoorAdmitsNobodyAndStopsWithItsLastClient() {
        ActorRef<ConnectionHost.Command> door = door();
        Transport ann = new Transport(admitted(door));
        ann.line();
        door.tell(new ConnectionHost.Drain("closing time"));
        assertThat(decision(door)).isInstanceOf(ConnectionHost.Refused.class);
        assertThat(ann.line()).isEqualTo("! closing time");
        ann.expectEnd();
        ann.read.sendComplete();
        decisions.expectTerminated(door, PATIENCE);
    }

    @Test
    void aWrongSettingIsNamed() {
        TestProbe<String> problems = AKKA.createTestProbe();
        Config config = ConfigFactory.parseString("teahouse.limits.name-timeout = never")
                .withFallback(ConfigFactory.load());
        AKKA.spawn(Behaviors.<Void>setup(context -> {
            try {
                Doors.open(
                        context,
                        context.getSystem().ignoreRef(),
                        Stores.with(new MemoryRoomLogs(), new MemoryRoomLogs(), 10),
                        Cloak.NONE,
                        config);
            } catch (IllegalArgumentException e) {
                problems.ref().tell(e.getMessage());
            }
            return Behaviors.stopped();
        }));
        assertThat(problems.receiveMessage()).contains("teahouse.limits.name-timeout");
    }
}
