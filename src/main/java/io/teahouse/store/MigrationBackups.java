package io.teahouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Numbered copies of a store's file, made before its tables are migrated. The first copy is the store as the older
 * server left it and is never overwritten, however often the new server starts.
 *
 * @param version the version that the tables are migrated to
 */
record MigrationBackups(Path store, int version) {
    /** How many copies are kept: the first and the newest. */
    private static final int KEPT = 3;

    private String name() {
        return store.getFileName() + ".before-version-" + version;
    }

    private Path of(long number) {
        return store.resolveSibling(number == 1 ? name() : name() + '-' + number);
    }

    /** The numbers of the existing copies, ascending. */
    private List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(store.toAbsolutePath().getParent())) {
            return files.map(file -> number(file.getFileName().toString()))
                    .filter(number -> number > 0)
                    .sorted()
                    .toList();
        }
    }

    /** The number of a copy; 0 for other files. */
    private long number(String file) {
        String start = name() + '-';
        if (file.equals(name())) {
            return 1;
        } else if (!file.startsWith(start)) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(file.substring(start.length())));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The path of the next copy, which does not exist yet. */
    Path next() throws IOException {
        List<Long> found = numbers();
        return of(found.isEmpty() ? 1 : found.get(found.size() - 1) + 1);
    }

    /** Keeps a server that fails at every start from filling the disk. */
    void deleteSuperfluous() throws IOException {
        List<Long> found = numbers();
        for (int i = 1; i <= found.size() - KEPT; i++) {
            Files.deleteIfExists(of(found.get(i)));
        }
    }
}
