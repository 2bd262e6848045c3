package io.teahouse.tool.crash;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run against a cluster: fault after fault under load. After each one the run waits until all nodes and all clients are back, and
 * compares the lists of members of all nodes. At the end it reads what is stored.
 */
final class ClusterRun extends Run {
    private static final int MOST_RECEIPTS = 200;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(45);
    /** Longer than the others need to remove a node. */
    private static final Duration LATE_RESTART = Duration.ofSeconds(12);
    /** How long lists of members may differ after all are back. */
    private static final Duration AGREEMENT = Duration.ofSeconds(10);
    /** How long after a connection has begun or ended somebody may be shown to come or go. */
    private static final Duration LATEST_PRESENCE = Duration.ofSeconds(60);

    private static final int RESETS = 10;
    private static final Duration BETWEEN_RESETS = Duration.ofMillis(300);

    private static final String CONTESTED = "contested";

    private final NodeNetwork network;
    private final List<ClusterNodeProcess> nodes;
    private final List<Violation> found = new ArrayList<>();
    private final Map<String, Set<String>> ranked = new HashMap<>();
    private int servers;

    /** @param progress where a line is printed for each fault */
    ClusterRun(CrashPlan plan, PrintWriter progress) throws IOException {
        super(plan, progress);
        network = new NodeNetwork(plan.nodes());
        nodes = IntStream.range(0, plan.nodes())
                .mapToObj(node -> new ClusterNodeProcess(plan, network, node))
                .toList();
    }

    @Override
    Outcome run() throws IOException, InterruptedException {
        start(nodes.get(0)); // it forms the cluster
        for (ClusterNodeProcess node : nodes.subList(1, nodes.size())) {
            start(node);
        }
        clients.start();
        awaitClients();
        MemberLists first = MemberLists.read(plan, nodes.get(0).instance(), interner);
        ranked.putAll(first.ranked());
        int offset = random.nextInt(Fault.Kind.values().length);
        for (int i = 0; i < plan.kills(); i++) {
            round(i, Fault.next(offset + i, plan.nodes(), random));
        }
        state.settle(plan.patience().multipliedBy(3));
        Map<String, List<ShownMessage>> history =
                HistoryReader.read(plan, nodes.get(0).instance(), interner);
        endClients();
        found.addAll(PresenceChecker.check(clients.transcripts(), LATEST_PRESENCE));
        return outcome(plan.kills() + " faults", history, found);
    }

