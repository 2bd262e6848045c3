package io.teahouse.net;

import akka.actor.Scheduler;
import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import akka.dispatch.TaskInvocation;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@linkplain EventLoop loops} with sockets run the tasks of Akka's selectors, each loop those of one selector.
 * The configuration names this class as the executor of {@code akka.io.tcp.selector-dispatcher}, whose throughput must be
 * 1, and Akka creates it. {@code akka.io.tcp.nr-of-selectors} must be the number of loops: a loop waits in one selector.
 */
public final class SelectorConfigurator extends ExecutorServiceConfigurator {
    private final Scheduler system;

    public SelectorConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.system = prerequisites.scheduler();
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        List<EventLoop> loops = EventLoopConfigurator.withSockets(system);
        return () -> new DelegatingExecutor(new Selectors(loops));
    }

    /**
     * Gives the tasks of each selector to one loop. Fails for a selector without a loop. Thread-safe.
     */
    static final class Selectors implements Executor {
        /** @param tasks the queue of the tasks of one selector, which Akka runs as a task each time that it has some */
        private record Assigned(Runnable tasks, Executor loop) {}

        private final List<EventLoop> loops;
        private volatile List<Assigned> assigned = List.of();

        Selectors(List<EventLoop> loops) {
            this.loops = loops;
        }

        @Override
        public void execute(Runnable task) {
            loop(task instanceof TaskInvocation wrapper ? wrapper.runnable() : task)
                    .execute(task);
        }

        private Executor loop(Runnable tasks) {
            Executor loop = assigned(tasks);
            return loop == null ? assign(tasks) : loop;
        }

        @SuppressWarnings("ReferenceEquality") // it is the selector's own queue
        private @Nullable Executor assigned(Runnable tasks) {
            for (Assigned each : assigned) {
                if (each.tasks == tasks) {
                    return each.loop;
                }
            }
            return null;
        }

        private synchronized Executor assign(Runnable tasks) {
            Executor already = assigned(tasks);
            if (already != null) {
                return already;
            }
            if (assigned.size() == loops.size()) {
                throw new IllegalStateException("there are " + loops.size()
                        + " event loops with sockets, which must be the value of akka.io.tcp.nr-of-selectors");
            }
            Executor loop = loops.get(assigned.size()).selectorTasks();
            List<Assigned> more = new ArrayList<>(assigned);
            more.add(new Assigned(tasks, loop));
            assigned = List.copyOf(more);
            return loop;
        }
    }
}
