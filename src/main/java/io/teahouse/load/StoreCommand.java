package io.teahouse.load;

import static io.teahouse.load.LoadFailure.require;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what storing costs, with servers that it starts itself: three figures and what they must be. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description = {
            "Starts servers of this jar and measures what storing costs, from a line to its receipt:",
            "  many:   1,000 clients in 100 rooms, 10 messages a second each",
            "  one:    one client in one room, 16 messages under way",
            "  single: one message under way at a time, in the database and in memory, in turn"
        })
final class StoreCommand implements Callable<Integer> {
    private static final int MANY = 1_000;
    private static final int ROOMS = 100;
    private static final int UNDER_WAY = 16;
    private static final List<String> PARTS = List.of("many", "one", "single");
    private static final List<String> STORES = List.of("sqlite", "postgresql");
    private static final long PATIENCE = 120 * RunClock.SECOND;

    @Option(names = "--only", paramLabel = "PART", split = ",", description = "many, one, single (default: all)")
    private List<String> only = PARTS;

    @Option(names = "--store", paramLabel = "KIND", description = "sqlite or postgresql (${DEFAULT-VALUE})")
    private String store = "sqlite";

    @Option(names = "--url", paramLabel = "URL", description = "of the database (postgresql)")
    private String url = "";

    @Option(names = "--rate", paramLabel = "R", description = "many: messages a second per client (${DEFAULT-VALUE})")
    private double rate = 10;

    @Option(names = "--rounds", paramLabel = "N", description = "single: how often in turn (${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--java", paramLabel = "OPTION", description = "of the servers' JVM; may be given several times")
    private List<String> java = new ArrayList<>(List.of("-XX:+UseParallelGC", "-Xmn32m"));

    @Mixin
    private TimingOptions timing = new TimingOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            require(PARTS.containsAll(only), "--only: some of " + String.join(", ", PARTS));
            require(STORES.contains(store), "--store: one of " + String.join(", ", STORES));
            require(store.equals("postgresql") != url.isEmpty(), "--url: with --store postgresql, and only there");
            require(rate > 0 && rounds >= 1, "--rate: more than 0; --rounds: at least 1");
            Path jar = OwnServer.jar();
            Rehearsal.run(1.5);
            return run(jar);
        } catch (LoadFailure e) {
            err.println("load: " + e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            err.println("load: " + e);
            return LoadFailure.CLIENTS_LOST;
        }
    }

    private int run(Path jar) throws IOException {
        Timing times = timing.timing();
        int lost = 0;
        if (only.contains("many")) {
            lost += measure(jar, store, "many", new ReceiptsPlan(MANY, ROOMS, 1, rate, times)).lost;
        }
        if (only.contains("one")) {
            lost += measure(jar, store, "one", new ReceiptsPlan(1, 1, UNDER_WAY, 0, times)).lost;
        }
        if (only.contains("single")) {
            lost += single(jar, new ReceiptsPlan(1, 1, 1, 0, times));
        }
        return lost > 0 ? LoadFailure.CLIENTS_LOST : 0;
    }

    /** Both kinds after one another, so that what else the machine does meets both. */
    private int single(Path jar, ReceiptsPlan plan) throws IOException {
        List<Double> stored = new ArrayList<>();
        List<Double> inMemory = new ArrayList<>();
        int lost = 0;
        for (int i = 0; i < rounds; i++) {
            Measured one = measure(jar, store, "single", plan);
            Measured other = measure(jar, "memory", "single", plan);
            stored.add(one.medianMillis);
            inMemory.add(other.medianMillis);
            lost += one.lost + other.lost;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "storing costs a single message %.3f ms (median of %d medians: %.3f ms against %.3f ms)%n",
                        median(stored) - median(inMemory),
                        rounds,
                        median(stored),
                        median(inMemory));
        spec.commandLine().getOut().flush();
        return lost;
    }

    private record Measured(double medianMillis, int lost) {}

    private Measured measure(Path jar, String kind, String part, ReceiptsPlan plan) throws IOException {
        Path folder = Files.createTempDirectory("teahouse-load-");
        try (OwnServer server = new OwnServer(jar, folder, java, settings(kind));
                Crowd crowd = new Crowd(target(server.port()))) {
            Report report = new Report();
            report.text("part", part);
            report.text("store", kind);
            Run run = new Run(crowd, new Pump(crowd), server.processes(), report);
            ReceiptsTraffic traffic = new ReceiptsScenario(plan).measure(run);
            report.print(spec.commandLine().getOut(), false);
            return new Measured(traffic.latency().quantile(.5) / 1e6, crowd.lost());
        } finally {
            delete(folder);
        }
    }

    private List<String> settings(String kind) {
        List<String> all = new ArrayList<>(List.of("teahouse.store.kind=" + kind));
        if (kind.equals("postgresql")) {
            all.add("teahouse.store.url=" + url);
        }
        return all;
    }

    private static Target target(int port) {
        return new Target(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        new IrcDialect("", 1),
                        16,
                        64,
                        64,
                        PATIENCE,
                        2 * PATIENCE)
                .withReceipts();
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
