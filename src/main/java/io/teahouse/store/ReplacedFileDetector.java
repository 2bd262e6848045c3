package io.teahouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Detects that a file which this process has open was deleted or replaced. Data that is written to such a file is
 * lost when the process ends.
 */
final class ReplacedFileDetector {
    /** The key that the file system gives each file besides its name. */
    private final Map<Path, Optional<Object>> keys = new LinkedHashMap<>();

    /** Remembers the files as they are now. */
    static ReplacedFileDetector of(List<Path> files) throws IOException {
        ReplacedFileDetector held = new ReplacedFileDetector();
        for (Path file : files) {
            held.keys.put(file, key(file));
        }
        return held;
    }

    /** The first file that is missing or was replaced. Asks the file system; from any thread. */
    Optional<Path> lost() {
        for (Map.Entry<Path, Optional<Object>> each : keys.entrySet()) {
            try {
                if (!Objects.equals(key(each.getKey()), each.getValue())) {
                    return Optional.of(each.getKey());
                }
            } catch (IOException e) {
                return Optional.of(each.getKey());
            }
        }
        return Optional.empty();
    }

    /** Empty if the file system has no such keys. */
    private static Optional<Object> key(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }
}
