package io.teahouse.client;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The read markers of one client. An answer is empty if the store does not answer; the client's next line waits for it.
 * Like {@link Session}, only for the client's actor.
 */
public interface Markers {
    /**
     * Reads a marker; all connections of an account share theirs.
     *
     * @param target its room or user, as a folded name
     */
    void get(String target, Consumer<Optional<Optional<Instant>>> then);

    /** Moves a marker forward, never back, and returns its position; the account's other connections are notified. */
    void put(String target, Instant at, Consumer<Optional<Instant>> then);
}
