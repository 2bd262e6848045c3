package io.teahouse.store;

import io.teahouse.room.Anchor;
import io.teahouse.room.Archive;
import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.testkit.TestLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures a store without sockets and rooms: its write throughput, and the latency of reads from a large store.
 * {@code mvn -q test-compile exec:java -Dexec.classpathScope=test -Dmain.class=io.teahouse.store.StoreBenchmark
 * -Dexec.args="FILE|jdbc:postgresql:… MESSAGES"}. The store must not exist yet, and stays afterwards; with 0
 * messages, an existing one is read again.
 */
public final class StoreBenchmark {
    private static final int ROOMS = 100;
    private static final int BATCH = 500;
    private static final int SECONDS = 5;
    private static final String[] WORDS =
            "green tea water cup kettle leaf morning steam quiet garden window 茶 水 杯子 早上 letter train river stone cloud"
                    .split(" ");

    private final StoreSettings settings;
    private final Random random = new Random(1);
    private Store store;

    private StoreBenchmark(StoreSettings settings) throws StoreException {
        this.settings = settings;
        store = Stores.open(settings);
    }

    /** What one room needs to append its next event. */
    private static final class Room {
        final RoomName name;
        final TestLog log;
        final RoomLog.Opened opened;
        long seq;

        Room(RoomName name, RoomLogs logs) {
            this.name = name;
            log = new TestLog(logs.of(name));
            opened = log.open().toCompletableFuture().join();
            seq = opened.lastSeq();
        }
    }

    public static void main(String[] args) throws Exception {
        String where = args[0];
        boolean file = !where.startsWith("jdbc:");
        long messages = Long.parseLong(args[1]);
        if (messages > 0 && file && Files.exists(Path.of(where))) {
            throw new IllegalArgumentException(where + " exists");
        }
        StoreSettings settings = file ? StoreSettings.sqlite(Path.of(where)) : StoreSettings.postgresql(where);
        new StoreBenchmark(settings).run(messages, file ? "jdbc:sqlite:" + where : where);
        System.exit(0);
    }

    private void run(long messages, String url) throws Exception {
        if (messages > 0) {
            measureAppends(ROOMS, 10);
            measureAppends(1, 16);
            measureAppends(1, 1);
            fill(messages);
        }
        if (settings.backend().kind() == StoreSettings.Kind.SQLITE) {
            awaitIndex(url);
        }
        reopen();
        measureReads();
        store.close();
    }