    private void round(int number, Fault fault) throws IOException, InterruptedException {
        awaitReceipts(random.nextDouble(), MOST_RECEIPTS);
        state.takeLongestWait();
        ClusterNodeProcess node = nodes.get(fault.node());
        switch (fault.kind()) {
            case KILL -> kill(node);
            case PAUSE_5, PAUSE_11, PAUSE_30 -> pause(node, fault.kind().length());
            case CUT_OFF -> cutOff(fault);
            case RESET -> reset(fault.node());
            case STOP -> stop(node);
            case STOP_EACH -> {
                for (ClusterNodeProcess each : nodes) {
                    stop(each);
                }
            }
        }
        awaitClients();
        Duration agreed = awaitAgreement();
        Duration wait = state.takeLongestWait();
        contest();
        clients.check();
        progress.printf(
                Locale.ROOT,
                "crash-test: %d of %d: %s: longest wait for a receipt %.1f s, members agree after %.1f s%n",
                number + 1,
                plan.kills(),
                fault,
                seconds(wait),
                seconds(agreed));
        progress.flush();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    // Faults

    private void kill(ClusterNodeProcess node) throws IOException, InterruptedException {
        state.serverGone(node.instance().number());
        node.process().kill();
        node.awaitEnd(LONGEST_STOP);
        if (random.nextBoolean()) {
            state.pause(LATE_RESTART);
        }
        start(node);
    }

    private void pause(ClusterNodeProcess node, Duration length) throws IOException, InterruptedException {
        state.serverGone(node.instance().number());
        node.process().pause();
        state.pause(length);
        node.process().resume();
        awaitReturn(node);
    }

    private void cutOff(Fault fault) throws IOException, InterruptedException {
        ClusterNodeProcess node = nodes.get(fault.node());
        state.serverGone(node.instance().number());
        network.cutOff(fault.node());
        state.pause(fault.kind().length());
        network.heal();
        awaitReturn(node);
    }

    private void reset(int node) throws InterruptedException {
        for (int i = 0; i < RESETS; i++) {
            network.reset(node);
            state.pause(BETWEEN_RESETS);
        }
    }

    private void stop(ClusterNodeProcess node) throws IOException, InterruptedException {
        state.serverGone(node.instance().number());
        node.process().terminate();
        int code = node.awaitEnd(LONGEST_STOP);
        if (code != 0) {
            throw CrashFailure.violated(node + " exits with code " + code + " after SIGTERM");
        }
        start(node);
    }

    /** The node either ends, because the others have removed it, and is started again, or goes on. */
    private void awaitReturn(ClusterNodeProcess node) throws IOException, InterruptedException {
        if (node.process().awaitEnd(LATE_RESTART)) {
            if (node.process().exitCode() != 1) {
                throw CrashFailure.violated(
                        node + " exits with code " + node.process().exitCode());
            }
            start(node);
        } else {
            state.serverReady(node.instance());
        }
    }

    private void start(ClusterNodeProcess node) throws IOException, InterruptedException {
        servers++;
        node.launch();
        state.serverReady(node.awaitReady(servers));
        starts.add(node.process().startMillis());
    }

    // What must hold after each

    private void awaitClients() throws IOException, InterruptedException {
        Deadline deadline = new Deadline(plan.patience());
        while (!clients.outside().isEmpty()) {
            for (ClusterNodeProcess node : nodes) {
                if (!node.isAlive()) {
                    throw CrashFailure.violated(
                            node + " stopped by itself: " + node.process().logTail());
                }
            }
            if (deadline.isOver()) {
                throw CrashFailure.violated(String.join(", ", clients.outside()) + " cannot enter");
            }
            state.pause(POLL);
        }
    }

    /** Waits until all nodes list the same members; returns how long it took. */
    private Duration awaitAgreement() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Deadline deadline = new Deadline(AGREEMENT);
        String difference = difference();
        while (!difference.isEmpty() && !deadline.isOver()) {
            state.pause(POLL);
            difference = difference();
        }
        if (!difference.isEmpty()) {
            found.add(new Violation(Promise.MEMBERS_AGREE, plan.room(0), difference));
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private String difference() throws IOException {
        StringBuilder all = new StringBuilder();
        for (ClusterNodeProcess node : nodes) {
            MemberLists lists = MemberLists.read(plan, node.instance(), interner);
            String difference = lists.difference(clients.members());
            if (!difference.isEmpty()) {
                all.append(node).append(": ").append(difference).append(' ');
            }
            lists.ranked().forEach((room, nicks) -> {
                Set<String> gained = new HashSet<>(nicks);
                gained.removeAll(ranked.getOrDefault(room, Set.of()));
                if (!gained.isEmpty()) {
                    found.add(new Violation(Promise.NOBODY_GAINS_A_RANK, room, gained + " at " + node));
                }
            });
        }
        return all.toString().strip();
    }

    /** A client at each node wants the same nick: one gets it. */
    private void contest() throws InterruptedException {
        List<Contestant> all =
                nodes.stream().map(node -> new Contestant(node.instance())).toList();
        for (Contestant each : all) {
            each.start();
        }
        for (Contestant each : all) {
            each.join();
        }
        long owners = all.stream().filter(each -> each.client != null).count();
        for (Contestant each : all) {
            each.end();
        }
        if (owners != 1) {
            found.add(new Violation(Promise.ONE_OWNER, plan.room(0), owners + " users are " + CONTESTED));
        }
    }

    private final class Contestant extends Thread {
        private final ServerInstance server;
        private @Nullable IrcClient client;

        private Contestant(ServerInstance server) {
            super("crash-" + CONTESTED);
            this.server = server;
        }

        @Override
        public void run() {
            try {
                IrcClient mine =
                        new IrcClient(CONTESTED, List.of(plan.run() + "-" + CONTESTED), server, plan, interner);
                try {
                    mine.enter(new Transcript(CONTESTED, server.number()));
                    client = mine;
                } catch (IOException e) {
                    mine.close(); // somebody else has the nick
                }
            } catch (IOException e) {
                // counted as not having it
            }
        }

        private void end() {
            if (client != null) {
                client.close();
            }
        }
    }

    @Override
    public void close() {
        state.end();
        network.close();
        nodes.forEach(ClusterNodeProcess::close);
    }
}
