package io.teahouse.tool.crash;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A run of the crash test, on the calling thread. {@link #close} ends it from any thread, and leaves no server running. */
abstract class Run implements AutoCloseable {
    /** The options of each server's JVM. */
    static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

    private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);

    final CrashPlan plan;
    final PrintWriter progress;
    final Random random;
    final RunState state = new RunState();
    final MessageInterner interner = new MessageInterner();
    final Clients clients;
    /** How long each server took until it was ready, in ms. */
    final List<Double> starts = new ArrayList<>();

    /** The result of a run. */
    record Outcome(Evidence evidence, Figures figures) {}

    /** @param progress where a line is printed now and then */
    Run(CrashPlan plan, PrintWriter progress) {
        this.plan = plan;
        this.progress = progress;
        random = new Random(plan.seed());
        clients = new Clients(plan, state, interner);
    }

    abstract Outcome run() throws IOException, InterruptedException;

    /** Waits for some more receipts, not for long. */
    final void awaitReceipts(double chance, int most) throws InterruptedException {
        long more = 1 + (long) (chance * most);
        state.awaitReceipts(state.receipts() + more, LONGEST_LOAD);
    }

    final void endClients() throws InterruptedException {
        clients.end(plan.patience());
        if (state.receipts() == 0) {
            throw CrashFailure.cannotRun("no client ever got a receipt: the run proves nothing");
        }
    }

    /** After {@link #endClients}. */
    final Outcome outcome(String kills, Map<String, List<ShownMessage>> history, List<Violation> found) {
        Evidence evidence = new Evidence(clients.said(), clients.transcripts(), history, found);
        return new Outcome(evidence, new Figures(kills, starts, clients.senders(), evidence));
    }

    @Override
    public abstract void close();
}
