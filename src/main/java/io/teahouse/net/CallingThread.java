package io.teahouse.net;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;

/**
 * An executor for {@code akka.io.tcp.worker-dispatcher} that runs everything on the calling thread. With several
 * threads a socket is then written by the thread of its connection and read by the selector's, without a worker thread
 * between them. The configuration names it, and Akka creates it.
 */
public final class CallingThread extends ExecutorServiceConfigurator {
    public CallingThread(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threadFactory) {
        return () -> new DelegatingExecutor(Runnable::run);
    }
}
