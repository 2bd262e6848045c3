package io.teahouse.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how things are stored.
 *
 * @param kind what keeps them
 * @param path of {@link Kind#SQLITE}: the file; others lie beside it, named after it
 * @param url of {@link Kind#POSTGRESQL}: as its JDBC driver takes it, {@code jdbc:postgresql://host/database?user=…}
 * @param timeout how long the database may take to answer
 * @param retryInterval how often a database that is away is tried again
 * @param readers how many may read at a time
 * @param queue how many writes, and how many reads, may wait; one more is refused
 * @param queueBytes how much text may wait to be written
 * @param repeatsKept how many client ids a room wants to know when it opens
 * @param repeatWindow of how long ago
 * @param memoryLines how many events a room keeps that is not stored
 */
public record StoreSettings(
        Kind kind,
        Path path,
        String url,
        Duration timeout,
        Duration retryInterval,
        int readers,
        int queue,
        int queueBytes,
        int repeatsKept,
        Duration repeatWindow,
        int memoryLines) {

    /** What keeps things. */
    public enum Kind {
        /** A file beside the server. */
        SQLITE,
        /** A database that servers share. */
        POSTGRESQL,
        /** Nothing: the newest lines of each room, until the server ends. */
        MEMORY
    }

    /** In that file, with the values of the server's {@code reference.conf}. */
    public static StoreSettings sqlite(Path path) {
        return new StoreSettings(
                Kind.SQLITE,
                path,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                2,
                32_768,
                64 << 20,
                1024,
                Duration.ofMinutes(10),
                1000);
    }

    /** In that database, with the values of the server's {@code reference.conf}. */
    public static StoreSettings postgresql(String url) {
        StoreSettings like = sqlite(Path.of("unused"));
        return new StoreSettings(
                Kind.POSTGRESQL,
                like.path,
                url,
                like.timeout,
                like.retryInterval,
                like.readers,
                like.queue,
                like.queueBytes,
                like.repeatsKept,
                like.repeatWindow,
                like.memoryLines);
    }

    /** With another patience. */
    public StoreSettings withTimeout(Duration to, Duration retry) {
        return new StoreSettings(
                kind, path, url, to, retry, readers, queue, queueBytes, repeatsKept, repeatWindow, memoryLines);
    }

    /** With other repeats to be known. */
    public StoreSettings remembering(int most, Duration window) {
        return new StoreSettings(
                kind, path, url, timeout, retryInterval, readers, queue, queueBytes, most, window, memoryLines);
    }
}
