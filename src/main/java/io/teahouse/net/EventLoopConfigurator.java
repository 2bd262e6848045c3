package io.teahouse.net;

import akka.actor.Scheduler;
import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the executor of a dispatcher an {@link EventLoop}. The configuration names this class, and Akka creates it.
 * With {@code sockets = on}, the loop also runs a selector, if {@link SelectorConfigurator} is the executor of {@code
 * akka.io.tcp.selector-dispatcher}.
 *
 * <p>Akka ends the executor of a dispatcher that has had no actors for a second: so {@code sockets = on} is for dispatchers
 * that always have some, such as the default one.
 */
public final class EventLoopConfigurator extends ExecutorServiceConfigurator {
    /**
     * The loops with sockets of each actor system that has some, by the system's scheduler, which the loops' threads
     * refer to: so no entry outlives its system.
     */
    private static final Map<Scheduler, List<WeakReference<EventLoop>>> WITH_SOCKETS = new WeakHashMap<>();

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
            EventLoop loop = EventLoop.start(id, threads);
            if (sockets) {
                synchronized (WITH_SOCKETS) {
                    WITH_SOCKETS
                            .computeIfAbsent(system, first -> new ArrayList<>())
                            .add(new WeakReference<>(loop));
                }
            }
            return loop;
        };
    }

    /**
     * The loops of an actor system that have sockets, in the order in which they started.
     *
     * @throws IllegalStateException if there are none
     */
    static List<EventLoop> withSockets(Scheduler system) {
        synchronized (WITH_SOCKETS) {
            List<EventLoop> loops = WITH_SOCKETS.getOrDefault(system, List.of()).stream()
                    .map(WeakReference::get)
                    .filter(loop -> loop != null && !loop.isShutdown())
                    .toList();
            if (loops.isEmpty()) {
                throw new IllegalStateException("no dispatcher has an event loop with sockets = on");
            }
            return loops;
        }
    }
}
