package io.teahouse.net;

import akka.actor.Scheduler;
import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * An executor for {@code akka.io.tcp.worker-dispatcher}: a task runs on the {@link EventLoop} that submits it, or on the
 * first one if another thread does. So Akka's actor of a socket, which the selector and the connection's stream call,
 * runs on the thread that they share. The configuration names this class, and Akka creates it.
 */
public final class CallingLoop extends ExecutorServiceConfigurator {
    private final Scheduler system;

    public CallingLoop(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.system = prerequisites.scheduler();
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        Executor first = EventLoopConfigurator.withSockets(system).get(0);
        return () -> new DelegatingExecutor(task -> {
            EventLoop current = EventLoop.current();
            (current == null ? first : current).execute(task);
        });
    }
}
