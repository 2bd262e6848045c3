package io.teahouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.util.SerializedSuspendableExecutionContext;
import io.teahouse.room.support.Rounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.concurrent.ExecutionContext;

class EventLoopTest {
    private static final int MANY = 20_000;

    /** The wait of Akka's selector: a lost wake-up would take this long. */
    private static final int SELECT_MILLIS = 10_000;

    private static final long PATIENCE_SECONDS = 30;

    private final LinkedBlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    private final ThreadFactory threads = task -> {
        Thread thread = new Thread(task, "loop");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((where, what) -> uncaught.add(what));
        return thread;
    };
    private final EventLoop loop = EventLoop.start("loop", threads);
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void end() throws InterruptedException {
        over.set(true);
        loop.shutdown();
        assertThat(loop.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(uncaught).isEmpty();
    }

    private void ask(Runnable task) throws Exception {
        CompletableFuture.runAsync(task, loop).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Keeps the loop busy. */
    private void spin() {
        if (!over.get()) {
            loop.execute(this::spin);
        }
    }

    /** A selector as Akka runs it, and a pipe that it watches. */
    private final class Selection implements Runnable, AutoCloseable {
        private final SerializedSuspendableExecutionContext executor =
                SerializedSuspendableExecutionContext.apply(1, ExecutionContext.fromExecutor(loop.selectorTasks()));
        private final Selector selector = Selector.open();
        private final Pipe pipe = Pipe.open();
        private final LinkedBlockingQueue<Boolean> readable = new LinkedBlockingQueue<>();
        private final AtomicInteger selects = new AtomicInteger();

        Selection() throws IOException {
            pipe.source().configureBlocking(false);
            pipe.source().register(selector, SelectionKey.OP_READ);
            executor.execute(this);
        }

        @Override
        public void run() {
            if (!selector.isOpen()) {
                return;
            }
            try {
                selects.incrementAndGet();
                if (selector.select(SELECT_MILLIS) > 0) {
                    selector.selectedKeys().clear();
                    loop.execute(this::read);
                }
                executor.execute(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read() {
            if (!selector.isOpen()) {
                return;
            }
            try {
                pipe.source().read(ByteBuffer.allocate(100));
                readable.add(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void write() throws IOException {
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        }

        void awaitReadable() throws InterruptedException {
            assertThat(readable.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        }

        @Override
        public void close() {
            CompletableFuture.runAsync(this::closeAll, loop)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }

        private void closeAll() {
            try {
                selector.close();
                pipe.sink().close();
                pipe.source().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void tasksOfOneThreadRunInTheirOrder() throws Exception {
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < MANY; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        ask(() -> {});
        assertThat(ran).hasSize(MANY).isSorted();
    }

    @Test
    void aTaskOfAnotherThreadWakesALoopThatHasNoSelector() throws Exception {
        for (int i = 0; i < MANY; i++) {
            ask(() -> {});
        }
    }

    @Test
    void aTaskOfAnotherThreadWakesALoopThatWaitsInItsSelector() throws Exception {
        try (Selection selection = new Selection()) {
            for (int i = 0; i < MANY; i++) {
                ask(() -> assertThat(Thread.currentThread().isInterrupted()).isFalse());
            }
            assertThat(selection.selects).hasPositiveValue();
        }
    }

    @Test
    void aSocketWakesALoopThatWaits() throws Exception {
        try (Selection selection = new Selection()) {
            for (int i = 0; i < MANY; i++) {
                selection.write();
                selection.awaitReadable();
            }
        }
    }

    @Test
    void socketsAreNoticedDuringAnEndlessChainOfTasks() throws Exception {
        try (Selection selection = new Selection()) {
            loop.execute(this::spin);
            for (int i = 0; i < MANY / 10; i++) {
                selection.write();
                selection.awaitReadable();
            }
            over.set(true);
        }
    }

    @Test
    void whatTheSelectorIsAskedComesBeforeItsNextSelect() throws Exception {
        try (Selection selection = new Selection()) {
            loop.execute(this::spin);
            selection.write();
            selection.awaitReadable(); // it has been polled
            CompletableFuture<Integer> selects = new CompletableFuture<>();
            ask(() -> {
                int before = selection.selects.get();
                for (int i = 0; i < 3; i++) {
                    selection.executor.execute(() -> selects.complete(selection.selects.get() - before));
                }
            });
            assertThat(selects.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
            over.set(true);
        }
    }

    @Test
    void noTaskRunsOnAnInterruptedThread() throws Exception {
        try (Selection selection = new Selection()) {
            AtomicInteger interrupted = new AtomicInteger();
            int writers = 3;
            CountDownLatch done = new CountDownLatch(writers * MANY);
            Runnable writer = () -> {
                for (int n = 0; n < MANY; n++) {
                    loop.execute(() -> {
                        interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                        done.countDown();
                    });
                }
            };
            for (int i = 0; i < writers; i++) {
                new Thread(writer).start();
            }
            selection.write();
            assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(interrupted).hasValue(0);
        }
    }

    @Test
    void theEndOfARoundFollowsAllQueuedTasks() throws Exception {
        List<String> ran = new ArrayList<>();
        ask(() -> {
            Rounds.runAtEnd(
                    () -> {
                        ran.add("first at the end");
                        loop.execute(() -> ran.add("queued by it"));
                    },
                    0);
            Rounds.runAtEnd(() -> ran.add("second at the end"), 0);
            loop.execute(() -> {
                ran.add("queued");
                loop.execute(() -> ran.add("queued by that"));
            });
        });
        ask(() -> {});
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        loop.execute(() -> Rounds.runAtEnd(() -> seen.complete(List.copyOf(ran)), 0));
        assertThat(seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .containsExactly("queued", "queued by that", "first at the end", "queued by it", "second at the end");
    }

    @Test
    void theEndOfARoundComesDuringAnEndlessChainOfTasks() throws Exception {
        loop.execute(this::spin);
        CountDownLatch ended = new CountDownLatch(3);
        loop.execute(() -> {
            for (int i = 0; i < 3; i++) {
                Rounds.runAtEnd(ended::countDown, 0);
            }
        });
        assertThat(ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aDelayedTaskWaitsForItsTimeWhileOthersRun() throws Exception {
        long delay = TimeUnit.MILLISECONDS.toNanos(50);
        CompletableFuture<Long> waited = new CompletableFuture<>();
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        ask(() -> {
            long start = System.nanoTime();
            Rounds.runAtEnd(() -> ran.add("later"), 20 * delay);
            Rounds.runAtEnd(() -> waited.complete(System.nanoTime() - start), delay);
        });
        ask(() -> ran.add("meanwhile"));
        assertThat(waited.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(delay);
        loop.shutdown();
        assertThat(loop.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("meanwhile", "later");
    }

    @Test
    void socketsAreNoticedWhileADelayedTaskWaits() throws Exception {
        try (Selection selection = new Selection()) {
            AtomicBoolean ended = new AtomicBoolean();
            ask(() -> Rounds.runAtEnd(() -> ended.set(true), TimeUnit.SECONDS.toNanos(5)));
            selection.write();
            selection.awaitReadable();
            assertThat(ended).isFalse();
        }
    }

    @Test
    void otherThreadsHaveNoRounds() {
        assertThat(Rounds.runAtEnd(() -> {}, 0)).isFalse();
    }

    @Test
    void aTaskThatThrowsEndsNothing() throws Exception {
        RuntimeException failure = new IllegalStateException("on purpose");
        loop.execute(() -> {
            throw failure;
        });
        ask(() -> {});
        assertThat(uncaught.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(failure);
    }

    @Test
    void queuedTasksRunAtShutdown() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            loop.execute(ran::incrementAndGet);
        }
        loop.shutdown();
        assertThat(loop.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(MANY);
    }

    @Test
    void aTaskAfterTheShutdownIsRejected() throws InterruptedException {
        loop.shutdown();
        assertThat(loop.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void everyTaskAroundAShutdownRunsOrIsRejected() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        int rejected = 0;
        for (int i = 0; i < MANY; i++) {
            try {
                loop.execute(ran::incrementAndGet);
            } catch (RejectedExecutionException e) {
                rejected++;
            }
            if (i == MANY / 2) {
                new Thread(loop::shutdown).start();
            }
        }
        loop.shutdown();
        assertThat(loop.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (ran.get() + rejected < MANY && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(ran.get() + rejected).isEqualTo(MANY);
    }
}
