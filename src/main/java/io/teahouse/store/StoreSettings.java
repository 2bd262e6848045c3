package io.teahouse.store;

import io.teahouse.room.Names;
import io.teahouse.room.RepeatLimits;
import io.teahouse.room.RoomName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where and how a store keeps its data. The server's {@code reference.conf} explains each value under {@code teahouse.store};
 * {@link RoomRules} comes from {@code teahouse.rooms}. Start from {@link #sqlite}, {@link #postgresql} or {@link #inMemory}, which have
 * the same values, and replace parts with the {@code with} methods.
 *
 * @param backend where the data is
 * @param readers how many threads read
 * @param backlog limits on pending writes
 * @param memory limits on messages that are kept in memory only
 * @param retention for how long messages are stored
 * @param rooms the rules for rooms
 * @param readMarkers for how many rooms one account has a read marker
 */
public record StoreSettings(
        Backend backend,
        ReaderPools readers,
        Backlog backlog,
        Memory memory,
        Retention retention,
        RoomRules rooms,
        int readMarkers) {

    /** The kind of backend. */
    public enum Kind {
        /** A file beside the server. */
        SQLITE,
        /** A database that servers share. */
        POSTGRESQL,
        /** None: the newest lines of each room are in memory, until the server ends. */
        MEMORY
    }

    /**
     * Where the data is.
     *
     * @param path of {@link Kind#SQLITE}: the file; others lie beside it, named after it
     * @param url of {@link Kind#POSTGRESQL}: as its JDBC driver takes it, {@code jdbc:postgresql://host/database?user=…}
     * @param timeout how long the database may take to answer
     * @param retryInterval how often a database that does not answer is tried again
     */
    public record Backend(Kind kind, Path path, String url, Duration timeout, Duration retryInterval) {
        Backend(Kind kind, Path path, String url) {
            this(kind, path, url, Duration.ofSeconds(5), Duration.ofSeconds(1));
        }

        /** Answers later, or earlier, than by default. */
        public Backend withTimes(Duration newTimeout, Duration newRetryInterval) {
            return new Backend(kind, path, url, newTimeout, newRetryInterval);
        }

        @Override
        public String toString() {
            return "Backend[" + kind + "]"; // there may be a password in the URL
        }
    }

    /**
     * How many threads read. Each kind of query has its own, each with a connection, and its own queue, so that no kind waits for
     * another one.
     *
     * @param opening threads that open rooms and read accounts for logins
     * @param history threads that read messages, and lists of conversations
     * @param search threads that search
     * @param searches how many searches may wait; one more is refused
     * @param searchTime how long one search may read messages that are not in the index; then it returns what it has found
     */
    public record ReaderPools(int opening, int history, int search, int searches, Duration searchTime) {
        /** The values of the server's {@code reference.conf}. */
        public static ReaderPools defaults() {
            return new ReaderPools(2, 2, 1, 100, Duration.ofMillis(150));
        }
    }

    /**
     * Limits on pending writes. Requests beyond them are refused.
     *
     * @param queue how many writes may wait, and how many reads of each kind except searches
     * @param queueBytes text of the writes, in bytes
     * @param behind how many events of one {@link Durability#RELAXED} room may be published and not stored yet
     * @param behindBytes the same of all such rooms together, in bytes
     * @param unindexed how many messages may be missing from the search index under load; SQLite only
     */
    public record Backlog(int queue, int queueBytes, int behind, long behindBytes, int unindexed) {
        /** The values of the server's {@code reference.conf}. */
        public static Backlog defaults() {
            return new Backlog(32_768, 64 << 20, 4096, Runtime.getRuntime().maxMemory() / 20, 1_000_000);
        }
    }

    /**
     * Limits on messages that are kept in memory only. The oldest events are dropped first.
     *
     * @param lines how many events of one room
     * @param bytes of all such rooms together
     */
    public record Memory(int lines, long bytes) {
        /** The values of the server's {@code reference.conf}. */
        public static Memory defaults() {
            return new Memory(1000, Runtime.getRuntime().maxMemory() / 10);
        }
    }

    /**
     * What depends on the room, and on the server's other settings for rooms.
     *
     * @param classes how rooms of certain names are stored; the first one that matches counts
     * @param repeats which client ids a room gets back when it opens
     * @param names which names are the same, and which look alike
     */
    public record RoomRules(List<RoomClass> classes, RepeatLimits repeats, Names names) {
        public RoomRules {
            classes = List.copyOf(classes);
        }

        /** The values of the server's {@code reference.conf}, except that names are compared as the room library does. */
        public static RoomRules defaults() {
            return new RoomRules(List.of(), RepeatLimits.DEFAULT, Names.PLAIN);
        }

        /** Compares names by other rules. */
        public RoomRules withNames(Names newNames) {
            return new RoomRules(classes, repeats, newNames);
        }

        RoomClass classOf(RoomName room) {
            return classes.stream()
                    .filter(each -> each.holdsFor(room))
                    .findFirst()
                    .orElse(RoomClass.STORED);
        }
    }

    /** Stores to that file. */
    public static StoreSettings sqlite(Path path) {
        return defaults(new Backend(Kind.SQLITE, path, ""));
    }

    /** Stores to that database. */
    public static StoreSettings postgresql(String url) {
        return defaults(new Backend(Kind.POSTGRESQL, Path.of(""), url));
    }

    /** Stores nothing beyond the end of the process. */
    public static StoreSettings inMemory() {
        return defaults(new Backend(Kind.MEMORY, Path.of(""), ""));
    }

    private static StoreSettings defaults(Backend chosen) {
        return new StoreSettings(
                chosen,
                ReaderPools.defaults(),
                Backlog.defaults(),
                Memory.defaults(),
                Retention.FOR_EVER,
                RoomRules.defaults(),
                1000);
    }

    /** How long a read may take: less than a room waits for it. */
    Duration readPatience() {
        return backend.timeout().dividedBy(2);
    }

    /** The same with another backend. */
    public StoreSettings withBackend(Backend newBackend) {
        return new StoreSettings(newBackend, readers, backlog, memory, retention, rooms, readMarkers);
    }

    /** The same with other readers. */
    public StoreSettings withReaders(ReaderPools newReaders) {
        return new StoreSettings(backend, newReaders, backlog, memory, retention, rooms, readMarkers);
    }

    /** The same with another backlog. */
    public StoreSettings withBacklog(Backlog newBacklog) {
        return new StoreSettings(backend, readers, newBacklog, memory, retention, rooms, readMarkers);
    }

    /** The same with another amount of memory. */
    public StoreSettings withMemory(Memory newMemory) {
        return new StoreSettings(backend, readers, backlog, newMemory, retention, rooms, readMarkers);
    }

    /** The same with another retention. */
    public StoreSettings withRetention(Retention newRetention) {
        return new StoreSettings(backend, readers, backlog, memory, newRetention, rooms, readMarkers);
    }

    /** The same with other rooms. */
    public StoreSettings withRooms(RoomRules newRooms) {
        return new StoreSettings(backend, readers, backlog, memory, retention, newRooms, readMarkers);
    }

    /** The same with another number of read markers. */
    public StoreSettings withReadMarkers(int newReadMarkers) {
        return new StoreSettings(backend, readers, backlog, memory, retention, rooms, newReadMarkers);
    }
}
