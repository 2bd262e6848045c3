package io.teahouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The copies of a store's file that are made before its tables get a new version, numbered: the first one has the store as
 * the older server left it, and is never written again, however often the new one is started.
 *
 * @param version the new one
 */
record MigrationBackups(Path store, int version) {
    /** So many are kept: the first one and the newest. */
    private static final int KEPT = 3;

    private String name() {
        return store.getFileName() + ".before-version-" + version;
    }

    private Path of(long number) {
        return store.resolveSibling(number == 1 ? name() : name() + '-' + number);
    }

    /** Those that are there, in ascending order. */
    private List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(store.toAbsolutePath().getParent())) {
            return files.map(file -> number(file.getFileName().toString()))
                    .filter(number -> number > 0)
                    .sorted()
                    .toList();
        }
    }

    /** 0: it is none of them. */
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

    /** Where the next one goes; nothing is there. */
    Path next() throws IOException {
        List<Long> found = numbers();
        return of(found.isEmpty() ? 1 : found.get(found.size() - 1) + 1);
    }

    /** A server that is started again and again, and fails, must not fill the disk. */
    void deleteSuperfluous() throws IOException {
        List<Long> found = numbers();
        for (int i = 1; i <= found.size() - KEPT; i++) {
            Files.deleteIfExists(of(found.get(i)));
        }
    }
}
