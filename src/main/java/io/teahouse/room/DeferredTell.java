package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.util.concurrent.Executor;

/**
 * A message to oneself that lets others go first: it passes the executor's queue several times before it is told, and
 * each time stands behind all that is in the queue by then.
 */
final class DeferredTell<T> implements Runnable {
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

    static <T> void taken(int times, Executor executor, ActorRef<T> to, T message) {
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