    private List<Room> rooms(int count) {
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rooms.add(new Room(RoomName.of("room" + i), store.logs()));
        }
        return rooms;
    }

    private List<RoomEvent.Recorded> batch(Room room, int size) {
        List<RoomEvent.Recorded> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            room.seq++;
            batch.add(new RoomEvent.Said(
                    room.name,
                    room.seq,
                    room.opened.id(room.seq),
                    Instant.ofEpochMilli(1_700_000_000_000L + room.seq * 1000),
                    Nick.of("person" + random.nextInt(50)),
                    new Profile("user", "host.example", "Real Name", "", "", false),
                    RoomEvent.Kind.MESSAGE,
                    text(room.seq),
                    Attributes.NONE,
                    Audience.ALL,
                    "c" + room.seq));
        }
        return batch;
    }

    private String text(long seq) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        if (seq % 10_009 == 0) {
            text.append("的稀有之物");
        }
        return seq % 10_007 == 0 ? text + "rarity" : text.toString();
    }

    /** Each room has one append of {@code size} messages under way, and the next follows when it is done. */
    private void measureAppends(int count, int size) throws InterruptedException {
        List<Room> rooms = rooms(count);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        CountDownLatch done = new CountDownLatch(count);
        AtomicLong stored = new AtomicLong();
        List<Long> times = new ArrayList<>();
        rooms.forEach(room -> next(room, size, end, stored, times, done));
        done.await();
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%d rooms, %d messages an append: %,d messages/s; an append takes %s%n",
                count, size, stored.get() / SECONDS, quantiles(sorted));
    }

    private void next(Room room, int size, long end, AtomicLong stored, List<Long> times, CountDownLatch done) {
        long start = System.nanoTime();
        if (start > end) {
            done.countDown();
            return;
        }
        List<RoomEvent.Recorded> batch;
        synchronized (random) {
            batch = batch(room, size);
        }
        room.log.append(batch).whenComplete((outcome, failure) -> {
            if (outcome != Outcome.STORED) {
                throw new IllegalStateException("not stored: " + outcome, failure);
            }
            stored.addAndGet(size);
            synchronized (times) {
                times.add(System.nanoTime() - start);
            }
            next(room, size, end, stored, times, done);
        });
    }

    private void fill(long messages) {
        List<Room> rooms = rooms(ROOMS);
        long start = System.nanoTime();
        long written = 0;
        while (written < messages) {
            List<Room> turn = rooms.subList(0, (int) Math.min(ROOMS, Math.max(1, (messages - written) / BATCH)));
            turn.stream()
                    .map(room -> room.log.append(batch(room, BATCH)).toCompletableFuture())
                    .toList()
                    .forEach(append -> append.join());
            written += (long) turn.size() * BATCH;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("filled with %,d messages in %.0f s (%,.0f/s)%n", written, seconds, written / seconds);
    }

    /** Waits for the index: scanning unindexed messages would measure something else than a running server does. */
    private static void awaitIndex(String url) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement unfinished = connection.prepareStatement(
                        "select count(*) from rooms where indexed < (select coalesce(max(seq), 0) from messages"
                                + " where room = rooms.id)")) {
            while (rows(unfinished) > 0) {
                Thread.sleep(500);
            }
        }
        System.out.printf("indexed after %.0f s more%n", (System.nanoTime() - start) / 1e9);
    }

    private static long rows(PreparedStatement count) throws SQLException {
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void reopen() throws StoreException {
        store.close();
        long start = System.nanoTime();
        store = Stores.open(settings);
        System.out.printf("the store opens in %s%n", since(start));
        start = System.nanoTime();
        Room room = new Room(RoomName.of("room7"), store.logs());
        System.out.printf("its first room, of %,d messages, opens in %s%n", room.seq, since(start));
    }

    private void measureReads() {
        List<Room> rooms = rooms(ROOMS);
        List<RoomName> names = rooms.stream().map(room -> room.name).toList();
        System.out.println(
                "the newest 100 lines of a room: " + repeated(i -> read(rooms.get(i), HistoryRange.latest(100))));
        System.out.println("100 lines before a time: "
                + repeated(i -> {
                    Room room = rooms.get(i);
                    Instant time =
                            Instant.ofEpochMilli(1_700_000_000_000L + (102 + random.nextLong(room.seq - 102)) * 1000);
                    read(room, HistoryRange.before(new Anchor.AtTime(time), 100));
                }));
        System.out.println("100 lines after an id: "
                + repeated(i -> {
                    Room room = rooms.get(i);
                    String id = room.opened.id(1 + random.nextLong(room.seq - 200));
                    read(room, HistoryRange.after(new Anchor.AtId(id), 100));
                }));
        searches(names, 1);
        searches(names, ROOMS);
    }

    private void searches(List<RoomName> names, int rooms) {
        search("a common word", names, "kettle", rooms);
        search("three words in a row", names, "tea cup kettle", rooms);
        search("a rare word", names, "rarity", rooms);
        search("a word that is nowhere", names, "nowhere", rooms);
        search("a word of two characters", names, "杯子", rooms);
        search("two characters that are rare", names, "稀有", rooms);
        search("two characters that are nowhere", names, "無處", rooms);
        search("a Chinese word of four characters that is rare", names, "稀有之物", rooms);
    }

    private void search(String what, List<RoomName> names, String word, int count) {
        int[] found = new int[1];
        String times = repeated(i -> {
            List<RoomName> rooms = count == 1 ? List.of(names.get(i)) : names;
            Archive.Query query =
                    new Archive.Query(rooms, word, Optional.empty(), Optional.empty(), Optional.empty(), 50);
            found[0] = store.archive()
                    .search(query)
                    .toCompletableFuture()
                    .join()
                    .said()
                    .size();
        });
        System.out.println("search for " + what + " in " + count + " rooms: " + times + ", " + found[0] + " found");
    }

    private static void read(Room room, HistoryRange span) {
        int found = room.log
                .read(span, event -> true)
                .toCompletableFuture()
                .join()
                .events()
                .size();
        if (found != 100) {
            throw new IllegalStateException(found + " lines");
        }
    }

    private interface Step {
        void at(int room);
    }

    private String repeated(Step step) {
        long[] times = new long[40];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            step.at(random.nextInt(ROOMS));
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return quantiles(times);
    }

    private static String quantiles(long[] sorted) {
        return String.format(
                "p50 %.2f ms, p99 %.2f ms, at most %.1f ms",
                sorted[sorted.length / 2] / 1e6,
                sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    private static String since(long start) {
        return String.format("%.0f ms", (System.nanoTime() - start) / 1e6);
    }
}
