package io.teahouse.store;

import io.teahouse.room.RepeatLimits;
import io.teahouse.room.RoomName;
import io.teahouse.user.CaseMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An empty store in a database of its own. */
final class OpenStore implements AutoCloseable {
    static final int QUEUE_BYTES = 64 << 20;

    private final StoreSettings settings;
    private final Runnable cleaning;
    private Store store;

    private OpenStore(StoreSettings settings, Runnable cleaning) {
        this.settings = settings;
        this.cleaning = cleaning;
        this.store = open();
    }

    static OpenStore sqlite() {
        try {
            Path folder = Files.createTempDirectory("teahouse");
            return new OpenStore(settings(folder.resolve("tea.db")), () -> delete(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OpenStore postgresql() {
        String url = TestPostgres.newDatabase();
        return new OpenStore(small(StoreSettings.postgresql(url)), () -> TestPostgres.drop(url));
    }

    /** Settings for that file, with {@linkplain #small small limits}. */
    static StoreSettings settings(Path sqlite) {
        return small(StoreSettings.sqlite(sqlite));
    }

    /**
     * Sets limits that a test can reach. Repeats never expire, since the tests use times of long ago. A database
     * that does not answer is tried again soon.
     */
    static StoreSettings small(StoreSettings settings) {
        return settings.withBackend(settings.backend().withTimes(Duration.ofSeconds(5), Duration.ofMillis(100)))
                .withReaders(new StoreSettings.ReaderPools(2, 2, 1, 3, Duration.ofSeconds(20)))
                .withBacklog(new StoreSettings.Backlog(1000, QUEUE_BYTES, 100, 64 << 20, 20_000))
                .withMemory(new StoreSettings.Memory(100, 64 << 20))
                .withRooms(new StoreSettings.RoomRules(
                        List.of(), new RepeatLimits(1024, 4096, Duration.ofDays(36_500)), CaseMapping.ASCII))
                .withReadMarkers(5);
    }

    private Store open() {
        try {
            return Stores.open(settings);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    Store store() {
        return store;
    }

    /** Opens a second server's store over the same database. The caller closes it. */
    Store openAnother() {
        return open();
    }

    /** Restarts the server. */
    Store reopen() {
        store.close();
        store = open();
        return store;
    }

    @Override
    public void close() {
        store.close();
        cleaning.run();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rooms of the tests; the first one is {@code tea}. */
    static RoomName room(int number) {
        return RoomName.of(number == 0 ? "tea" : "tea" + number);
    }
}
