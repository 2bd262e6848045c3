package io.teahouse.client;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How far one client has read. An answer is empty where the store does not answer; until it has come, the client's next
 * line waits. As {@link Session}, from the client's actor only.
 */
public interface Markers {
    /**
     * Where the marker stands; of somebody who is logged in, the same at all his connections.
     *
     * @param target what it is for, as all its spellings have it
     */
    void get(String target, Consumer<Optional<Optional<Instant>>> then);

    /** Moves it on, never back, and tells where it stands then; the account's other connections are told. */
    void put(String target, Instant at, Consumer<Optional<Instant>> then);
}
