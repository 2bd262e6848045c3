package io.teahouse.tool.figures;

import io.teahouse.tool.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Servers of this jar, with the options of {@code bin/teahouse}, the archive of classes included. */
final class Teahouse {
    private static final Duration TO_START = Duration.ofSeconds(60);

    /** Any free ports, and no limits on what a client may send and how many there are, as for the other servers. */
    private static final List<String> SETTINGS = List.of(
            "teahouse.plain.port=0",
            "teahouse.irc.port=0",
            "teahouse.web.port=0",
            "teahouse.flood.enabled=off",
            "teahouse.limits.max-connections-per-network=10000");

    static final String IN_MEMORY = "teahouse.store.kind=memory";

    private final Path jar;
    private final Processes processes;
    private final Path folder;
    private final Path archive;

    /** @param folder for the working directories of the servers */
    Teahouse(Path jar, Processes processes, Path folder) {
        this.jar = jar;
        this.processes = processes;
        this.folder = folder;
        archive = folder.resolve("classes.jsa");
    }

    /** A server that runs, with its ports by the names of its doors. */
    record Running(ServerProcess process, Map<String, Integer> ports, String door) implements RunningServer {
        /** The same server, measured at another door. */
        Running at(String other) {
            return new Running(process, ports, other);
        }

        @Override
        public int port() {
            return port(door);
        }

        int port(String name) {
            return ports.getOrDefault(name, 0);
        }

        @Override
        public List<Long> pids() {
            return List.of(process.pid());
        }

        @Override
        public void kill() {
            process.kill();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Writes the archive of classes from which the servers start, as the first start by {@code bin/teahouse} does. */
    void prepare() throws IOException, InterruptedException {
        List<String> options =
                List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=error", "-Xlog:cds+dynamic=error");
        launch("irc", options, List.of(IN_MEMORY)).close();
    }

    /**
     * Starts a server, and waits until it is ready.
     *
     * @param door that is measured
     * @param settings in addition to those that all servers have, or instead of them
     */
    Running start(String door, List<String> settings) throws IOException, InterruptedException {
        List<String> options =
                Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto") : List.of();
        return launch(door, options, settings);
    }

    private Running launch(String door, List<String> options, List<String> more)
            throws IOException, InterruptedException {
        List<String> java = new ArrayList<>(ServerProcess.USUAL_OPTIONS);
        java.addAll(options);
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.addAll(more);
        Path own = Files.createTempDirectory(folder, "teahouse");
        ServerProcess process = processes.start(() -> new ServerProcess(jar, own, java, settings));
        try {
            return new Running(process, process.awaitReady(TO_START), door);
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }
}
