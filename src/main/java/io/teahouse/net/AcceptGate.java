package io.teahouse.net;

import akka.Done;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a listener accept the next connection only while the process can open more files. Without a free file
 * descriptor, accepting fails, and Akka retries in an endless loop on the thread of the chat. One descriptor is kept in
 * reserve; it is released when all others are in use and a connection waits to be accepted. Not thread-safe.
 */
final class AcceptGate {
    /** The interval at which {@link #check} must be called. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(AcceptGate.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String door;
    private Optional<SocketChannel> reserve = open();

    /** Completed when the next connection may be accepted; empty: nothing waits for it. */
    private Optional<CompletableFuture<Done>> waiting = Optional.empty();

    private long toldAt = System.nanoTime() - QUIET_NANOS;

    AcceptGate(String door) {
        this.door = door;
    }

    /** A connection was accepted; {@code next} is completed when the next one may be. */
    void accepted(CompletableFuture<Done> next) {
        if (isFileFree()) {
            next.complete(Done.done());
        } else {
            waiting = Optional.of(next);
            tell();
        }
    }

    /** Checks whether files are free again, or none is left. */
    void check() {
        boolean free = isFileFree();
        if (waiting.isPresent() && free) {
            waiting.get().complete(Done.done());
            waiting = Optional.empty();
        } else if (waiting.isEmpty() && !free) {
            close(); // lets a connection be accepted that is already waiting; the next one waits
        }
    }

    private void tell() {
        long now = System.nanoTime();
        if (now - toldAt >= QUIET_NANOS) {
            toldAt = now;
            LOG.warn(
                    "{} accepts no more connections until the process closes a file: raise"
                            + " the limit (ulimit -n), or lower teahouse.limits.max-connections",
                    door);
        }
    }

    /** Whether one more file can be opened in addition to the reserve. */
    private boolean isFileFree() {
        reserve = reserve.isPresent() ? reserve : open();
        Optional<SocketChannel> another = reserve.isPresent() ? open() : Optional.empty();
        another.ifPresent(AcceptGate::close);
        return another.isPresent();
    }

    private static Optional<SocketChannel> open() {
        try {
            return Optional.of(SocketChannel.open());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Releases the reserve. */
    void close() {
        reserve.ifPresent(AcceptGate::close);
        reserve = Optional.empty();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("cannot be closed: {}", channel, e);
        }
    }
}
