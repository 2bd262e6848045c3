package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import io.teahouse.tool.ToolCommand;
import io.teahouse.tool.process.ProcessUsage;
import io.teahouse.tool.process.ServerProcess;
import io.teahouse.tool.process.StoreOptions;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the cost of storing, with servers that it starts itself, and prints three figures with their targets. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description = {
            "Starts servers of this jar and measures the cost of storing, as the time from a message to its receipt:",
            "  many:   1,000 clients in 100 rooms, 10 messages per second each",
            "  one:    one client in one room, 16 messages in flight",
            "  single: one message at a time, alternating between the database and memory"
        })
final class StoreCostCommand extends ToolCommand {
    private static final int MANY = 1_000;
    private static final int ROOMS = 100;
    private static final int UNDER_WAY = 16;
    private static final List<String> PARTS = List.of("many", "one", "single");
    private static final List<String> IN_MEMORY = List.of("teahouse.store.kind=memory");

    /** Settings of a server that opens the IRC door alone, at any free port, and lets clients send as fast as they like. */
    static final List<String> DOORS = List.of(
            "teahouse.plain.enabled=off",
            "teahouse.irc.port=0",
            "teahouse.web.enabled=off",
            "teahouse.flood.enabled=off");

    private static final long PATIENCE = 120 * RunClock.SECOND;

    @Option(names = "--only", paramLabel = "PART", split = ",", description = "many, one, single (default: all)")
    private List<String> only = PARTS;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--rate", paramLabel = "R", description = "many: messages per second per client (${DEFAULT-VALUE})")
    private double rate = 10;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "single: rounds of database and memory (${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--java", paramLabel = "OPTION", description = "JVM option for the servers; repeatable")
    private List<String> java = new ArrayList<>(List.of("-XX:+UseParallelGC", "-Xmn32m"));

    @Option(
            names = "--patience",
            paramLabel = "S",
            description = "seconds a server may take to start (${DEFAULT-VALUE})")
    private int patience = 30;

    @Mixin
    private TimingOptions timing = new TimingOptions();

    StoreCostCommand() {
        super(LoadCommand.NAME, LoadFailure.CLIENTS_LOST);
    }

    @Override
    protected int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
        require(PARTS.containsAll(only), "--only: one or more of " + String.join(", ", PARTS));
        store.check();
        require(rate > 0 && rounds >= 1, "--rate: more than 0; --rounds: at least 1");
        require(patience >= 1, "--patience: at least 1");
        Setup setup = new Setup(ServerProcess.jar("load store"), out, err);
        Rehearsal.run(1.5);
        return run(setup);
    }

    /** The jar to run, and where to print its figures. */
    private record Setup(Path jar, PrintWriter out, PrintWriter err) {}

    private int run(Setup setup) throws IOException, InterruptedException {
        Timing times = timing.timing();
        int lost = 0;
        if (only.contains("many")) {
            lost += measure(setup, store.settings(), "many", new ReceiptsPlan(MANY, ROOMS, 1, rate, times)).lost;
        }
        if (only.contains("one")) {
            lost += measure(setup, store.settings(), "one", new ReceiptsPlan(1, 1, UNDER_WAY, 0, times)).lost;
        }
        if (only.contains("single")) {
            lost += single(setup, new ReceiptsPlan(1, 1, 1, 0, times));
        }
        return lost > 0 ? LoadFailure.CLIENTS_LOST : 0;
    }

    /** Alternates between both stores, so that other load on the machine affects both. */
    private int single(Setup setup, ReceiptsPlan plan) throws IOException, InterruptedException {
        List<Double> stored = new ArrayList<>();
        List<Double> inMemory = new ArrayList<>();
        int lost = 0;
        for (int i = 0; i < rounds; i++) {
            Measured one = measure(setup, store.settings(), "single", plan);
            Measured other = measure(setup, IN_MEMORY, "single", plan);
            stored.add(one.medianMillis);
            inMemory.add(other.medianMillis);
            lost += one.lost + other.lost;
        }
        setup.out.printf(
                Locale.ROOT,
                "storing costs a single message %.3f ms (median of %d medians: %.3f ms against %.3f ms)%n",
                median(stored) - median(inMemory),
                rounds,
                median(stored),
                median(inMemory));
        setup.out.flush();
        return lost;
    }

    private record Measured(double medianMillis, int lost) {}

    private Measured measure(Setup setup, List<String> stored, String part, ReceiptsPlan plan)
            throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(DOORS);
        settings.addAll(stored);
        try (WorkFolder folder = new WorkFolder(LoadCommand.NAME, WorkFolder.PARENT, setup.err);
                ServerProcess server = new ServerProcess(setup.jar, folder.path(), java, settings);
                Clients clients = new Clients(target(ircPort(server)))) {
            Report report = new Report();
            report.text("part", part);
            report.text("store", stored.equals(IN_MEMORY) ? "memory" : store.kind());
            RunContext run =
                    new RunContext(clients, new EventLoop(clients), new ProcessUsage(List.of(server.pid())), report);
            ReceiptsTraffic traffic = new ReceiptsScenario(plan).measure(run);
            report.print(setup.out, false);
            return new Measured(traffic.latency().quantile(.5) / 1e6, clients.lostCount());
        }
    }

    private int ircPort(ServerProcess server) throws IOException, InterruptedException {
        return server.awaitReady(Duration.ofSeconds(patience)).getOrDefault("irc", 0);
    }

    private static Target target(int port) {
        return new Target(
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
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
}
