package io.teahouse.tool.crash;

import io.teahouse.tool.process.OwnServer;
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
 * One run, on the calling thread: servers come and are killed, one after the other, while the clients do what they do;
 * then everybody gets his receipts, the server is killed once more, and the next one tells what is stored.
 */
final class CrashRun implements AutoCloseable {
    private static final int MOST_RECEIPTS = 1000;
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);
    private static final double MILLIS_TO_RETURN = 500;
    private static final int KILLS_TOLD = 10;
    private static final Duration TO_DIE = Duration.ofSeconds(10);
    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

    /** What is known at its end. */
    record Outcome(Evidence evidence, Figures figures) {}

    private final Plan plan;
    private final PrintWriter progress;
    private final Random random;
    private final Stage stage = new Stage();
    private final Sightings sightings = new Sightings();
    private final Clients clients;
    private final Map<Kill.Moment, Integer> kills = new EnumMap<>(Kill.Moment.class);
    private final List<Double> starts = new ArrayList<>();
    private Optional<OwnServer> server = Optional.empty();
    private int lives;

    /** @param progress is told now and then how far it is */
    CrashRun(Plan plan, PrintWriter progress) {
        this.plan = plan;
        this.progress = progress;
        random = new Random(plan.seed());
        clients = new Clients(plan, stage, sightings);
    }

    Outcome run() throws IOException, InterruptedException {
        clients.start();
        for (int i = 1; i <= plan.kills(); i++) {
            Kill kill = i < plan.kills() ? Kill.next(random) : Kill.underLoad(random);
            live(kill);
            clients.check();
            kills.merge(kill.moment(), 1, Integer::sum);
            if (i % KILLS_TOLD == 0) {
                progress.printf(
                        Locale.ROOT, "crash-test: %d of %d kills, %d receipts%n", i, plan.kills(), stage.receipts());
                progress.flush();
            }
        }
        stage.up(awaitReady(launch()));
        awaitReceipts(random.nextDouble());
        stage.settle(plan.patience().multipliedBy(3));
        die();
        Life last = awaitReady(launch());
        Map<String, List<Shown>> history = HistoryReader.read(plan, last, sightings);
        clients.end(plan.patience());
        if (stage.receipts() == 0) {
            throw CrashFailure.cannotRun("nobody ever got a receipt: this shows nothing");
        }
        Evidence evidence = new Evidence(clients.said(), clients.transcripts(), history);
        return new Outcome(evidence, new Figures(plan, kills, starts, clients.senders(), evidence));
    }

    private void live(Kill kill) throws IOException, InterruptedException {
        OwnServer now = launch();
        if (kill.moment() == Kill.Moment.STARTING) {
            stage.pause(millis(kill.chance() * usualStart()));
        } else {
            stage.up(awaitReady(now));
            if (kill.moment() == Kill.Moment.RETURNING) {
                stage.pause(millis(kill.chance() * MILLIS_TO_RETURN));
            } else {
                awaitReceipts(kill.chance());
            }
        }
        if (!now.isAlive()) {
            throw CrashFailure.violated("the server ended by itself: " + now.lastWords());
        }
        die();
    }

    /** Lets them work for a while. */
    private void awaitReceipts(double chance) throws InterruptedException {
        long more = 1 + (long) (chance * MOST_RECEIPTS);
        stage.awaitReceipts(stage.receipts() + more, LONGEST_LOAD);
    }

    private double usualStart() {
        return starts.stream().mapToDouble(start -> start).average().orElse(1000);
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis((long) millis);
    }

    private OwnServer launch() throws IOException {
        lives++;
        OwnServer next = new OwnServer(plan.jar(), plan.folder(), JAVA, plan.settings());
        server = Optional.of(next);
        return next;
    }

    private Life awaitReady(OwnServer now) throws InterruptedException {
        try {
            Map<String, Integer> ports = now.awaitReady(plan.patience());
            starts.add(now.startMillis());
            return new Life(lives, ports.getOrDefault("irc", 0), ports.getOrDefault("plain", 0));
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            throw starts.isEmpty() ? CrashFailure.cannotRun(why) : CrashFailure.violated(why);
        }
    }

    private void die() throws InterruptedException {
        if (server.isPresent()) {
            server.get().kill();
            if (!server.get().awaitEnd(TO_DIE)) {
                throw CrashFailure.cannotRun("process " + server.get().pid() + " does not die");
            }
            stage.down();
        }
    }

    @Override
    public void close() {
        stage.over();
        server.ifPresent(OwnServer::kill);
    }
}
