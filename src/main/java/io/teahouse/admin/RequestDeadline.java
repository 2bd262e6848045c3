package io.teahouse.admin;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends a connection whose next request does not come in time, from its first byte on; the first request is expected at once. Without
 * it, one byte a minute would keep a connection. Thread-safe.
 */
final class RequestDeadline {
    private final Duration patience;
    private final ActorSystem<?> system;
    private final Runnable end;
    private Optional<Cancellable> timer = Optional.empty();
    private boolean answering;
    private boolean closed;

    /** @param end ends the connection; called on any thread */
    RequestDeadline(Duration patience, ActorSystem<?> system, Runnable end) {
        this.patience = patience;
        this.system = system;
        this.end = end;
        received();
    }

    /** Bytes have come. */
    synchronized void received() {
        if (!answering && !closed && timer.isEmpty()) {
            timer = Optional.of(system.scheduler().scheduleOnce(patience, end, system.executionContext()));
        }
    }

    /** The head of a request is complete; its body has a deadline of its own. */
    synchronized void requested() {
        answering = true;
        cancel();
    }

    synchronized void answered() {
        answering = false;
    }

    /** The connection has ended. */
    synchronized void close() {
        closed = true;
        cancel();
    }

    private void cancel() {
        timer.ifPresent(Cancellable::cancel);
        timer = Optional.empty();
    }
}
