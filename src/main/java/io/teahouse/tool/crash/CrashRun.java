package io.teahouse.tool.crash;

import io.teahouse.tool.process.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One run, on the calling thread: one server after the other is started and killed under load. Then the run waits for all
 * receipts, kills the server once more, and reads from the next one what is stored.
 */
final class CrashRun implements AutoCloseable {
    private static final int MOST_RECEIPTS = 1000;
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);
    private static final double RECONNECT_MILLIS = 500;
    private static final int KILLS_PER_LINE = 10;
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

    /** The result of a run. */
    record Outcome(Evidence evidence, Figures figures) {}

    private final CrashPlan plan;
    private final PrintWriter progress;
    private final Random random;
    private final RunState state = new RunState();
    private final MessageInterner interner = new MessageInterner();
    private final Clients clients;
    private final Map<Kill.Moment, Integer> kills = new EnumMap<>(Kill.Moment.class);
    private final List<Double> starts = new ArrayList<>();
    private Optional<ServerProcess> server = Optional.empty();
    private int servers;

    /** @param progress where a line is printed every ten kills */
    CrashRun(CrashPlan plan, PrintWriter progress) {
        this.plan = plan;
        this.progress = progress;
        random = new Random(plan.seed());
        clients = new Clients(plan, state, interner);
    }

    Outcome run() throws IOException, InterruptedException {
        clients.start();
        for (int i = 1; i <= plan.kills(); i++) {
            Kill kill = i < plan.kills() ? Kill.next(random) : Kill.underLoad(random);
            runUntil(kill);
            clients.check();
            kills.merge(kill.moment(), 1, Integer::sum);
            if (i % KILLS_PER_LINE == 0) {
                progress.printf(
                        Locale.ROOT, "crash-test: %d of %d kills, %d receipts%n", i, plan.kills(), state.receipts());
                progress.flush();
            }
        }
        state.serverReady(awaitReady(launch()));
        awaitReceipts(random.nextDouble());
        state.settle(plan.patience().multipliedBy(3));
        killServer();
        ServerInstance last = awaitReady(launch());
        Map<String, List<ShownMessage>> history = HistoryReader.read(plan, last, interner);
        clients.end(plan.patience());
        if (state.receipts() == 0) {
            throw CrashFailure.cannotRun("no client ever got a receipt: the run proves nothing");
        }
        Evidence evidence = new Evidence(clients.said(), clients.transcripts(), history);
        return new Outcome(evidence, new Figures(plan, kills, starts, clients.senders(), evidence));
    }

    private void runUntil(Kill kill) throws IOException, InterruptedException {
        ServerProcess now = launch();
        if (kill.moment() == Kill.Moment.STARTING) {
            state.pause(millis(kill.chance() * meanStartMillis()));
        } else {
            state.serverReady(awaitReady(now));
            if (kill.moment() == Kill.Moment.RETURNING) {
                state.pause(millis(kill.chance() * RECONNECT_MILLIS));
            } else {
                awaitReceipts(kill.chance());
            }
        }
        if (!now.isAlive()) {
            throw CrashFailure.violated("the server stopped by itself: " + now.logTail());
        }
        killServer();
    }

    /** Waits for some more receipts, at most a thousand. */
    private void awaitReceipts(double chance) throws InterruptedException {
        long more = 1 + (long) (chance * MOST_RECEIPTS);
        state.awaitReceipts(state.receipts() + more, LONGEST_LOAD);
    }

    private double meanStartMillis() {
        return starts.stream().mapToDouble(start -> start).average().orElse(1000);
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis((long) millis);
    }

    private ServerProcess launch() throws IOException {
        servers++;
        ServerProcess next = new ServerProcess(plan.jar(), plan.folder(), JAVA, plan.settings());
        server = Optional.of(next);
        return next;
    }

    private ServerInstance awaitReady(ServerProcess now) throws InterruptedException {
        try {
            Map<String, Integer> ports = now.awaitReady(plan.patience());
            starts.add(now.startMillis());
            return new ServerInstance(servers, ports.getOrDefault("irc", 0), ports.getOrDefault("plain", 0));
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            throw starts.isEmpty() ? CrashFailure.cannotRun(why) : CrashFailure.violated(why);
        }
    }

    private void killServer() throws InterruptedException {
        if (server.isPresent()) {
            server.get().kill();
            if (!server.get().awaitEnd(EXIT_TIMEOUT)) {
                throw CrashFailure.cannotRun("process " + server.get().pid() + " does not exit after kill -9");
            }
            state.serverKilled();
        }
    }

    @Override
    public void close() {
        state.end();
        server.ifPresent(ServerProcess::kill);
    }
}
