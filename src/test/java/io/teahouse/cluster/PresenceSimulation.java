package io.teahouse.cluster;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.Place;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserSnapshot;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What comings and goings cost a large cluster, for {@code doc/scaling.md}: users with sessions of random length, in rooms whose sizes
 * follow Zipf's law, on nodes chosen at random. Counts what the nodes tell each other and what clients are shown; bytes and CPU time of
 * the messages are measured with the real codec first.
 *
 * {@code mvn -q test-compile exec:java -Dexec.classpathScope=test -Dmain.class=io.teahouse.cluster.PresenceSimulation
 * -Dexec.args="USERS NODES HOURS"}.
 */
final class PresenceSimulation {
    private static final int ROOMS_PER_USER = 5;
    private static final int USERS_PER_ROOM = 20;

    /** Of Zipf's law: of 250,000 rooms, the largest has about 4 % of all users. */
    private static final double EXPONENT = 0.7;

    /** Nodes send each other what has changed so often. */
    private static final double TICKS_PER_SECOND = 10;

    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SAMPLE = 50_000;

    /** A user who comes is told of when they have registered and when they have joined, one who goes once. */
    private static final double TOLD = 1.5;

    /** Rooms of this size batch comings and goings: see decision 4. */
    private static final int CROWD = 256;

    private static final double CROWD_SECONDS_PER_MEMBER = 10e-6;

    /** What one user costs in a message between nodes. */
    record Cost(double bytes, double written, double read) {}

    /**
     * What happens in one second.
     *
     * @param changes comings and goings of users
     * @param messages between two nodes, in one direction, with what has changed, for each node
     * @param nodeBytes sent by each node for these
     * @param nodeMicros of CPU time for writing and reading these, on each node
     * @param publications joins and parts that rooms send to other nodes, all together
     * @param shown lines to clients, before those of crowds are batched
     * @param writes the same, batched
     * @param largest members of the largest room
     * @param largestShown lines to clients of the largest room alone
     */
    record Second(
            double changes,
            double messages,
            double nodeBytes,
            double nodeMicros,
            double publications,
            double shown,
            double writes,
            int largest,
            double largestShown) {}

    private final int users;
    private final int nodes;
    private final Random random;

    PresenceSimulation(int users, int nodes, long seed) {
        this.users = users;
        this.nodes = nodes;
        this.random = new Random(seed);
    }

    /** Puts everybody into rooms, and counts. */
    Second run(double sessionSeconds, Cost cost) {
        int rooms = Math.max(1, users * ROOMS_PER_USER / USERS_PER_ROOM);
        double[] below = new double[rooms];
        double sum = 0;
        for (int i = 0; i < rooms; i++) {
            sum += Math.pow(i + 1, -EXPONENT);
            below[i] = sum;
        }
        int[] sizes = new int[rooms];
        BitSet[] spread = new BitSet[rooms];
        for (int user = 0; user < users; user++) {
            int node = random.nextInt(nodes);
            for (int i = 0; i < ROOMS_PER_USER; i++) {
                int room = find(below, random.nextDouble() * sum);
                sizes[room]++;
                if (spread[room] == null) {
                    spread[room] = new BitSet(nodes);
                }
                spread[room].set(node);
            }
        }
        double changes = 2.0 * users / sessionSeconds; // everybody comes and goes once in a session
        double each = changes / users;
        double publications = 0;
        double shown = 0;
        double writes = 0;
        int largest = 0;
        double largestShown = 0;
        for (int room = 0; room < rooms; room++) {
            int size = sizes[room];
            if (size == 0) {
                continue;
            }
            double events = size * each;
            double lines = events * size;
            double batches = size < CROWD ? events : Math.min(events, 1 / (CROWD_SECONDS_PER_MEMBER * size));
            publications += batches * Math.max(0, spread[room].cardinality() - 1);
            shown += lines;
            writes += batches * size;
            if (size > largest) {
                largest = size;
                largestShown = lines;
            }
        }
        double told = changes * TOLD;
        double own = told / nodes;
        double messages = Math.min(own, TICKS_PER_SECOND) * (nodes - 1);
        return new Second(
                changes,
                messages,
                own * cost.bytes * (nodes - 1),
                own * cost.written + (told - own) * cost.read,
                publications,
                shown,
                writes,
                largest,
                largestShown);
    }

