package io.teahouse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files the process may have open; each connection is one. When none is left, new connections
 * wait unanswered, so the operator is warned at the start.
 */
final class OpenFiles {
    /** The limits of this process (Linux, proc(5)). */
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private static final Pattern MOST = Pattern.compile("(?m)^Max open files\\s+([0-9]{1,9})\\s");

    /** For the store, the jar, and refused connections. */
    private static final int OTHERS = 200;

    private OpenFiles() {}

    /** One line for the operator, if the limit allows fewer connections; empty also where the limit is unknown. */
    static Optional<String> warning(int connections) {
        try {
            return warning(Files.readString(LIMITS, StandardCharsets.US_ASCII), connections);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** @param limits as in {@code /proc/self/limits} */
    static Optional<String> warning(String limits, int connections) {
        return Optional.of(MOST.matcher(limits))
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .filter(most -> most < connections + OTHERS)
                .map(most -> "the process may open only " + most + " files: raise the limit (ulimit -n), or set "
                        + "teahouse.limits.max-connections to at most " + Math.max(1, most - OTHERS));
    }
}
