package io.teahouse.simulation;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** The scheduler of a simulated system: time passes when the simulation says so, and timers fire in a fixed order. */
public final class VirtualTime extends AbstractScheduler {
    private static final double FREQUENCY = 1000;

    private final class Timer implements Cancellable {
        private final long at;
        private final long number;
        private final Runnable task;
        private boolean over;

        Timer(long at, Runnable task) {
            this.at = at;
            this.number = ++created;
            this.task = task;
        }

        void fire() {
            if (!over) {
                over = true;
                task.run();
            }
        }

        @Override
        public boolean cancel() {
            boolean first = !over;
            over = true;
            timers.remove(this);
            return first;
        }

        @Override
        public boolean isCancelled() {
            return over;
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            Comparator.<Timer>comparingLong(timer -> timer.at).thenComparingLong(timer -> timer.number));
    private long now;
    private long created;

    public VirtualTime(Config config, LoggingAdapter log, ThreadFactory threads) {}

    /** Lets time pass, and fires the timers that are due. */
    void advance(Duration duration) {
        long end = now + duration.toNanos();
        while (!timers.isEmpty() && timers.peek().at <= end) {
            Timer next = timers.remove();
            now = next.at;
            next.fire();
        }
        now = end;
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        Timer timer = new Timer(now + delay.toNanos(), task);
        timers.add(timer);
        return timer;
    }

    @Override
    @SuppressWarnings("deprecation") // Akka's own, which has to be implemented
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        return scheduleWithFixedDelay(initialDelay, interval, task, executor);
    }

    @Override
    public double maxFrequency() {
        return FREQUENCY;
    }
}
