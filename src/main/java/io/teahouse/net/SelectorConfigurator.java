package io.teahouse.net;

import akka.actor.Scheduler;
import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the {@link EventLoop} with the sockets run the tasks of the selector. The configuration names this class as the
 * executor of {@code akka.io.tcp.selector-dispatcher}, whose throughput must be 1, and Akka creates it.
 */
public final class SelectorConfigurator extends ExecutorServiceConfigurator {
    private final Scheduler system;

    public SelectorConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.system = prerequisites.scheduler();
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        Executor loop = EventLoopConfigurator.selectorTasks(system)
                .orElseThrow(() -> new IllegalStateException("no dispatcher has an event loop with sockets = on"));
        return () -> new DelegatingExecutor(loop);
    }
}
