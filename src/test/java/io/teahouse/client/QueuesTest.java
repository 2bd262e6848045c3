package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bounds of a connection: its outbox, read window and flood guard. */
class QueuesTest {
    private final List<String> woken = new ArrayList<>();

    private Outbox outbox(int capacity) {
        Outbox outbox = new Outbox(capacity);
        outbox.attach(() -> woken.add("wake"));
        assertThat(outbox.take(1000).isEmpty()).isTrue(); // the stage has checked it, and waits
        return outbox;
    }

    private static ByteString bytes(String text) {
        return ByteString.fromString(text);
    }

    @Test
    void waitingBytesAreOneWriteAfterOneWakeUp() {
        Outbox outbox = outbox(100);
        outbox.offer(bytes("a"));
        outbox.offer(bytes("b"));
        outbox.offer(bytes("c"));
        assertThat(woken).hasSize(1);
        assertThat(outbox.take(1000).utf8String()).isEqualTo("abc");
        assertThat(outbox.take(1000).isEmpty()).isTrue();
        outbox.offer(bytes("d"));
        assertThat(woken).hasSize(2);
    }

    @Test
    void separateOffersStaySeparateWrites() {
        Outbox outbox = outbox(100);
        outbox.separate();
        outbox.offer(bytes("a"));
        outbox.offer(bytes("b"));
        assertThat(outbox.take(1000).utf8String()).isEqualTo("a");
        assertThat(outbox.take(1000).utf8String()).isEqualTo("b");
    }

    /** Takes at most that many bytes of the first piece of each write. */
    private static Outbox.Sink sink(int most, StringBuilder written) {
        return (first, rest) -> {
            ByteString all = rest.stream().reduce(first, ByteString::concat).take(most);
            written.append(all.utf8String()).append('|');
            return all.size();
        };
    }

    @Test
    void waitingBytesAreOneDirectWriteAndTheNextOfferWakesAgain() throws IOException {
        Outbox outbox = outbox(100);
        StringBuilder written = new StringBuilder();
        outbox.offer(bytes("a"));
        outbox.offer(bytes("bc"));
        assertThat(outbox.writeTo(sink(100, written))).isTrue();
        assertThat(written).hasToString("abc|");
        assertThat(outbox.size()).isZero();
        outbox.offer(bytes("d"));
        assertThat(woken).hasSize(2);
        assertThat(outbox.progress()).isEqualTo(new Outbox.Progress(4, 3));
    }

    @Test
    void theRestOfADirectWriteIsLeftToTheStageWithoutAWakeUp() throws IOException {
        Outbox outbox = outbox(100);
        outbox.offer(bytes("abc"));
        outbox.offer(bytes("def"));
        int[] calls = new int[1];
        assertThat(outbox.writeTo((first, rest) -> calls[0]++ == 0 ? 4 : 0)).isFalse();
        outbox.offer(bytes("g"));
        assertThat(woken).hasSize(1);
        assertThat(outbox.take(1000).utf8String()).isEqualTo("efg");
    }

    @Test
    void separateOffersAreSeparateDirectWrites() throws IOException {
        Outbox outbox = outbox(100);
        outbox.separate();
        StringBuilder written = new StringBuilder();
        outbox.offer(bytes("a"));
        outbox.offer(bytes("b"));
        assertThat(outbox.writeTo(sink(100, written))).isTrue();
        assertThat(written).hasToString("a|b|");
    }

    @Test
    void aDirectWriteCallsTheLowListener() throws IOException {
        Outbox outbox = outbox(100);
        outbox.offer(bytes("x".repeat(50)));
        outbox.whenLow(() -> woken.add("low"));
        outbox.writeTo(sink(100, new StringBuilder()));
        assertThat(woken).containsExactly("wake", "low");
    }

    @Test
    void directlyWrittenBytesDoNotCount() throws IOException {
        MemoryBudget budget = new MemoryBudget(1000);
        Outbox outbox = new Outbox(1000, budget);
        outbox.offer(bytes("x".repeat(500)));
        outbox.offer(bytes("x".repeat(100)));
        outbox.writeTo(sink(200, new StringBuilder()));
        assertThat(outbox.held()).isZero();
        assertThat(budget.take(1000)).as("too much").isFalse();
        assertThat(budget.take(1)).as("too much").isTrue();
    }

    @Test
    void aWriteIsNotMuchLargerThanTheLimit() {
        Outbox outbox = outbox(100);
        for (int i = 0; i < 10; i++) {
            outbox.offer(bytes("0123456789"));
        }
        assertThat(outbox.take(25).size()).isEqualTo(30);
        assertThat(outbox.size()).isEqualTo(70);
    }

