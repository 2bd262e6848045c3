package io.teahouse.net;

import akka.actor.Scheduler;
import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the executor of a dispatcher an {@link EventLoop}. The configuration names this class, and Akka creates it.
 * With {@code sockets = on}, the loop also runs the selector, if {@link SelectorConfigurator} is the executor of {@code
 * akka.io.tcp.selector-dispatcher}.
 * Akka ends the executor of a dispatcher that has had no actors for a second: so {@code sockets = on} is for the default
 * dispatcher, which always has some.
 */
public final class EventLoopConfigurator extends ExecutorServiceConfigurator {
    /**
     * The loop with the sockets of each actor system that has one, by the system's scheduler, which the loop's thread
     * refers to: so no entry outlives its system.
     */
    private static final Map<Scheduler, WeakReference<EventLoop>> WITH_SOCKETS = new WeakHashMap<>();

    private final Scheduler system;
    private final boolean sockets;

    public EventLoopConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.system = prerequisites.scheduler();
        this.sockets = config.hasPath("sockets") && config.getBoolean("sockets");
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        return () -> {
            EventLoop loop = EventLoop.start(threads);
            if (sockets) {
                synchronized (WITH_SOCKETS) {
                    WITH_SOCKETS.put(system, new WeakReference<>(loop));
                }
            }
            return loop;
        };
    }

    /** The executor of the selector's tasks of an actor system; empty if it has no loop with {@code sockets = on}. */
    static Optional<Executor> selectorTasks(Scheduler system) {
        synchronized (WITH_SOCKETS) {
            return Optional.ofNullable(WITH_SOCKETS.get(system))
                    .map(WeakReference::get)
                    .map(EventLoop::selectorTasks);
        }
    }
}
