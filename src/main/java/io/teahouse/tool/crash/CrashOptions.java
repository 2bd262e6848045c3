package io.teahouse.tool.crash;

import static io.teahouse.tool.ToolFailure.require;

import io.teahouse.tool.process.ServerProcess;
import io.teahouse.tool.process.StoreOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a run. */
final class CrashOptions {
    private static final int MOST_CLIENTS = 200;
    private static final int FEWEST_NODES = 3;
    private static final int MOST_NODES = 9;

    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "number of kills, with --nodes of faults (${DEFAULT-VALUE})")
    private int kills = 50;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description =
                    "number of nodes of a cluster, 3 to 9; needs --store postgresql (default: one server, no cluster)")
    private int nodes = 1;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--seed", paramLabel = "N", description = "seed of all random choices (default: random)")
    private long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);

    @Option(names = "--senders", paramLabel = "N", description = "number of clients that send (${DEFAULT-VALUE})")
    private int senders = 20;

    @Option(names = "--rooms", paramLabel = "N", description = "number of rooms (${DEFAULT-VALUE})")
    private int rooms = 4;

    @Option(
            names = "--listeners",
            paramLabel = "N",
            description = "number of clients that only listen, in all rooms (${DEFAULT-VALUE})")
    private int listeners = 2;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "messages that each sender keeps in flight (${DEFAULT-VALUE})")
    private int window = 8;

    @Option(
            names = "--pace",
            paramLabel = "MS",
            description = "milliseconds between two messages of one sender (${DEFAULT-VALUE})")
    private int pace = 20;

    @Option(
            names = "--patience",
            paramLabel = "S",
            description = "seconds for the server to start, and for each of its answers (${DEFAULT-VALUE})")
    private int patience = 30;

    @Option(names = "--setting", paramLabel = "NAME=VALUE", description = "a setting of the server; repeatable")
    private List<String> settings = new ArrayList<>();

    CrashPlan plan(Path folder) {
        require(kills >= 0, "--kills: at least 0");
        store.check();
        require(
                nodes == 1 || (nodes >= FEWEST_NODES && nodes <= MOST_NODES),
                "--nodes: " + FEWEST_NODES + " to " + MOST_NODES);
        require(nodes == 1 || store.kind().equals("postgresql"), "--nodes: needs --store postgresql");
        require(senders >= 1 && senders <= MOST_CLIENTS, "--senders: 1 to " + MOST_CLIENTS);
        require(rooms >= 1 && rooms <= senders, "--rooms: 1 to the number of senders");
        require(listeners >= 0 && listeners <= MOST_CLIENTS, "--listeners: 0 to " + MOST_CLIENTS);
        require(window >= 1 && window <= MOST_CLIENTS, "--window: 1 to " + MOST_CLIENTS);
        require(pace >= 0, "--pace: at least 0");
        require(patience >= 1, "--patience: at least 1");
        require(settings.stream().allMatch(each -> each.indexOf('=') > 0), "--setting: NAME=VALUE");
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return new CrashPlan(
                run,
                ServerProcess.jar(CrashTestCommand.NAME),
                folder,
                serverSettings(CrashPlan.room(run, 0)),
                seed,
                nodes,
                kills,
                senders,
                rooms,
                listeners,
                window,
                Duration.ofMillis(pace),
                Duration.ofSeconds(patience));
    }

    private List<String> serverSettings(String plainRoom) {
        List<String> all = new ArrayList<>(List.of(
                "teahouse.plain.port=0",
                "teahouse.plain.room=" + plainRoom,
                "teahouse.plain.history-lines=0", // it would be mixed with live messages, in no order
                "teahouse.irc.port=0",
                "teahouse.web.port=0",
                "teahouse.flood.enabled=off"));
        all.addAll(store.settings());
        if (nodes > 1) {
            all.addAll(List.of("teahouse.cluster.enabled=on", "teahouse.cluster.return-within=12s"));
        }
        all.addAll(settings);
        return all;
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + store.kind() + ", " + (nodes > 1 ? nodes + " nodes, " : "") + kills
                + (nodes > 1 ? " faults, " : " kills, ") + senders + " senders in " + rooms + " rooms";
    }
}
