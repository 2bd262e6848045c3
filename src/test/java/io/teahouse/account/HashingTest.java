package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HashingTest {
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch twoHaveBegun = new CountDownLatch(2);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private String work() {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        twoHaveBegun.countDown();
        try {
            if (!goOn.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("never told to go on");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        now.decrementAndGet();
        return Thread.currentThread().getName();
    }

    @Test
    void soManyAreHashedSoManyWaitAndTheNextIsToldSo() throws InterruptedException {
        Hashing hashing = new Hashing(2, 3);
        List<CompletionStage<String>> begun = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            begun.add(hashing.submit(this::work).orElseThrow());
        }
        Optional<CompletionStage<String>> refused = hashing.submit(this::work);
        assertThat(refused).isEmpty();
        assertThat(twoHaveBegun.await(10, TimeUnit.SECONDS)).isTrue();
        goOn.countDown();
        for (CompletionStage<String> each : begun) {
            assertThat(each.toCompletableFuture()
                            .orTimeout(10, TimeUnit.SECONDS)
                            .join())
                    .startsWith("teahouse-hashing-");
        }
        assertThat(most).hasValue(2);
        assertThat(hashing.submit(() -> "again")
                        .orElseThrow()
                        .toCompletableFuture()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join())
                .isEqualTo("again");
    }
}