    private static int find(double[] below, double value) {
        int low = 0;
        int high = below.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (below[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static ClusterUsers.RemoteUser user(ActorTestKit akka, int number) {
        Nick nick = Nick.of("Member" + number);
        Profile profile =
                new Profile("web", "f00d" + number + ".cloak", "Somebody " + number, "member" + number, "", false);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < ROOMS_PER_USER; i++) {
            places.add(new Place(RoomName.of("Room" + (number * 7 + i) % 250_000), Ranks.NONE, false));
        }
        Instant now = Instant.ofEpochMilli(1_790_000_000_000L + number);
        ConnectionInfo connection =
                new ConnectionInfo(number, 1, "irc", "192.0.2." + number % 256, true, now, now.toEpochMilli());
        UserSnapshot snapshot = new UserSnapshot(
                nick,
                profile,
                connection.address(),
                List.of(connection),
                now,
                now.toEpochMilli(),
                Set.of(),
                places,
                Map.of());
        return new ClusterUsers.RemoteUser(
                snapshot,
                akka.spawn(Behaviors.<UserActor.Command>ignore()),
                List.of(akka.spawn(Behaviors.<RoomEvent>ignore())));
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Measures what a change of a user costs with the codec, and the memory of a user of another node. */
    private static Cost measure() {
        ActorTestKit akka = ActorTestKit.create(
                "teahouse",
                ConfigFactory.parseString(
                                "akka.actor.provider = remote, akka.remote.artery.canonical { hostname = \"127.0.0.1\", port = 0 }")
                        .withFallback(ConfigFactory.load()));
        try {
            RecordCodec codec = new RecordCodec(ActorRefResolver.get(akka.system()));
            int count = 10;
            List<ClusterUsers.RemoteUser> some = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                some.add(user(akka, i));
            }
            ClusterUsers.Changes changes = new ClusterUsers.Changes(some, List.of(), 0, 0);
            byte[] bytes = codec.toBytes(changes);
            double written = CodecBenchmark.micros(() -> codec.toBytes(changes)) / count;
            double read = CodecBenchmark.micros(() -> codec.fromBytes(bytes)) / count;
            print(
                    "a user of another node: %d bytes, %.1f µs to write, %.1f µs to read",
                    bytes.length / count, written, read);
            OnlineUsers directory = new LocalUserDirectory(new NickRules(32, CaseMapping.ASCII));
            ClusterUsers.RemoteUser pattern = some.get(0);
            long before = usedHeap();
            for (int i = 0; i < SAMPLE; i++) {
                byte[] one = codec.toBytes(new ClusterUsers.Changes(List.of(renamed(pattern, i)), List.of(), 0, 0));
                ClusterUsers.RemoteUser there =
                        ((ClusterUsers.Changes) codec.fromBytes(one)).changed().get(0);
                directory.enter(there.snapshot(), there.actor()).subscribers(there.subscribers());
            }
            print("each in the directory: %d bytes of heap", (usedHeap() - before) / SAMPLE);
            return new Cost((double) bytes.length / count, written, read);
        } finally {
            akka.shutdownTestKit();
        }
    }

    private static ClusterUsers.RemoteUser renamed(ClusterUsers.RemoteUser user, int number) {
        UserSnapshot old = user.snapshot();
        Profile profile =
                new Profile("web", "f00d" + number + ".cloak", "Somebody " + number, "member" + number, "", false);
        UserSnapshot next = new UserSnapshot(
                Nick.of("Member" + number),
                profile,
                old.address(),
                old.connections(),
                old.since(),
                old.activeAt(),
                old.modes(),
                old.places(),
                old.metadata());
        return new ClusterUsers.RemoteUser(next, user.actor(), user.subscribers());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    public static void main(String[] args) {
        int users = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int nodes = args.length > 1 ? Integer.parseInt(args[1]) : 25;
        double hours = args.length > 2 ? Double.parseDouble(args[2]) : 2;
        Cost cost = measure();
        Second second = new PresenceSimulation(users, nodes, 1).run(hours * SECONDS_PER_HOUR, cost);
        print("%d users on %d nodes, %.1f h each, in %d rooms each, per second:", users, nodes, hours, ROOMS_PER_USER);
        print("  users who come or go            %.0f", second.changes);
        print("  each node sends                 %.0f messages, %.2f MB", second.messages, second.nodeBytes / 1e6);
        print("  each node's CPU for these       %.1f ms", second.nodeMicros / 1e3);
        print("  joins and parts between nodes   %.0f publications", second.publications);
        print(
                "  lines to clients                %.0f, in %.0f writes (%.0f and %.0f for each node)",
                second.shown, second.writes, second.shown / nodes, second.writes / nodes);
        print("  the largest room                %d members, %.0f lines", second.largest, second.largestShown);
    }
}
