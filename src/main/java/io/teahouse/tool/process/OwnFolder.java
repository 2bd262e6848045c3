package io.teahouse.tool.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where servers work: theirs alone, and gone afterwards unless it is kept. */
public final class OwnFolder implements AutoCloseable {
    /** Where such folders are made when nobody says otherwise. */
    public static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));

    private final String command;
    private final Path path;
    private final PrintWriter out;
    private boolean kept;

    /**
     * Makes one.
     *
     * @param command whose it is; a part of its name
     * @param out is told where it is, if it is kept
     */
    public OwnFolder(String command, Path parent, PrintWriter out) throws IOException {
        this.command = command;
        this.out = out;
        path = Files.createTempDirectory(parent.toAbsolutePath(), "teahouse-" + command + '-');
    }

    public Path path() {
        return path;
    }

    public void keep() {
        kept = true;
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
