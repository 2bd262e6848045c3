package io.teahouse.tool.load;

import io.teahouse.tool.process.ProcessUsage;
import io.teahouse.tool.process.ServerProcess;
import io.teahouse.tool.process.WorkFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One soak, on the calling thread: if no rate is given, a server of its own is used to find the highest one. Then another
 * server runs for all intervals. At the end of each interval everything comes to rest, so that what is missing and what
 * the server holds can be told exactly.
 */
final class SoakRun implements AutoCloseable {
    private static final int SOURCES = 16;
    private static final int CONCURRENCY = 32;
    private static final int BYTES = 64;
    private static final long FOREVER = Long.MAX_VALUE / 2;
    private static final double REHEARSAL = 1.5;
    private static final Timing TRIAL = new Timing(RunClock.SECOND, 3 * RunClock.SECOND, 5 * RunClock.SECOND);
    private static final double PER_MINUTE = 60;

    private final SoakPlan plan;
    private final Path parent;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Violations violations = new Violations();
    private volatile Optional<ServerProcess> server = Optional.empty();

    /** @param parent of the servers' working directories */
    SoakRun(SoakPlan plan, Path parent, PrintWriter out, PrintWriter err) {
        this.plan = plan;
        this.parent = parent;
        this.out = out;
        this.err = err;
    }

    /** Runs to the end, or to the end of the interval in which something was missing; prints all. Whether nothing was wrong. */
    boolean run() throws IOException, InterruptedException {
        Rehearsal.run(REHEARSAL);
        double rate = plan.rate() > 0 ? plan.rate() : plan.share() * withServer(this::highestRate);
        print("%d clients in rooms of %d, %.2f messages per second each%n", plan.clients(), plan.roomSize(), rate);
        List<ServerReading> readings = withServer(context -> soak(context, rate));
        if (readings.size() > 1) {
            new Growth(readings, plan.allowance()).judge(out, violations);
        }
        if (violations.isEmpty()) {
            print("every message was shown to every member, once and in order; nothing grew%n");
        }
        violations.print(out);
        return violations.isEmpty();
    }

    private interface Part<T> {
        T run(RunContext context) throws IOException, InterruptedException;
    }

    private <T> T withServer(Part<T> part) throws IOException, InterruptedException {
        try (WorkFolder folder = new WorkFolder(SoakCommand.NAME, parent, err);
                ServerProcess started = new ServerProcess(plan.jar(), folder.path(), plan.java(), plan.settings())) {
            server = Optional.of(started);
            int port = started.awaitReady(Duration.ofNanos(plan.patience())).getOrDefault("irc", 0);
            try (Clients clients = new Clients(target(port))) {
                ProcessUsage usage = new ProcessUsage(List.of(started.pid()));
                return part.run(new RunContext(clients, new EventLoop(clients), usage, new Report()));
            }
        }
    }

    private Target target(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new Target(
                        List.of(address), new IrcDialect("", 1), SOURCES, CONCURRENCY, BYTES, plan.patience(), FOREVER)
                .withReceipts();
    }

    private double highestRate(RunContext context) throws IOException {
        RoomsPlan rooms = new RoomsPlan(plan.clients(), plan.roomSize(), 1, TRIAL);
        Registration.run(context.clients(), context.loop(), plan.clients(), rooms::roomOf, client -> false);
        JoinProbe.run(context.clients(), context.loop());
        RateResult best = RoomsScenario.search(context, rooms, plan.p99LimitMillis())
                .best()
                .orElseThrow(() -> SoakCommand.cannotRun("the server keeps up with no rate"));
        print(
                "highest rate with p99 below %.0f ms: %.2f messages per second per client, %.0f deliveries/s%n",
                plan.p99LimitMillis(), best.rate(), best.achieved());
        return best.rate();
    }

    /** Returns the readings after the warm-up. */
    private List<ServerReading> soak(RunContext context, double rate) throws IOException, InterruptedException {
        ServerProcess process = server.orElseThrow();
        SoakTraffic traffic = new SoakTraffic(context, plan, violations);
        context.clients().setTraffic(traffic);
        traffic.fill();
        print(
                "minute  messages/s  deliveries/s  p99 ms  cores   quits  resets  heap MiB  native MiB  RSS MiB  threads   files%n");
        List<ServerReading> readings = new ArrayList<>();
        long start = context.clients().now();
        for (int i = 0; i < plan.intervals() && violations.isEmpty(); i++) {
            CpuReading from =
                    CpuReading.take(context.server(), context.clients().now());
            SoakTraffic.Counts counts = traffic.run(plan.interval(), rate);
            CpuReading used =
                    CpuReading.take(context.server(), context.clients().now()).minus(from);
            traffic.settle(plan.patience());
            if (!process.isAlive()) {
                violations.add("the server stopped by itself: " + process.logTail());
                break;
            }
            double minutes = RunClock.seconds(context.clients().now() - start) / PER_MINUTE;
            ServerReading reading = ServerReading.take(process.pid(), minutes);
            printRow(counts, used, reading);
            readings.add(reading);
        }
        return readings;
    }

    private void printRow(SoakTraffic.Counts counts, CpuReading used, ServerReading reading) {
        print(
                "%6.1f %11.0f %13.0f %7.1f %6.2f %7d %7d %9.2f %11.2f %8.1f %8d %7d%n",
                reading.minutes(),
                counts.sent / used.seconds(),
                counts.delivered / used.seconds(),
                counts.latency.quantile(.99) / 1e6,
                used.server() / used.seconds(),
                counts.quits,
                counts.resets,
                reading.heapMib(),
                reading.nativeMib(),
                reading.rssMib(),
                reading.threadCount(),
                reading.fileCount());
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }

    /** Kills the server if it still runs; from any thread. */
    @Override
    public void close() {
        server.ifPresent(ServerProcess::kill);
    }
}
