package io.teahouse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** Stores in files of their own, for tests that fill them by hand. */
final class SqliteStores implements AutoCloseable {
    private final Path folder;
    private final Store store;

    SqliteStores() {
        try {
            folder = Files.createTempDirectory("teahouse");
            store = Stores.open(settings(folder.resolve("tea.db")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Repeats are known of any age, as tests tell of times long ago. */
    static StoreSettings settings(Path file) {
        return StoreSettings.sqlite(file).remembering(1024, Duration.ofDays(36_500));
    }

    Store store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                if (!file.delete()) {
                    throw new IllegalStateException(file + " cannot be deleted");
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
