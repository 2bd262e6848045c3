package io.teahouse.tool.crash;

import io.teahouse.tool.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node of the cluster: the processes that run it, one after the other, always at the same address. For one thread. */
final class ClusterNodeProcess implements AutoCloseable {
    private final CrashPlan plan;
    private final NodeNetwork network;
    private final int node;
    private Optional<ServerProcess> process = Optional.empty();
    private Optional<ServerInstance> instance = Optional.empty();

    /** @param node its number, from 0 */
    ClusterNodeProcess(CrashPlan plan, NodeNetwork network, int node) {
        this.plan = plan;
        this.network = network;
        this.node = node;
    }

    void launch() throws IOException {
        Path folder = Files.createDirectories(plan.folder().resolve("node" + (node + 1)));
        List<String> settings = new ArrayList<>(plan.settings());
        settings.add("teahouse.cluster.port=" + network.port(node));
        settings.add("teahouse.cluster.bind-port=" + network.target(node));
        for (int seed = 0; seed < plan.nodes(); seed++) {
            settings.add("teahouse.cluster.seed-nodes." + seed + "=127.0.0.1:" + network.port(seed));
        }
        process = Optional.of(new ServerProcess(plan.jar(), folder, Run.JAVA, settings));
        instance = Optional.empty();
    }

    /** @param number of the process among all of the run, from 1 */
    ServerInstance awaitReady(int number) throws InterruptedException {
        try {
            Map<String, Integer> ports = process().awaitReady(plan.patience());
            ServerInstance ready =
                    new ServerInstance(number, ports.getOrDefault("irc", 0), ports.getOrDefault("plain", 0));
            instance = Optional.of(ready);
            return ready;
        } catch (IOException e) {
            throw CrashFailure.violated("node " + (node + 1) + ": " + e.getMessage());
        }
    }

    ServerProcess process() {
        return process.orElseThrow();
    }

    /** What clients connect to, once it is ready. */
    ServerInstance instance() {
        return instance.orElseThrow();
    }

    boolean isAlive() {
        return process.filter(ServerProcess::isAlive).isPresent();
    }

    /** Waits for the end of the process; returns its exit code. */
    int awaitEnd(Duration atMost) throws InterruptedException {
        if (!process().awaitEnd(atMost)) {
            throw CrashFailure.violated(this + " does not end within " + atMost.toSeconds() + " s");
        }
        return process().exitCode();
    }

    /** Kills it. */
    @Override
    public void close() {
        process.ifPresent(ServerProcess::kill);
    }

    @Override
    public String toString() {
        return "node " + (node + 1);
    }
}
