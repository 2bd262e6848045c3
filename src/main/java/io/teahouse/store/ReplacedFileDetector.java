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
 * Files that this process holds open. Somebody may delete or replace one of them meanwhile: what is written then goes into a
 * file that has no name any more, and is gone when the process ends.
 */
final class ReplacedFileDetector {
    /** What the file system calls each of them, beside its name. */
    private final Map<Path, Optional<Object>> keys = new LinkedHashMap<>();

    /** They are there now. */
    static ReplacedFileDetector of(List<Path> files) throws IOException {
        ReplacedFileDetector held = new ReplacedFileDetector();
        for (Path file : files) {
            held.keys.put(file, key(file));
        }
        return held;
    }

    /** The first one that is not there any more, or is another one now. Asks the file system; from any thread. */
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

    /** Empty: the file system has none. */
    private static Optional<Object> key(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }
}
