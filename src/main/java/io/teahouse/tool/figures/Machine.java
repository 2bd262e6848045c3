package io.teahouse.tool.figures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the page says of the machine and of the build. */
final class Machine {
    private static final int SECONDS = 5;
    private static final double KIB_PER_GIB = 1024 * 1024;

    private Machine() {}

    static String describe() throws IOException {
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %s of memory, JDK %s, %s %s",
                Runtime.getRuntime().availableProcessors(),
                valueOf(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch", "")),
                memory(),
                Runtime.version(),
                System.getProperty("os.name", ""),
                System.getProperty("os.version", ""));
    }

    private static String memory() throws IOException {
        String kib = valueOf(Path.of("/proc/meminfo"), "MemTotal", "").replace(" kB", "");
        return kib.isEmpty() ? "?" : String.format(Locale.ROOT, "%.0f GiB", Double.parseDouble(kib) / KIB_PER_GIB);
    }

    private static String valueOf(Path file, String key, String otherwise) throws IOException {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    /** The commit that is checked out here; "unknown" outside a repository. */
    static String commit() throws IOException, InterruptedException {
        List<String> command = List.of("git", "rev-parse", "--short", "HEAD");
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return git.waitFor(SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? out : "unknown";
        } catch (IOException e) {
            return "unknown"; // no git here
        }
    }
}
