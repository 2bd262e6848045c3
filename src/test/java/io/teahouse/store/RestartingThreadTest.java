package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RestartingThreadTest {
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void failedWorkIsRestartedUntilItReturns() throws InterruptedException {
        Thread thread = RestartingThread.create("lasting", () -> {
            if (runs.incrementAndGet() < 3) {
                throw new NoClassDefFoundError("gone");
            }
        });
        thread.start();
        thread.join(10_000);
        assertThat(runs).hasValue(3);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aVirtualMachineErrorIsPassedOn() throws InterruptedException {
        List<Throwable> uncaught = new ArrayList<>();
        Thread thread = RestartingThread.create("lasting", () -> {
            if (runs.incrementAndGet() == 1) {
                throw new OutOfMemoryError("heap");
            }
        });
        thread.setUncaughtExceptionHandler((any, what) -> uncaught.add(what));
        thread.start();
        thread.join(10_000);
        assertThat(uncaught).singleElement().isInstanceOf(OutOfMemoryError.class);
    }
}
