package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import io.teahouse.client.ReadWindow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stage between a socket that the test controls and a client that is a probe. */
class ConnectionStageTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(AKKA.system());
    private static final String DISPATCHER = "akka.actor.default-dispatcher";
    private static final int CAPACITY = 100;
    private static final int READ_AHEAD = 10;
    private static final Duration JUST_UNDER_FIVE = Duration.ofMillis(4900);
    private static final Duration A_LITTLE = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestPublisher.Probe<ByteString> read =
            TestPublisher.probe(0, AKKA.system().classicSystem());
    private final TestSubscriber.Probe<ByteString> written =
            TestSubscriber.probe(AKKA.system().classicSystem());
    private final TestProbe<ClientActor.Command> client = AKKA.createTestProbe();
    private final Outbox outbox = new Outbox(CAPACITY);
    private final ReadWindow readWindow = new ReadWindow(READ_AHEAD);

    private void connect() {
        connect(Framing.LINES);
    }

    private void connect(Framing framing) {
        Flow<ByteString, ByteString, NotUsed> socket =
                Flow.fromSinkAndSource(Sink.fromSubscriber(written), Source.fromPublisher(read));
        ConnectionSettings settings =
                new ConnectionSettings(framing, CAPACITY, CAPACITY, READ_AHEAD, List.of(DISPATCHER));
        new HostedConnection(client.ref(), outbox, readWindow, settings, DISPATCHER)
                .over(socket)
                .run(AKKA.system());
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @AfterEach
    void end() {
        outbox.cutOff(ByteString.emptyByteString());
        TIME.timePasses(SECOND);
    }

    private static ByteString bytes(String text) {
        return ByteString.fromString(text);
    }

    private void offer(String text) {
        assertThat(outbox.offer(bytes(text))).isTrue();
    }

    private void writes(String text) {
        assertThat(written.requestNext().utf8String()).isEqualTo(text);
    }

    private void hears(String lines) {
        assertThat(client.expectMessageClass(ClientActor.Received.class).lines().utf8String())
                .isEqualTo(lines);
    }

    private String why() {
        return client.expectMessageClass(ClientActor.Disconnected.class).why();
    }

    /** Waits for a write, which the stage makes after all earlier offers. */
    private void awaitIdle() {
        offer(".");
        writes(".");
    }

    @Test
    void outputThatWaitsDuringAWriteGoesIntoTheNextWrite() {
        connect();
        offer("a");
        writes("a");
        offer("b");
        offer("c");
        offer("d");
        writes("bcd");
    }

    @Test
    void withFramesEachLineIsOneElement() {
        connect(Framing.FRAMES);
        offer("a\n");
        writes("a");
        offer("b\nc\r\n");
        offer("d\n");
        writes("b");
        writes("c");
        writes("d");
        outbox.finish();
        written.request(1).expectComplete();
    }

    @Test
    void linesTakenTogetherCountUntilTheLastOneIsWritten() {
        connect(Framing.FRAMES);
        offer("a\n");
        writes("a");
        offer("b\nc\n");
        writes("b");
        assertThat(outbox.held()).isPositive();
        writes("c");
        written.request(1);
        client.awaitAssert(() -> assertThat(outbox.held()).isZero());
    }

    @Test
    void withFramesEachElementIsALine() {
        connect(Framing.FRAMES);
        read.sendNext(bytes("ann")).sendNext(bytes("")).sendNext(bytes("hi"));
        hears("ann\n");
        hears("hi\n");
    }

    @Test
    void unwrittenOutputStaysInTheBoundedQueue() {
        connect();
        awaitIdle();
        offer("x".repeat(CAPACITY));
        assertThat(outbox.offer(bytes("y"))).isFalse();
        writes("x".repeat(CAPACITY));
        offer("y");
        writes("y");
    }

    @Test
    void readingStopsWhenTheClientFallsBehind() {
        connect();
        read.sendNext(bytes("12345\n")).sendNext(bytes("67890\n")).sendNext(bytes("more\n"));
        hears("12345\n");
        hears("67890\n");
        awaitIdle();
        client.expectNoMessage(Duration.ZERO);
        readWindow.taken(8);
        hears("more\n");
    }

    @Test
    void overlongLinesCountAsUnprocessedInput() {
        connect();
        for (int i = 0; i < 3; i++) {
            read.sendNext(bytes("x".repeat(CAPACITY + 2) + "\n"));
        }
        client.expectMessageClass(ClientActor.Overlong.class);
        awaitIdle();
        client.expectNoMessage(Duration.ZERO);
        readWindow.taken(new ClientActor.Overlong().weight());
        client.expectMessageClass(ClientActor.Overlong.class);
    }

    @Test
    void aPeerThatHasClosedItsSideStillGetsAnswers() {
        connect();
        read.sendNext(bytes("ann\nhi")).sendComplete();
        hears("ann\n");
        hears("hi\n");
        client.expectMessageClass(ClientActor.InputEnded.class);
        offer("ann: hi\n");
        writes("ann: hi\n");
        outbox.finish();
        written.request(1).expectComplete();
        why();
    }

    @Test
    void aFailedWriteEndsTheConnectionWithItsReason() {
        connect();
        written.request(1);
        written.cancel(new IOException("Broken pipe"));
        assertThat(why()).isEqualTo("Broken pipe");
        read.expectCancellation();
    }

    @Test
    void aFailedReadEndsTheConnectionWithItsReason() {
        connect();
        read.sendError(new IOException("Connection reset by peer"));
        assertThat(why()).isEqualTo("Connection reset by peer");
        written.expectSubscriptionAndComplete();
    }

    @Test
    void aPeerThatDoesNotCloseAfterTheLastLineIsDisconnected() {
        connect();
        offer("bye\n");
        outbox.finish();
        writes("bye\n");
        written.request(1).expectComplete();
        read.sendNext(bytes("still here\n"));
        TIME.timePasses(JUST_UNDER_FIVE);
        client.expectNoMessage(Duration.ZERO);
        TIME.timePasses(A_LITTLE);
        why();
        read.expectCancellation();
    }

    @Test
    void aPeerThatDoesNotReadTheRestIsDisconnected() {
        connect();
        awaitIdle();
        offer("bye\n");
        outbox.finish();
        awaitFinished();
        TIME.timePasses(Duration.ofSeconds(5));
        written.expectError();
        why();
    }

    /** The timer starts when the stage learns that the outbox is finished. From then on, it drops its input. */
    private void awaitFinished() {
        read.sendNext(bytes("dropped\n")).sendNext(bytes("dropped too\n")).sendNext(bytes("and this\n"));
        read.sendComplete();
        client.fishForMessage(
                Duration.ofSeconds(30),
                told -> told instanceof ClientActor.InputEnded
                        ? akka.actor.testkit.typed.javadsl.FishingOutcomes.complete()
                        : akka.actor.testkit.typed.javadsl.FishingOutcomes.continueAndIgnore());
    }

    @Test
    void aSlowReaderHasTimeForEachPiece() {
        connect();
        outbox.separate();
        awaitIdle();
        offer("1");
        offer("2");
        offer("3");
        outbox.finish();
        awaitFinished();
        for (String text : new String[] {"1", "2", "3"}) {
            TIME.timePasses(JUST_UNDER_FIVE);
            writes(text);
        }
        written.request(1).expectComplete();
    }

    @Test
    void atShutdownAPeerThatDoesNotCloseIsDisconnectedAfterASecond() {
        connect();
        offer("bye\n");
        outbox.finishSoon();
        writes("bye\n");
        written.request(1).expectComplete();
        read.sendNext(bytes("still here\n"));
        TIME.timePasses(SECOND.minus(A_LITTLE));
        client.expectNoMessage(Duration.ZERO);
        TIME.timePasses(A_LITTLE);
        why();
        read.expectCancellation();
    }

    @Test
    void atShutdownASlowReaderGetsEverything() {
        connect();
        outbox.separate();
        awaitIdle();
        offer("1");
        offer("bye");
        outbox.finishSoon();
        awaitFinished();
        for (String text : new String[] {"1", "bye"}) {
            TIME.timePasses(SECOND.minus(A_LITTLE));
            writes(text);
        }
        written.request(1).expectComplete();
    }

    @Test
    void atShutdownAPeerThatWasAlreadyLingeringGetsNoMoreTime() {
        connect();
        long asked = read.expectRequest();
        offer("bye\n");
        outbox.finish();
        writes("bye\n");
        written.request(1).expectComplete();
        outbox.finishSoon();
        for (long i = 0; i < asked; i++) {
            read.sendNext(bytes("still here\n"));
        }
        read.expectRequest(); // the stage has read some of them after it learned of the shutdown
        TIME.timePasses(SECOND);
        why();
    }

    @Test
    void aDisconnectedPeerHasASecondToReadTheReason() {
        connect();
        awaitIdle();
        offer("never seen");
        outbox.giveUp(bytes("why\n"));
        awaitFinished();
        TIME.timePasses(SECOND.minus(A_LITTLE));
        writes("why\n");
        TIME.timePasses(A_LITTLE);
        why();
    }

    @Test
    void aPeerRefusedBeforeItConnectedIsDisconnectedEvenIfItNeverReads() {
        outbox.cutOff(bytes("the server is full\n"));
        connect();
        read.expectRequest();
        TIME.timePasses(SECOND);
        why();
        read.expectCancellation();
    }
}
