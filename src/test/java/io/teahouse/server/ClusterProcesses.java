package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.store.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The nodes of one cluster: servers in processes of their own, over one database, at any free ports. Needs no node to be
 * there for the others: further ones join by those that run.
 */
final class ClusterProcesses implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(30);

    private final Path folder;
    private final List<String> options;
    private final String url = TestPostgres.newDatabase();
    private final List<Node> nodes = new ArrayList<>();

    private ClusterProcesses(Path folder, String... options) {
        this.folder = folder;
        this.options = List.of(options);
    }

    /** One node, as a process. */
    static final class Node {
        private final ServerProcess process;
        private Map<String, Integer> ports = Map.of();
        private boolean isRunning = true;

        private Node(ServerProcess process) {
            this.process = process;
        }

        /** The port of its plain door. */
        int port() {
            return port("plain");
        }

        /** The port of a door, of {@code admin}, or of {@code cluster}. */
        int port(String door) {
            return ports.get(door);
        }

        /** Where the other nodes reach it, as its log and theirs have it. */
        String address() {
            return "127.0.0.1:" + port("cluster");
        }

        /** Waits until it says that it can serve. Its shards may take a while to answer. */
        void awaitReady() {
            long deadline = System.nanoTime() + READY.toNanos();
            while (new AdminClient(port("admin")).status("/health/ready") != 200) {
                assertThat(System.nanoTime()).as("%s is ready", address()).isLessThan(deadline);
            }
        }

        /** Waits for a line of its log that contains this. */
        void awaitLog(String part) throws InterruptedException {
            process.awaitError(part);
        }

        /** SIGKILL. */
        void kill() throws InterruptedException {
            isRunning = false;
            process.killAfter(0);
        }

        /** SIGSTOP: it does nothing until it is {@linkplain #resume resumed}, and its sockets stay open. */
        void pause() throws IOException, InterruptedException {
            process.signal("STOP");
        }

        /** SIGCONT. */
        void resume() throws IOException, InterruptedException {
            process.signal("CONT");
        }

        /** SIGTERM. */
        void terminate() {
            isRunning = false;
            process.terminate();
        }

        /** Waits for its end. */
        int exitCode(int seconds) throws InterruptedException {
            int code = process.exitCode(seconds);
            isRunning = false;
            return code;
        }

        /** Its whole log. Waits for its end. */
        String log() {
            return process.errors();
        }
    }

    /**
     * Starts a cluster, and waits until each node knows all others as members.
     *
     * @param folder for the working directories of the nodes
     * @param options further options of the JVM for each node, such as {@code -Dteahouse.threads=2}
     */
    static ClusterProcesses start(int count, Path folder, String... options) throws IOException, InterruptedException {
        ClusterProcesses cluster = new ClusterProcesses(folder, options);
        try {
            cluster.add(1);
            cluster.add(count - 1);
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts further nodes, and waits until all nodes know them as members. Returns the new ones. */
    List<Node> add(int count) throws IOException, InterruptedException {
        List<Node> others = running();
        List<Node> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Node node = new Node(launch(others));
            fresh.add(node);
            nodes.add(node);
        }
        for (Node node : fresh) {
            node.ports = node.process.awaitPorts();
        }
        for (Node node : running()) {
            for (Node other : fresh) {
                node.awaitLog("cluster: member joined: " + other.address());
            }
        }
        return fresh;
    }

    /**
     * Starts a server that wants to join, but is no node of this cluster yet.
     *
     * @param seeds whom it asks for admission; none: it forms a cluster of its own
     * @param more options of its own, which override those of the cluster
     */
    ServerProcess launch(List<Node> seeds, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "-Xmx192m",
                "-Dteahouse.plain.port=0",
                "-Dteahouse.admin.enabled=on",
                "-Dteahouse.admin.port=0",
                "-Dteahouse.store.kind=postgresql",
                "-Dteahouse.store.url=" + url,
                "-Dteahouse.cluster.enabled=on",
                "-Dteahouse.cluster.port=0"));
        for (int i = 0; i < seeds.size(); i++) {
            all.add("-Dteahouse.cluster.seed-nodes." + i + "=" + seeds.get(i).address());
        }
        all.addAll(options);
        all.addAll(List.of(more));
        return ServerProcess.launch(Files.createTempDirectory(folder, "node"), all.toArray(new String[0]));
    }

    /** A node by its number; 0 is the oldest one. Nodes keep their numbers when others end. */
    Node node(int number) {
        return nodes.get(number);
    }

    /** The nodes that have not been stopped or killed; paused ones run. */
    List<Node> running() {
        return nodes.stream().filter(node -> node.isRunning).toList();
    }

    /** The database of all nodes, as JDBC has it. */
    String url() {
        return url;
    }

    /** Waits until the others have removed a node that does not answer. */
    void awaitRemoved(Node gone) throws InterruptedException {
        for (Node node : running()) {
            if (node != gone) {
                node.awaitLog("cluster: member removed, because it did not answer: " + gone.address());
            }
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.process.close());
    }
}
