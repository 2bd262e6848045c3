package io.teahouse.store;

import io.teahouse.room.Names;
import io.teahouse.room.RepeatLimits;
import io.teahouse.room.RoomName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where and how things are stored.
 *
 * @param kind what keeps them
 * @param path of {@link Kind#SQLITE}: the file; others lie beside it, named after it
 * @param url of {@link Kind#POSTGRESQL}: as its JDBC driver takes it, {@code jdbc:postgresql://host/database?user=…}
 * @param timeout how long the database may take to answer
 * @param retryInterval how often a database that is away is tried again
 * @param lanes how many may read at a time
 * @param queue how many writes, and how many reads of each kind but searches, may wait; one more is refused
 * @param queueBytes how much text may wait to be written
 * @param repeats which client ids a room wants to know when it opens
 * @param memoryLines how many events a room keeps that is not stored
 * @param readMarkers how many one account has
 * @param classes how rooms are kept; the first one that holds for a room counts
 * @param behind how many events of a room with {@link Durability#RELAXED} may be shown and not stored yet
 * @param unindexed how many messages may not be in the index for search yet in a rush; SQLite only
 * @param retention how long what was said is kept
 * @param retentionInterval how often a server deletes what is too old; zero: it does not
 * @param names which names are the same, and which look alike
 * @param memory what of it may be in memory
 */
public record StoreSettings(
        Kind kind,
        Path path,
        String url,
        Duration timeout,
        Duration retryInterval,
        ReaderPools lanes,
        int queue,
        int queueBytes,
        RepeatLimits repeats,
        int memoryLines,
        int readMarkers,
        List<RoomClass> classes,
        int behind,
        int unindexed,
        Retention retention,
        Duration retentionInterval,
        Names names,
        StoreMemoryLimits memory) {

    /** With the usual share of the heap. */
    public StoreSettings(
            Kind kind,
            Path path,
            String url,
            Duration timeout,
            Duration retryInterval,
            ReaderPools lanes,
            int queue,
            int queueBytes,
            RepeatLimits repeats,
            int memoryLines,
            int readMarkers,
            List<RoomClass> classes,
            int behind,
            int unindexed,
            Retention retention,
            Duration retentionInterval,
            Names names) {
        this(
                kind,
                path,
                url,
                timeout,
                retryInterval,
                lanes,
                queue,
                queueBytes,
                repeats,
                memoryLines,
                readMarkers,
                classes,
                behind,
                unindexed,
                retention,
                retentionInterval,
                names,
                StoreMemoryLimits.defaults());
    }

    /** Where names look like themselves only. */
    public StoreSettings(
            Kind kind,
            Path path,
            String url,
            Duration timeout,
            Duration retryInterval,
            ReaderPools lanes,
            int queue,
            int queueBytes,
            RepeatLimits repeats,
            int memoryLines,
            int readMarkers,
            List<RoomClass> classes,
            int behind,
            int unindexed,
            Retention retention,
            Duration retentionInterval) {
        this(
                kind,
                path,
                url,
                timeout,
                retryInterval,
                lanes,
                queue,
                queueBytes,
                repeats,
                memoryLines,
                readMarkers,
                classes,
                behind,
                unindexed,
                retention,
                retentionInterval,
                Names.PLAIN);
    }

    /** What keeps things. */
    public enum Kind {
        /** A file beside the server. */
        SQLITE,
        /** A database that servers share. */
        POSTGRESQL,
        /** Nothing: the newest lines of each room, until the server ends. */
        MEMORY
    }

    /**
     * The values of the server's {@code reference.conf}, for whoever opens a store without a server.
     *
     * @param path of SQLite
     * @param url of PostgreSQL
     */
    public static StoreSettings defaults(Kind kind, Path path, String url) {
        return new StoreSettings(
                kind,
                path,
                url,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                ReaderPools.DEFAULT,
                32_768,
                64 << 20,
                RepeatLimits.DEFAULT,
                1000,
                1000,
                List.of(),
                4096,
                1_000_000,
                Retention.FOR_EVER,
                Duration.ofHours(1));
    }

    @Override
    public String toString() {
        return "StoreSettings[" + kind + "]"; // there may be a password in the URL
    }

    RoomClass classOf(RoomName room) {
        return classes.stream().filter(each -> each.holdsFor(room)).findFirst().orElse(RoomClass.STORED);
    }

    /** In that file. */
    public static StoreSettings sqlite(Path path) {
        return defaults(Kind.SQLITE, path, "");
    }

    /** In that database. */
    public static StoreSettings postgresql(String url) {
        return defaults(Kind.POSTGRESQL, Path.of(""), url);
    }
}
