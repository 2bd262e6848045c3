package io.teahouse.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The classes that the finished jar loads, ready to be mapped into memory, as {@code bin/teahouse} does it: a server then needs half
 * the CPU time for its start. Made once in each process that runs tests.
 */
final class ClassArchive {
    private static final int MINUTES = 1;

    /** Made when it is needed first. */
    private static final class Holder {
        private static final Path FILE = make(System.getProperty("teahouse.jar"));
    }

    private ClassArchive() {}

    /** The options of a JVM that use it; none where there is no jar. */
    static List<String> options() {
        return System.getProperty("teahouse.jar") == null
                ? List.of()
                : List.of("-XX:SharedArchiveFile=" + Holder.FILE, "-Xshare:auto");
    }

    private static Path make(String jar) {
        try {
            Path folder = Files.createTempDirectory(Path.of(jar).getParent(), "classes");
            Path archive = folder.resolve("teahouse.jsa");
            Process server = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:ArchiveClassesAtExit=" + archive,
                            "-Dteahouse.plain.port=0",
                            "-Dteahouse.irc.port=0",
                            "-Dteahouse.web.port=0",
                            "-Dteahouse.store.path=" + folder.resolve("teahouse.db"),
                            "-jar",
                            jar)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out = server.inputReader()) {
                String line = out.readLine();
                while (line != null && !line.equals("ready")) { // before, it says where it listens
                    line = out.readLine();
                }
                server.toHandle().destroy();
                server.waitFor(MINUTES, TimeUnit.MINUTES);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
