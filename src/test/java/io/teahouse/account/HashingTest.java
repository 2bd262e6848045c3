package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HashingTest {
    private final CountDownLatch mayContinue = new CountDownLatch(1);
    private final CountDownLatch twoAreRunning = new CountDownLatch(2);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private String work() {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        twoAreRunning.countDown();
        try {
            if (!mayContinue.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("never told to go on");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        now.decrementAndGet();
        return Thread.currentThread().getName();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void assertRefused(CompletionStage<?> stage) {
        assertThat(stage.toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void jobsBeyondThreadsAndQueueAreRefused() throws InterruptedException {
        Hashing hashing = new Hashing(2, 3, 100);
        List<CompletionStage<String>> begun = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            begun.add(hashing.submit("a", this::work));
        }
        assertThat(twoAreRunning.await(30, TimeUnit.SECONDS)).isTrue();
        assertRefused(hashing.submit("a", this::work));
        mayContinue.countDown();
        for (CompletionStage<String> each : begun) {
            assertThat(done(each)).startsWith("teahouse-hashing-");
        }
        assertThat(most).hasValue(2);
        assertThat(done(hashing.submit("a", () -> "again"))).isEqualTo("again");
    }

    /** Three addresses with many jobs each, and a fourth one that comes last with one job. */
    @Test
    void addressesTakeTurns() {
        Hashing hashing = new Hashing(1, 64, 16);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletionStage<?>> all = new ArrayList<>();
        all.add(hashing.submit("first", this::work));
        for (String address : List.of("a", "b", "c")) {
            for (int i = 0; i < 10; i++) {
                all.add(hashing.submit(address, () -> order.add(address)));
            }
        }
        all.add(hashing.submit("owner", () -> order.add("owner")));
        mayContinue.countDown();
        all.forEach(HashingTest::done);
        assertThat(order).startsWith("a", "b", "c", "owner", "a", "b", "c", "a");
    }

    @Test
    void theJobsOfOneAddressAreLimited() throws InterruptedException {
        Hashing hashing = new Hashing(2, 64, 2);
        hashing.submit("a", this::work);
        hashing.submit("b", this::work);
        assertThat(twoAreRunning.await(30, TimeUnit.SECONDS)).isTrue();
        hashing.submit("a", this::work);
        hashing.submit("a", this::work);
        assertRefused(hashing.submit("a", this::work));
        CompletionStage<String> other = hashing.submit("c", this::work);
        mayContinue.countDown();
        assertThat(done(other)).isNotEmpty();
    }

    @Test
    void inAFullQueueTheAddressWithTheMostJobsLosesItsNewestToANewAddress() throws InterruptedException {
        Hashing hashing = new Hashing(2, 3, 16);
        hashing.submit("a", this::work);
        hashing.submit("b", this::work);
        assertThat(twoAreRunning.await(30, TimeUnit.SECONDS)).isTrue();
        hashing.submit("a", this::work);
        hashing.submit("a", this::work);
        CompletionStage<String> newest = hashing.submit("a", this::work);
        CompletionStage<String> owner = hashing.submit("owner", this::work);
        assertRefused(newest);
        assertRefused(hashing.submit("a", this::work));
        CompletionStage<String> another = hashing.submit("c", this::work);
        assertRefused(hashing.submit("d", this::work)); // every address has one job now
        mayContinue.countDown();
        assertThat(done(owner)).isNotEmpty();
        assertThat(done(another)).isNotEmpty();
    }

    @Test
    void aFailedJobDoesNotAffectOthers() {
        Hashing hashing = new Hashing(1, 3, 3);
        CompletionStage<String> bad = hashing.submit("a", () -> {
            throw new IllegalStateException("on purpose");
        });
        assertThat(bad.toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        CompletionStage<String> worse = hashing.submit("a", () -> {
            throw new StackOverflowError("on purpose");
        });
        assertThat(worse.toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        assertThat(done(hashing.submit("a", () -> "after"))).isEqualTo("after");
    }
}
