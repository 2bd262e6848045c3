package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The memory of the queues of several connections. */
class MemoryBudgetTest {
    private static final int MOST = 100_000;
    private static final int LINE = 1000;

    private final MemoryBudget budget = new MemoryBudget(MOST);
    private final List<String> givenUp = new ArrayList<>();

    private Outbox outbox(String name) {
        Outbox outbox = new Outbox(1 << 20, budget);
        outbox.whenGivenUp(() -> givenUp.add(name));
        return outbox;
    }

    private ReadWindow intake(String name) {
        ReadWindow intake = new ReadWindow(1 << 20, budget);
        intake.whenGivenUp(() -> givenUp.add(name));
        return intake;
    }

    private static ByteString line() {
        return ByteString.fromArray(new byte[LINE]);
    }

    private static void offer(Outbox outbox, int lines) {
        for (int i = 0; i < lines; i++) {
            outbox.offer(line());
        }
    }

    @Test
    void theLargestHolderGivesUpFirst() {
        Outbox small = outbox("small");
        Outbox large = outbox("large");
        Outbox other = outbox("other");
        offer(small, 10);
        offer(large, 60);
        assertThat(givenUp).isEmpty();
        offer(other, 40);
        assertThat(givenUp).containsExactly("large");
        assertThat(large.offer(line())).isFalse();
        assertThat(large.size()).isZero();
        assertThat(small.size()).isEqualTo(10 * LINE);
        assertThat(other.size()).isEqualTo(40 * LINE);
    }

    @Test
    void anEndWithoutLastWordsHoldsNothing() {
        Outbox cutOff = outbox("cut off");
        cutOff.cutOff(ByteString.emptyByteString());
        cutOff.discard();
        assertThat(budget.held()).isZero();
        Outbox closed = outbox("closed");
        closed.giveUp(ByteString.emptyByteString());
        closed.discard();
        assertThat(budget.held()).isZero();
    }

    @Test
    void sharedBytesCountOnce() {
        List<Outbox> members = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            members.add(outbox("member" + i));
        }
        for (int i = 0; i < 50; i++) {
            ByteString shared = line();
            members.forEach(each -> each.offer(shared));
        }
        assertThat(givenUp).isEmpty();
        offer(members.get(7), 60);
        assertThat(givenUp).startsWith("member7");
    }

    @Test
    void bytesCountUntilTheyAreWritten() {
        Outbox writing = outbox("writing");
        offer(writing, 60);
        assertThat(writing.take(1 << 20).size()).isEqualTo(60 * LINE);
        offer(outbox("other"), 40);
        assertThat(givenUp).containsExactly("writing");
        assertThat(writing.held()).isZero();
        Outbox again = outbox("again");
        offer(again, 50);
        again.take(1 << 20);
        again.take(1 << 20);
        assertThat(again.held()).isZero();
    }

    @Test
    void aFinishedConnectionThatReadsNothingIsAborted() {
        Outbox finished = outbox("finished");
        List<String> woken = new ArrayList<>();
        offer(finished, 80);
        finished.finish();
        finished.attach(() -> woken.add("wake"));
        offer(outbox("other"), 40);
        assertThat(finished.end()).isEqualTo(Outbox.End.ABORTED);
        assertThat(woken).containsExactly("wake");
        assertThat(givenUp).isEmpty();
    }

    @Test
    void aHolderThatGivesUpGetsTheReasonIfPossible() {
        Outbox outbox = outbox("large");
        offer(outbox, 120);
        outbox.giveUp(ByteString.fromString("bye"));
        assertThat(outbox.end()).isEqualTo(Outbox.End.ABORTED);
        assertThat(outbox.take(1000).utf8String()).isEqualTo("bye");
    }

    @Test
    void discardedHoldersDoNotCount() {
        Outbox outbox = outbox("outbox");
        offer(outbox, 3);
        outbox.take(1);
        offer(outbox, 2);
        outbox.giveUp(line());
        outbox.discard();
        outbox.discard();
        ReadWindow intake = intake("intake");
        intake.handed(500);
        intake.begun(70);
        intake.hold(900);
        assertThat(budget.held()).isEqualTo(1470);
        intake.taken(100);
        intake.begun(0);
        intake.close();
        intake.taken(400);
        intake.hold(0);
        assertThat(budget.held()).isZero();
    }

    @Test
    void memoryOfUnfinishedRequestsCountsAndStopsNoReading() {
        ReadWindow large = intake("large");
        ReadWindow small = intake("small");
        assertThat(small.handed(20_000)).isTrue();
        large.hold(70_000);
        assertThat(large.handed(5000)).isTrue();
        assertThat(givenUp).isEmpty();
        small.begun(10_000);
        assertThat(givenUp).containsExactly("large");
    }
}
