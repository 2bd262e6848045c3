package io.teahouse.cluster;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Publication;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures the messages between nodes: their bytes, and how long it takes to write and to read one.
 * {@code mvn -q test-compile exec:java -Dexec.classpathScope=test -Dmain.class=io.teahouse.cluster.CodecBenchmark}.
 */
public final class CodecBenchmark {
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int BATCH = 500;
    private static final int MEMBERS = 40;
    private static final long NANOS_PER_MICRO = 1000;

    private final ActorTestKit akka = ActorTestKit.create(
            "teahouse",
            ConfigFactory.parseString(
                            "akka.actor.provider = remote, akka.remote.artery.canonical { hostname = \"127.0.0.1\", port = 0 }")
                    .withFallback(ConfigFactory.load()));
    private final RecordCodec codec = new RecordCodec(ActorRefResolver.get(akka.system()));
    private final RoomName room = RoomName.of("Tea");
    private final List<Member> members = new ArrayList<>();

    private record Member(Nick nick, Profile profile, ActorRef<RoomEvent> subscriber) {}

    private CodecBenchmark() {
        Behavior<RoomEvent> ignore = Behaviors.ignore();
        for (int i = 0; i < MEMBERS; i++) {
            Nick nick = Nick.of("Member" + i);
            Profile profile = new Profile(
                    "web", "f00d" + i + ".cloak", "Somebody " + i, i % 2 == 0 ? "member" + i : "", "", false);
            boolean guest = i % 2 != 0;
            members.add(new Member(
                    nick,
                    guest ? profile.withGuest(UserId.ofGuest(nick, "0b8f3k2v" + i)) : profile,
                    akka.spawn(ignore)));
        }
    }

    private Publication publication(int count) {
        List<RoomEvent> events = new ArrayList<>();
        List<ActorRef<RoomEvent>> causes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Member by = members.get(i % MEMBERS);
            events.add(new RoomEvent.Said(
                    room,
                    123_456 + i,
                    "0b8f3k2v-" + Long.toString(123_456 + i, Character.MAX_RADIX),
                    Instant.ofEpochMilli(1_790_000_000_000L + 3L * i),
                    by.nick,
                    by.profile,
                    RoomEvent.Kind.MESSAGE,
                    "The water has to be hot, but not boiling " + i,
                    Attributes.NONE,
                    Audience.ALL,
                    "c-" + (77_000 + i)));
            causes.add(by.subscriber);
        }
        return new Publication(3, 4711, EventBatch.of(room, events, 0, causes), List.of(), List.of(), Map.of());
    }

    private void run() {
        System.out.println("message                   bytes     written      read");
        measure("publication of 1", publication(1));
        measure("publication of 100", publication(100));
        ActorRef<RoomReply> relay = akka.spawn(Behaviors.<RoomReply>ignore());
        measure("say", new RoomActor.Say(members.get(0).subscriber, "The water has to be hot, but not boiling", relay));
        Encoded<Publication> encoded = new Encoded<>(publication(100));
        measure("the same for one node more", encoded);
        RoomActor.Asking say = new RoomActor.Say(members.get(0).subscriber, "hot", relay);
        print("copy of a say", 0, micros(() -> RecordCodec.copy(say, "number", 8L, "replyTo", relay)), 0);
        akka.shutdownTestKit();
    }

    private void measure(String name, Object message) {
        byte[] bytes = codec.toBytes(message);
        print(name, bytes.length, micros(() -> codec.toBytes(message)), micros(() -> codec.fromBytes(bytes)));
    }

    private static void print(String name, int bytes, double written, double read) {
        System.out.println(String.format(Locale.ROOT, "%-27s %6d %8.2f us %8.2f us", name, bytes, written, read));
    }

    /** CPU time of the thread, the best of some rounds; the first ones warm up. */
    static double micros(Supplier<Object> work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            long end = start;
            int count = 0;
            while (end - start < ROUND_NANOS) {
                for (int i = 0; i < BATCH; i++) {
                    Objects.requireNonNull(work.get());
                }
                count += BATCH;
                end = threads.getCurrentThreadCpuTime();
            }
            best = Math.min(best, (double) (end - start) / count / NANOS_PER_MICRO);
        }
        return best;
    }

    public static void main(String[] args) {
        new CodecBenchmark().run();
    }
}
