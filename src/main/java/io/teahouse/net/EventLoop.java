package io.teahouse.net;

import akka.dispatch.AbstractNodeQueue;
import akka.dispatch.TaskInvocation;
import io.teahouse.room.support.Rounds;
import java.util.ArrayDeque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread that alternates between the tasks of actors and the selector, so that a message takes no hop between
 * threads. A round runs the queued tasks, then those for the end of the round: rooms publish, connections write. Then the
 * selector is polled, if the last poll was 200 µs ago or longer. Without work, the thread waits in the selector; a task of
 * another thread wakes it.
 *
 * <p>The selector is Akka's. Its <em>select</em> is a task like others, given to {@link #selectorTasks()}, and it would
 * wait. A {@link java.nio.channels.Selector} does not wait on an interrupted thread, so the thread says that it is
 * interrupted when it polls without waiting, and other threads interrupt it to end its wait. No task of an actor ever
 * runs while the thread is interrupted, since the channels that it uses would be closed.
 *
 * <p>The select queues itself again before anything is read. The connections that read since then have asked for the
 * next readiness behind it in Akka's queue, and the selector would tell the kernel of each that nobody reads it, and of
 * the opposite after the next select. So the select is moved behind them, and the kernel hears of neither.
 */
final class EventLoop extends AbstractExecutorService {
    /** The interval between polls of the selector while there is work. */
    private static final long SELECT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** The number of tasks after which a round ends although more are queued. */
    private static final int ROUND = 4096;

    /** The number of tasks for the end of a round between two checks of the time. */
    private static final int SLICE = 16;

    /** The most tasks of the selector between two polls: each is a registration or a change of interest. */
    private static final int SELECTOR_TASKS = 4096;

