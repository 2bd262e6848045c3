package io.teahouse.tool.load;

import static io.teahouse.tool.ToolFailure.require;

import io.teahouse.tool.ToolCommand;
import io.teahouse.tool.ToolFailure;
import io.teahouse.tool.process.ServerProcess;
import io.teahouse.tool.process.ShutdownHook;
import io.teahouse.tool.process.StoreOptions;
import io.teahouse.tool.process.WorkFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code soak}: puts a server of the same jar under load for a long time, with clients that come and go, and
 * checks that it delivers everything ({@link RoomOrder}) and holds no more at the end than at the beginning ({@link Growth}).
 */
@Command(
        name = SoakCommand.NAME,
        mixinStandardHelpOptions = true,
        description =
                "Runs the server under load while clients come and go, half of them by a reset, and checks that every "
                        + "message reaches every member, and that memory, open files and threads do not grow (Linux).",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything was delivered and nothing grew",
            "1:something was missing or grew",
            "2:bad arguments",
            "3:the run could not be completed"
        })
public final class SoakCommand extends ToolCommand {
    static final String NAME = "soak";

    private static final int VIOLATED = 1;
    private static final int CANNOT_RUN = 3;
    private static final double SECONDS_PER_MINUTE = 60;

    @Option(names = "--minutes", paramLabel = "M", description = "how long to run, warm-up included (${DEFAULT-VALUE})")
    private double minutes = 30;

    @Option(
            names = "--interval",
            paramLabel = "S",
            description = "seconds between two readings; the first interval is the warm-up (${DEFAULT-VALUE})")
    private double interval = 60;

    @Option(names = "--clients", paramLabel = "N", description = "number of clients (${DEFAULT-VALUE})")
    private int clients = 2000;

    @Option(names = "--room-size", paramLabel = "N", description = "clients per room (${DEFAULT-VALUE})")
    private int roomSize = 20;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "messages per second per client (default: --share of the highest rate, found first)")
    private double rate;

    @Option(names = "--share", paramLabel = "X", description = "share of the highest rate (${DEFAULT-VALUE})")
    private double share = 0.6;

    @Option(
            names = "--p99-limit",
            paramLabel = "MS",
            description = "the highest rate is the one whose p99 latency stays below this (${DEFAULT-VALUE})")
    private double p99Limit = 50;

    @Option(
            names = "--leaves",
            paramLabel = "N",
            description = "clients that leave per second, and are replaced (${DEFAULT-VALUE})")
    private double leaves = 10;

    @Option(
            names = "--allow-heap",
            paramLabel = "MIB",
            description = "how much the live heap may grow (${DEFAULT-VALUE})")
    private double allowHeap = 4;

    @Option(
            names = "--allow-native",
            paramLabel = "MIB",
            description = "how much the memory outside the heap may grow (${DEFAULT-VALUE})")
    private double allowNative = 32;

    @Option(
            names = "--allow-threads",
            paramLabel = "N",
            description = "how many more threads there may be (${DEFAULT-VALUE})")
    private int allowThreads = 4;

    @Option(
            names = "--allow-files",
            paramLabel = "N",
            description = "how many more open files there may be (${DEFAULT-VALUE})")
    private int allowFiles = 8;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--setting", paramLabel = "NAME=VALUE", description = "a setting of the server; repeatable")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--java",
            paramLabel = "OPTION",
            description = "JVM option for the server; repeatable (default: those of bin/teahouse)")
    private List<String> java = new ArrayList<>(ServerProcess.USUAL_OPTIONS);

    @Option(
            names = "--patience",
            paramLabel = "S",
            description =
                    "seconds for the start, for all clients to join, and for everything to arrive (${DEFAULT-VALUE})")
    private double patience = 60;

    @Option(
            names = "--in",
            paramLabel = "FOLDER",
            description = "where the servers' working folders are created (default: the temporary folder)")
    private Path parent = WorkFolder.PARENT;

    public SoakCommand() {
        super(NAME, CANNOT_RUN);
    }

    /** A run that cannot go on. */
    static ToolFailure cannotRun(String why) {
        return new CannotRun(why);
    }

    private static final class CannotRun extends ToolFailure {
        private static final long serialVersionUID = 1L;

        CannotRun(String why) {
            super(CANNOT_RUN, why);
        }
    }

    @Override
    protected int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
        try (SoakRun run = new SoakRun(plan(), parent, out, err)) {
            ShutdownHook hook = new ShutdownHook(run::close); // leaves no server running
            try {
                return run.run() ? 0 : VIOLATED;
            } finally {
                hook.remove();
            }
        }
    }

    private SoakPlan plan() {
        require(interval > 0, "--interval: above 0");
        int intervals = (int) Math.round(minutes * SECONDS_PER_MINUTE / interval);
        require(intervals >= 2, "--minutes: at least two intervals");
        require(roomSize >= 2, "--room-size: at least 2");
        require(clients >= roomSize && clients % roomSize == 0, "--clients: a multiple of --room-size");
        require(rate >= 0, "--rate: above 0");
        require(share > 0 && share <= 1, "--share: above 0, at most 1");
        require(p99Limit > 0, "--p99-limit: above 0");
        require(leaves > 0, "--leaves: above 0");
        require(
                clients + leaves * minutes * SECONDS_PER_MINUTE <= ScenarioCommand.MOST_CLIENTS,
                "--leaves: all clients together at most " + ScenarioCommand.MOST_CLIENTS);
        require(
                allowHeap >= 0 && allowNative >= 0 && allowThreads >= 0 && allowFiles >= 0,
                "--allow-heap, --allow-native, --allow-threads, --allow-files: at least 0");
        require(patience >= 1, "--patience: at least 1");
        require(settings.stream().allMatch(each -> each.indexOf('=') > 0), "--setting: NAME=VALUE");
        store.check();
        return new SoakPlan(
                ServerProcess.jar(NAME),
                serverSettings(),
                java,
                clients,
                roomSize,
                rate,
                share,
                p99Limit,
                leaves,
                RunClock.nanos(interval),
                intervals,
                RunClock.nanos(patience),
                new SoakPlan.Allowance(allowHeap, allowNative, allowThreads, allowFiles));
    }

    private List<String> serverSettings() {
        List<String> all = new ArrayList<>(StoreCostCommand.DOORS);
        all.addAll(store.settings());
        all.addAll(settings);
        return all;
    }
}
