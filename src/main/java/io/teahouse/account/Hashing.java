package io.teahouse.account;

import io.teahouse.room.support.FatalErrors;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads that hash passwords, and their queue. Fair by address: the addresses take turns, so that one with many jobs
 * delays another by one job at most. The jobs of an address are limited; when the queue is full, the address with the most
 * jobs loses its newest one to a new address. There are no threads while nobody logs in. Thread-safe.
 */
final class Hashing {
    private static final int IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Work, and the future that gets its result. */
    private record Job<T>(Supplier<T> work, CompletableFuture<T> answer) {
        void run() {
            try {
                answer.complete(work.get());
            } catch (RuntimeException | Error e) { // the caller treats any failure as a failure of this attempt
                FatalErrors.escalate(e);
                answer.completeExceptionally(e);
            }
        }

        void refuse() {
            answer.completeExceptionally(new RejectedExecutionException("too many passwords wait to be hashed"));
        }
    }

    private final ThreadPoolExecutor threads;
    private final int most;
    private final int queue;
    private final int queuePerAddress;

    /** Jobs by address; the first address is the next one. No queue is empty. */
    private final Map<Object, Deque<Job<?>>> waiting = new LinkedHashMap<>();

    /** How many jobs wait or run. */
    private int jobs;

    /** How many threads work, or are about to begin. */
    private int workers;

    /**
     * Starts no thread yet.
     *
     * @param most how many jobs run at once
     * @param queue how many more may wait
     * @param queuePerAddress how many of those may come from one address
     */
    Hashing(int most, int queue, int queuePerAddress) {
        this.most = most;
        this.queue = queue;
        this.queuePerAddress = queuePerAddress;
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Hashing::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "teahouse-hashing-" + NUMBERS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Queues work. The stage fails with {@link RejectedExecutionException} if the queue is full, or if the job loses its
     * place to another address.
     *
     * @param address that the work is for
     */
    <T> CompletionStage<T> submit(Object address, Supplier<T> work) {
        Job<T> job = new Job<>(work, new CompletableFuture<>());
        enqueue(address, job).ifPresent(Job::refuse);
        return job.answer;
    }

    /** Returns the job that is refused, if any: that one, or another. */
    private synchronized Optional<Job<?>> enqueue(Object address, Job<?> job) {
        int own = count(address);
        if (own >= queuePerAddress) {
            return Optional.of(job);
        }
        Optional<Job<?>> displaced = Optional.empty();
        if (jobs >= most + queue) {
            displaced = displace(own);
            if (displaced.isEmpty()) {
                return Optional.of(job);
            }
        }
        waiting.computeIfAbsent(address, any -> new ArrayDeque<>(2)).addLast(job);
        jobs++;
        if (workers < most) {
            workers++;
            threads.execute(this::work);
        }
        return displaced;
    }

    /** How many jobs wait or run. */
    synchronized int jobs() {
        return jobs;
    }

    private int count(Object address) {
        Deque<Job<?>> own = waiting.get(address);
        return own == null ? 0 : own.size();
    }

    /** Removes the newest job of the address that has the most, if that leaves it more than {@code own}. */
    private Optional<Job<?>> displace(int own) {
        Optional<Job<?>> newest = waiting.values().stream()
                .max(Comparator.comparingInt(Deque::size))
                .filter(largest -> largest.size() > own + 1)
                .map(Deque::removeLast);
        newest.ifPresent(job -> jobs--);
        return newest;
    }

    private void work() {
        for (Optional<Job<?>> job = next(false); job.isPresent(); job = next(true)) {
            job.get().run();
        }
    }

    /** @param done true: this thread has finished a job */
    private synchronized Optional<Job<?>> next(boolean done) {
        if (done) {
            jobs--;
        }
        Iterator<Map.Entry<Object, Deque<Job<?>>>> turns = waiting.entrySet().iterator();
        if (!turns.hasNext()) {
            workers--;
            return Optional.empty();
        }
        Map.Entry<Object, Deque<Job<?>>> turn = turns.next();
        Object address = turn.getKey();
        Deque<Job<?>> own = turn.getValue();
        turns.remove();
        Optional<Job<?>> job = Optional.of(own.removeFirst());
        if (!own.isEmpty()) {
            waiting.put(address, own); // at the end
        }
        return job;
    }
}
