package io.teahouse.tool.figures;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the parts of a run share: servers that they compare, the load generator, and how much to measure. */
final class Bench implements AutoCloseable {
    /** Clients that register at the same time: some servers wait for a timer meanwhile, others accept only few. */
    private static final int MANY = 2000;

    private static final int SOME = 500;
    private static final int FEW = 64;

    /** When this has passed, what follows is measured only once, so that all is done in half an hour. */
    private static final Duration LATE = Duration.ofMinutes(24);

    private final Instant started = Instant.now();
    private final Plan plan;
    private final Path folder;
    private final PrintWriter out;
    private final Processes processes = new Processes();
    private final Generator generator;
    private final Teahouse teahouse;
    private final OtherServers others;
    private final Map<Contender, RunningServer> contenders = new EnumMap<>(Contender.class);
    private final Set<Contender> missing = EnumSet.noneOf(Contender.class);

    /**
     * A run, which has started nothing yet.
     *
     * @param folder for everything that servers write
     * @param out where the progress is printed
     */
    Bench(Path jar, Plan plan, Path limitSource, Path folder, PrintWriter out) {
        this.plan = plan;
        this.folder = folder;
        this.out = out;
        generator = new Generator(jar, processes, folder);
        teahouse = new Teahouse(jar, processes, folder);
        others = new OtherServers(processes, folder, limitSource);
    }

    Plan plan() {
        return plan;
    }

    Path folder() {
        return folder;
    }

    Processes processes() {
        return processes;
    }

    Generator generator() {
        return generator;
    }

    Teahouse teahouse() {
        return teahouse;
    }

    void say(String what) {
        long seconds = Duration.between(started, Instant.now()).toSeconds();
        out.println(seconds + " s: " + what);
        out.flush();
    }

    /** Whether there is time for that round; there always is for the first one. */
    boolean hasTimeFor(int round) {
        return round == 1 || Duration.between(started, Instant.now()).compareTo(LATE) < 0;
    }

    /** Starts a server for one measurement; empty if it is not installed. */
    Optional<RunningServer> start(Contender which) throws IOException, InterruptedException {
        if (which.isOurs()) {
            return Optional.of(teahouse.start(which.protocol(), List.of(Teahouse.IN_MEMORY)));
        }
        try {
            return others.start(which, Child.freePort());
        } catch (IOException e) {
            say(which.title() + " does not start: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Starts a server again that has been killed, at the same port. */
    RunningServer startAgain(Contender which, RunningServer killed) throws IOException, InterruptedException {
        int port = killed.port();
        killed.close();
        if (which.isOurs()) {
            String setting = "teahouse." + which.protocol() + ".port=" + port;
            return teahouse.start(which.protocol(), List.of(Teahouse.IN_MEMORY, setting));
        }
        return others.start(which, port).orElseThrow(() -> new IOException("it is no longer installed"));
    }

    /** The servers that are compared, warm. They start at the first call, and stay up. */
    Map<Contender, RunningServer> contenders() throws IOException, InterruptedException {
        if (!contenders.isEmpty()) {
            return contenders;
        }
        Teahouse.Running ours = teahouse.start(Contender.IRC.protocol(), List.of(Teahouse.IN_MEMORY));
        contenders.put(Contender.IRC, ours);
        contenders.put(Contender.PLAIN, ours.at(Contender.PLAIN.protocol()));
        for (Contender each : Contender.values()) {
            if (!each.isOurs() && plan.servers().contains(each)) {
                start(each).ifPresentOrElse(server -> contenders.put(each, server), () -> missing.add(each));
            }
        }
        missing.forEach(each -> say("left out, because it is not installed: " + each.title()));
        for (Contender each : List.copyOf(contenders.keySet())) {
            try {
                if (plan.warm() > 0) {
                    warm(each);
                }
            } catch (IOException e) {
                say("left out: " + each.title() + ": " + e.getMessage());
                contenders.remove(each);
            }
        }
        return contenders;
    }

    /** Those of the compared servers that also take part in what takes long. */
    Set<Contender> some() throws IOException, InterruptedException {
        Set<Contender> some = EnumSet.copyOf(contenders().keySet());
        some.retainAll(plan.some());
        return some;
    }

    private void warm(Contender which) throws IOException, InterruptedException {
        say("warming " + which.title());
        Map<String, Object> fanout = options(which);
        fanout.putAll(Map.of("members", 100, "senders", 10, "window", 8, "secs", plan.warm() / 2));
        generator.run("fanout", door(which), fanout);
        Map<String, Object> rooms = options(which);
        rooms.putAll(Map.of("clients", 200, "room-size", 20, "rate", 5.0, "secs", plan.warm() / 2));
        generator.run("rooms", door(which), rooms);
    }

    Door door(Contender which) {
        RunningServer server = contenders.get(which);
        if (server == null) {
            throw new IllegalArgumentException(which.title());
        }
        return Door.of(which.protocol(), server);
    }

    /** Options for a load at this server that all loads have. */
    Map<String, Object> options(Contender which) {
        Map<String, Object> options = new TreeMap<>();
        options.put("conc", concurrency(which));
        options.put("warm", plan.seconds() / 4);
        options.put("secs", plan.seconds());
        options.put("drain", 3.0);
        options.put("reg-timeout", 40.0);
        options.put("rehearse", Math.min(1, plan.seconds() / 2));
        if (Contender.OF_PLAIN.contains(which)) {
            options.put("plain-join", "/join r%d");
        }
        return options;
    }

    private static int concurrency(Contender which) {
        return switch (which) {
            case IRC, PLAIN -> SOME;
            case NGIRCD -> FEW;
            case INSPIRCD, ERGO, LIMIT -> MANY;
        };
    }

    /** Measures something at one server. */
    interface Measurement {
        void at(Contender which) throws IOException, InterruptedException;
    }

    /** Measures at each server in turn, as many rounds as the plan says. Leaves out those that have failed. */
    void inTurn(String what, Collection<Contender> servers, Measurement measurement) throws InterruptedException {
        Set<Contender> left = EnumSet.copyOf(servers);
        for (int round = 1; round <= plan.rounds(); round++) {
            if (!hasTimeFor(round)) {
                say(what + ": no time for further rounds");
                return;
            }
            say(what + ", round " + round);
            for (Contender each : List.copyOf(left)) {
                try {
                    measurement.at(each);
                } catch (IOException e) {
                    say(each.title() + " failed at " + what + ": " + e.getMessage());
                    left.remove(each);
                }
            }
        }
    }

    @Override
    public void close() {
        processes.close();
    }
}
