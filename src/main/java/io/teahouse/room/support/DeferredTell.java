package io.teahouse.room.support;

import akka.actor.typed.ActorRef;
import java.util.concurrent.Executor;

/**
 * A message of an actor to itself that lets others go first: it passes through the executor's queue several times before it
 * is sent, each time behind everything that is in the queue by then.
 */
public final class DeferredTell<T> implements Runnable {
    private final Executor executor;
    private final ActorRef<T> to;
    private final T message;
    private int left;

    private DeferredTell(int times, Executor executor, ActorRef<T> to, T message) {
        this.left = times;
        this.executor = executor;
        this.to = to;
        this.message = message;
    }

    public static <T> void taken(int times, Executor executor, ActorRef<T> to, T message) {
        executor.execute(new DeferredTell<>(times, executor, to, message));
    }

    @Override
    public void run() {
        left--;
        if (left > 0) {
            executor.execute(this);
        } else {
            to.tell(message);
        }
    }
}