    /**
     * A task for the end of a later round.
     *
     * @param at in nanoseconds, as {@link System#nanoTime}
     */
    private record Later(Runnable task, long at) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return Long.compare(at - other.at, 0);
        }
    }

    private enum State {
        RUNNING,
        /** It waits in the selector, or is about to. */
        WAITING,
        /** Another thread is interrupting it. */
        BEING_INTERRUPTED,
        INTERRUPTED
    }

    private final Queue<Runnable> fromOthers = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> selectorTasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ArrayDeque<Runnable> endOfRound = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final CountDownLatch terminated = new CountDownLatch(1);
    private final LoopThread thread;
    private volatile boolean shutdown;
    private long polledAt = System.nanoTime();

    /** The selector's <em>select</em>, once it has run. */
    private @Nullable Object select;

    private final String dispatcher;

    private EventLoop(String dispatcher, ThreadFactory threads) {
        this.dispatcher = dispatcher;
        this.thread = new LoopThread(threads.newThread(() -> {}));
    }

    /**
     * Starts a loop.
     *
     * @param dispatcher the name of the dispatcher whose actors it runs
     * @param threads makes a thread whose properties the loop's own thread gets
     */
    static EventLoop start(String dispatcher, ThreadFactory threads) {
        EventLoop loop = new EventLoop(dispatcher, threads);
        loop.thread.start();
        return loop;
    }

    /** The loop that runs on the calling thread. */
    static @Nullable EventLoop current() {
        return Thread.currentThread() instanceof LoopThread thread ? thread.loop() : null;
    }

    /** The dispatcher whose actors it runs. */
    String dispatcher() {
        return dispatcher;
    }

    private final class LoopThread extends Thread implements Rounds {
        private boolean polling;

        /** Whether the selector has asked if it may wait, which means that it is polling the sockets. */
        private boolean hasPolled;

        LoopThread(Thread example) {
            super(name(dispatcher));
            setDaemon(example.isDaemon());
            setUncaughtExceptionHandler(example.getUncaughtExceptionHandler());
            setContextClassLoader(example.getContextClassLoader());
        }

        @Override
        public void run() {
            while (!isOver()) {
                round();
            }
            terminated.countDown();
            takeFromOthers(); // what came in between
            while (!tasks.isEmpty()) {
                EventLoop.this.run(tasks.poll());
            }
        }

        @Override
        public void atEndOfRound(Runnable task, long delayNanos) {
            if (delayNanos == 0) {
                endOfRound.add(task);
            } else {
                later.add(new Later(task, System.nanoTime() + delayNanos));
            }
        }

        private EventLoop loop() {
            return EventLoop.this;
        }

        @Override
        public boolean isInterrupted() {
            boolean asked = polling && !hasPolled;
            hasPolled |= polling;
            return asked || super.isInterrupted();
        }
    }

    /** Of the thread, by which metrics find it: the last part of the dispatcher's. */
    private static String name(String dispatcher) {
        return "teahouse-" + dispatcher.substring(dispatcher.lastIndexOf('.') + 1);
    }

    private boolean isOver() {
        return shutdown && tasks.isEmpty() && endOfRound.isEmpty() && later.isEmpty() && fromOthers.isEmpty();
    }

    private void round() {
        takeFromOthers();
        for (int i = 0; i < ROUND && !tasks.isEmpty(); i++) {
            run(tasks.poll());
        }
        takeWhatIsDue();
        endRound();
        boolean idle = tasks.isEmpty() && endOfRound.isEmpty();
        if (idle && later.isEmpty()) {
            await();
        } else if (idle || isTimeToPoll()) {
            poll();
        }
    }

    private void takeWhatIsDue() {
        if (!later.isEmpty()) {
            long now = System.nanoTime();
            while (!later.isEmpty() && later.peek().at - now <= 0) {
                endOfRound.add(later.poll().task);
            }
        }
    }

    private void takeFromOthers() {
        Runnable task = fromOthers.poll();
        while (task != null) {
            tasks.add(task);
            task = fromOthers.poll();
        }
    }

    /** A task that queues others ends this part of the round, unless the queue was not empty anyway. */
    private void endRound() {
        boolean empty = tasks.isEmpty();
        int left = empty ? Integer.MAX_VALUE : endOfRound.size();
        while (left > 0 && !endOfRound.isEmpty() && tasks.isEmpty() == empty) {
            run(endOfRound.poll());
            left--;
            if (left % SLICE == 0 && isTimeToPoll()) {
                break;
            }
        }
    }

    private boolean isTimeToPoll() {
        return System.nanoTime() - polledAt >= SELECT_NANOS;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // as an executor does; Akka's handler ends the process if it must
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** Polls the selector without waiting. */
    private void poll() {
        thread.polling = true;
        thread.hasPolled = false;
        for (int i = 0; i < SELECTOR_TASKS && !thread.hasPolled; i++) {
            Runnable task = selectorTasks.poll();
            if (task == null) {
                break;
            }
            Object first = runSelectorTask(task);
            if (thread.hasPolled) {
                select = first;
            }
        }
        thread.polling = false;
        polledAt = System.nanoTime();
    }

    /** Waits for the selector, or for a task of another thread. */
    @SuppressWarnings("ThreadPriorityCheck") // only a hint
    private void await() {
        state.set(State.WAITING);
        if (fromOthers.isEmpty() && !shutdown) {
            Runnable task = selectorTasks.poll();
            if (task == null) {
                LockSupport.park(this);
            } else {
                runSelectorTask(task);
            }
        }
        if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
            while (state.get() == State.BEING_INTERRUPTED) {
                Thread.yield(); // the other thread may need this processor to go on
            }
            clearInterrupt();
            state.set(State.RUNNING);
        }
        polledAt = System.nanoTime();
    }

    /**
     * Runs one task of the selector, its select only if there is no other.
     *
     * @param task runs the first task of Akka's queue
     * @return the first task of that queue, which has run; null if the task is of another kind
     */
    private @Nullable Object runSelectorTask(Runnable task) {
        Runnable queue = task instanceof TaskInvocation wrapper ? wrapper.runnable() : task;
        Object first = queue instanceof AbstractNodeQueue<?> tasks ? selectLast(tasks) : null;
        run(task);
        return first;
    }

    @SuppressWarnings("ReferenceEquality") // Akka queues the same object each time
    private <T> T selectLast(AbstractNodeQueue<T> tasks) {
        if (select != null && tasks.peek() == select) {
            tasks.add(tasks.poll());
        }
        return tasks.peek();
    }

    private static void clearInterrupt() {
        Thread.interrupted();
    }

    private void wake() {
        if (state.get() == State.WAITING && state.compareAndSet(State.WAITING, State.BEING_INTERRUPTED)) {
            thread.interrupt();
            state.set(State.INTERRUPTED);
        }
    }

    /** @throws RejectedExecutionException after a shutdown; Akka then tries again with a new executor */
    @Override
    public void execute(Runnable task) {
        boolean own = Thread.currentThread() == thread;
        if (shutdown && !own) {
            throw new RejectedExecutionException("the event loop has ended");
        }
        add(task, tasks, fromOthers);
        if (!own && isTerminated() && fromOthers.remove(task)) {
            throw new RejectedExecutionException("the event loop has ended");
        }
    }

    /** Runs the tasks of a selector. One of them may wait; the next is given when it has run. */
    Executor selectorTasks() {
        return task -> add(task, selectorTasks, selectorTasks);
    }

    private void add(Runnable task, Queue<Runnable> own, Queue<Runnable> others) {
        if (Thread.currentThread() == thread) {
            own.add(task);
        } else {
            others.add(task);
            wake();
        }
    }

    /** Queued tasks still run. */
    @Override
    public void shutdown() {
        shutdown = true;
        wake();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminated.await(timeout, unit);
    }
}
