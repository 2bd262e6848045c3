package io.teahouse.crash;

import static io.teahouse.crash.CrashFailure.require;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is run, how much of it, and with how much patience. */
final class CrashOptions {
    private static final List<String> STORES = List.of("sqlite", "postgresql", "memory");
    private static final int MOST_CLIENTS = 200;

    @Option(names = "--kills", paramLabel = "N", description = "how often the server is killed (${DEFAULT-VALUE})")
    private int kills = 50;

    @Option(
            names = "--store",
            paramLabel = "KIND",
            description = "sqlite, postgresql, or memory, which must fail (${DEFAULT-VALUE})")
    private String store = "sqlite";

    @Option(names = "--url", paramLabel = "URL", description = "of the database (postgresql)")
    private String url = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "of all that is left to chance (default: another each time)")
    private long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);

    @Option(names = "--senders", paramLabel = "N", description = "people who speak (${DEFAULT-VALUE})")
    private int senders = 20;

    @Option(names = "--rooms", paramLabel = "N", description = "rooms they are spread over (${DEFAULT-VALUE})")
    private int rooms = 4;

    @Option(
            names = "--listeners",
            paramLabel = "N",
            description = "people who only listen, in all rooms (${DEFAULT-VALUE})")
    private int listeners = 2;

    @Option(names = "--window", paramLabel = "N", description = "messages of one sender under way (${DEFAULT-VALUE})")
    private int window = 8;

    @Option(names = "--pace", paramLabel = "MS", description = "between two messages of one sender (${DEFAULT-VALUE})")
    private int pace = 20;

    @Option(
            names = "--patience",
            paramLabel = "S",
            description = "for the server to start, and for each of its answers (${DEFAULT-VALUE})")
    private int patience = 30;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "a setting of the server; may be given several times")
    private List<String> settings = new ArrayList<>();

    Plan plan(Path folder) {
        require(kills >= 0, "--kills: 0 or more");
        require(STORES.contains(store), "--store: one of " + String.join(", ", STORES));
        require(store.equals("postgresql") != url.isEmpty(), "--url: with --store postgresql, and only there");
        require(senders >= 1 && senders <= MOST_CLIENTS, "--senders: 1 to " + MOST_CLIENTS);
        require(rooms >= 1 && rooms <= senders, "--rooms: 1 to as many as there are senders");
        require(listeners >= 0 && listeners <= MOST_CLIENTS, "--listeners: 0 to " + MOST_CLIENTS);
        require(window >= 1 && window <= MOST_CLIENTS, "--window: 1 to " + MOST_CLIENTS);
        require(pace >= 0, "--pace: 0 or more");
        require(patience >= 1, "--patience: 1 or more");
        require(settings.stream().allMatch(each -> each.indexOf('=') > 0), "--setting: NAME=VALUE");
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return new Plan(
                run,
                jar(),
                folder,
                server(Plan.room(run, 0)),
                seed,
                kills,
                senders,
                rooms,
                listeners,
                window,
                Duration.ofMillis(pace),
                Duration.ofSeconds(patience));
    }

    private List<String> server(String plainRoom) {
        List<String> all = new ArrayList<>(List.of(
                "teahouse.plain.port=0",
                "teahouse.plain.room=" + plainRoom,
                "teahouse.plain.history-lines=0", // it would come beside what goes on, in no order with it
                "teahouse.irc.port=0",
                "teahouse.flood.enabled=off",
                "teahouse.store.kind=" + store));
        if (!url.isEmpty()) {
            all.add("teahouse.store.url=" + url);
        }
        all.addAll(settings);
        return all;
    }

    /** The jar that this is run from. */
    private static Path jar() {
        try {
            CodeSource source = CrashOptions.class.getProtectionDomain().getCodeSource();
            Path jar =
                    source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            require(Files.isRegularFile(jar), "run it from the finished jar: java -jar target/teahouse.jar crash-test");
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + store + ", " + kills + " kills, " + senders + " senders in " + rooms + " rooms";
    }
}
