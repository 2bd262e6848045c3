package io.teahouse.crash;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the servers of a run work: theirs alone, and gone afterwards unless it is kept. */
final class Folder implements AutoCloseable {
    private final Path path;
    private final PrintWriter out;
    private boolean kept;

    /**
     * @param parent where it is made
     * @param out is told where it is, if it is kept
     */
    Folder(Path parent, PrintWriter out) throws IOException {
        this.out = out;
        path = Files.createTempDirectory(parent.toAbsolutePath(), "teahouse-crash-");
    }

    Path path() {
        return path;
    }

    void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            out.println("crash-test: kept " + path);
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
