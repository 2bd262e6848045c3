package io.teahouse.tool.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The working directory of servers: a new one, deleted afterwards unless it is kept. */
public final class WorkFolder implements AutoCloseable {
    /** Where such folders are made by default. */
    public static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));

    private final String command;
    private final Path path;
    private final PrintWriter out;
    private boolean kept;

    /**
     * Makes a folder.
     *
     * @param command that uses it; a part of its name
     * @param out where its path is printed if it is kept
     */
    public WorkFolder(String command, Path parent, PrintWriter out) throws IOException {
        this.command = command;
        this.out = out;
        path = Files.createTempDirectory(parent.toAbsolutePath(), "teahouse-" + command + '-');
    }

    public Path path() {
        return path;
    }

    /** Whether the folder stays when this is closed; at first it does not. */
    public void setKept(boolean kept) {
        this.kept = kept;
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            out.println(command + ": kept " + path);
            out.flush();
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
