package io.teahouse.tool.crash;

import io.teahouse.tool.process.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One run, on the calling thread: one server after the other is started and killed under load. Then the run waits for all
 * receipts, kills the server once more, and reads from the next one what is stored.
 */
final class CrashRun extends Run {
    private static final int MOST_RECEIPTS = 1000;
    private static final double RECONNECT_MILLIS = 500;
    private static final int KILLS_PER_LINE = 10;
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(10);

    private final Map<Kill.Moment, Integer> kills = new EnumMap<>(Kill.Moment.class);
    private Optional<ServerProcess> server = Optional.empty();
    private int servers;

    /** @param progress where a line is printed every ten kills */
    CrashRun(CrashPlan plan, PrintWriter progress) {
        super(plan, progress);
    }

    @Override
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
        awaitReceipts(random.nextDouble(), MOST_RECEIPTS);
        state.settle(plan.patience().multipliedBy(3));
        killServer();
        ServerInstance last = awaitReady(launch());
        Map<String, List<ShownMessage>> history = HistoryReader.read(plan, last, interner);
        endClients();
        return outcome(kills(), history, List.of());
    }

    private String kills() {
        return (plan.kills() + 1)
                + kills.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().text())
                        .collect(Collectors.joining(", ", ": ", ", and one when all had their receipts"));
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
                awaitReceipts(kill.chance(), MOST_RECEIPTS);
            }
        }
        if (!now.isAlive()) {
            throw CrashFailure.violated("the server stopped by itself: " + now.logTail());
        }
        killServer();
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
            state.serverGone(servers);
        }
    }

    @Override
    public void close() {
        state.end();
        server.ifPresent(ServerProcess::kill);
    }
}