    @Test
    void anOfferThatDoesNotFitIsRejectedAndFitsLater() {
        Outbox outbox = outbox(3);
        assertThat(outbox.offer(bytes("abc"))).isTrue();
        assertThat(outbox.offer(bytes("d"))).isFalse();
        assertThat(outbox.take(1000).utf8String()).isEqualTo("abc");
        assertThat(outbox.offer(bytes("d"))).isTrue();
    }

    @Test
    void theLastWordsFollowWaitingBytes() {
        Outbox outbox = outbox(3);
        outbox.offer(bytes("a"));
        outbox.offer(bytes("b"));
        outbox.cutOff(bytes("bye"));
        outbox.offer(bytes("c"));
        assertThat(outbox.end()).isEqualTo(Outbox.End.CUT_OFF);
        assertThat(outbox.take(1000).utf8String()).isEqualTo("abbye");
        assertThat(outbox.take(1000).isEmpty()).isTrue();
    }

    @Test
    void givingUpDropsAllButTheLastWords() {
        Outbox outbox = outbox(100);
        outbox.offer(bytes("a"));
        outbox.offer(bytes("b"));
        outbox.giveUp(bytes("bye"));
        outbox.offer(bytes("c"));
        assertThat(outbox.end()).isEqualTo(Outbox.End.CUT_OFF);
        assertThat(outbox.take(1000).utf8String()).isEqualTo("bye");
        assertThat(outbox.take(1000).isEmpty()).isTrue();
    }

    @Test
    void finishingKeepsWaitingBytesAndTakesNoMore() {
        Outbox outbox = outbox(100);
        outbox.offer(bytes("a"));
        outbox.finish();
        outbox.offer(bytes("b"));
        outbox.cutOff(bytes("too late"));
        assertThat(outbox.end()).isEqualTo(Outbox.End.FINISHED);
        assertThat(outbox.take(1000).utf8String()).isEqualTo("a");
    }

    @Test
    void discardingCallsTheLowListenerAndTakesNoMore() {
        Outbox outbox = outbox(8);
        outbox.offer(bytes("abc"));
        outbox.whenLow(() -> woken.add("low"));
        assertThat(woken).containsExactly("wake");
        outbox.discard();
        assertThat(woken).containsExactly("wake", "low");
        assertThat(outbox.offer(bytes("much more than fits"))).isTrue();
        outbox.whenLow(() -> woken.add("low again"));
        assertThat(woken).containsExactly("wake", "low", "low again");
        assertThat(outbox.take(1000).isEmpty()).isTrue();
    }

    @Test
    void readingStopsAtTheLimitAndResumesAtHalf() {
        ReadWindow intake = new ReadWindow(10);
        intake.attach(() -> woken.add("read"));
        assertThat(intake.handed(9)).isTrue();
        assertThat(intake.handed(1)).isFalse();
        intake.taken(4);
        assertThat(woken).isEmpty();
        intake.taken(1);
        assertThat(woken).containsExactly("read");
        intake.taken(5);
        assertThat(woken).hasSize(1);
    }

    @Test
    void aStoppedReaderIsResumedDespiteInputInTheMeantime() {
        ReadWindow intake = new ReadWindow(10);
        intake.attach(() -> woken.add("read"));
        assertThat(intake.handed(10)).isFalse();
        intake.taken(3);
        assertThat(intake.handed(1)).isFalse();
        intake.taken(8);
        assertThat(woken).containsExactly("read");
    }

    @Test
    void aBucketAllowsABurstAndThenDelays() {
        FloodGuard guard = new FloodGuard(new FloodGuard.Rules(true, 3, 2, 100), 0);
        for (int i = 0; i < 3; i++) {
            assertThat(guard.charge(1, 0)).isZero();
        }
        assertThat(guard.charge(1, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(guard.charge(1, 400_000_000)).isEqualTo(Duration.ofMillis(100));
        assertThat(guard.charge(1, 500_000_000)).isZero();
        assertThat(guard.charge(3, 60_000_000_000L)).isZero();
        assertThat(guard.charge(1, 60_000_000_000L)).isPositive();
    }

    @Test
    void tooMuchWaitingInputIsExcess() {
        FloodGuard guard = new FloodGuard(new FloodGuard.Rules(true, 3, 2, 100), 0);
        assertThat(guard.isExcess(100)).isFalse();
        assertThat(guard.isExcess(101)).isTrue();
    }

    @Test
    void aDisabledGuardDelaysNobody() {
        FloodGuard guard = new FloodGuard(new FloodGuard.Rules(false, 1, 1, 1), 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(guard.charge(10, 0)).isZero();
        }
        assertThat(guard.isExcess(Integer.MAX_VALUE)).isFalse();
    }
}
