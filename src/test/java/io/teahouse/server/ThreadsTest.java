package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Several threads do the work: clients and rooms are spread over three, everybody talks at once, as fast as he can, in
 * two rooms, while others come and go. What is promised with one thread holds.
 */
class ThreadsTest {
    private static final int THREADS = 3;
    private static final int MEMBERS = 8;
    private static final int LINES = 400;
    private static final int VISITS = 40;
    private static final long PATIENCE_SECONDS = 120;
    private static final List<String> ROOMS = List.of("tea", "garden");

    private final ExecutorService typists = Executors.newCachedThreadPool();
    private final List<Peer> open = new ArrayList<>();
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(
                "teahouse.threads = " + THREADS,
                "teahouse.plain.room = \"\"",
                "teahouse.flood.enabled = off",
                "teahouse.limits.send-queue-bytes = 64 MiB");
    }

    @AfterEach
    void close() {
        open.forEach(Peer::close);
        typists.shutdownNow();
        server.close();
    }

    private Peer enter(String name, String room) {
        Peer peer = Peer.connect(name, server.port());
        peer.line(); // the greeting
        peer.say(name + "\n/join " + room);
        peer.until(name + " has joined the chat");
        return peer;
    }

    private <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, typists);
    }

    private static <T> T await(CompletableFuture<T> work)
            throws InterruptedException, ExecutionException, TimeoutException {
        return work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends all lines with no waiting, then asks something: the answer must come behind all of them. */
    private static void talk(Peer peer, String name) {
        peer.say(IntStream.range(0, LINES).mapToObj(i -> name + " " + i).collect(Collectors.joining("\n")) + "\n/me");
    }

    /** What the members say, without what becomes of guests. */
    private static List<String> hear(Peer peer, int messages) {
        List<String> heard = new ArrayList<>();
        while (heard.size() < messages) {
            String line = peer.line();
            if (line.startsWith("m") && line.contains(": ")) {
                heard.add(line);
            }
        }
        return heard;
    }

    /** Comes, says something, and goes, or is cut. */
    private int visit(String room) {
        for (int i = 0; i < VISITS; i++) {
            Peer guest = enter("guest-" + room + i, room);
            guest.say("hi");
            guest.until("guest-" + room + i + ": hi");
            if (i % 2 == 0) {
                guest.cut();
            } else {
                guest.close();
            }
        }
        return VISITS;
    }

    @Test
    void allMembersSeeTheSameInOneOrderExactlyOnce() throws InterruptedException, ExecutionException, TimeoutException {
        List<CompletableFuture<List<String>>> hearing = new ArrayList<>();
        List<CompletableFuture<?>> others = new ArrayList<>();
        List<Peer> talkers = new ArrayList<>();
        for (String room : ROOMS) {
            for (int i = 0; i < MEMBERS; i++) {
                talkers.add(enter("m" + i + room, room));
            }
        }
        open.addAll(talkers);
        for (int i = 0; i < talkers.size(); i++) {
            Peer peer = talkers.get(i);
            String name = "m" + i % MEMBERS + ROOMS.get(i / MEMBERS);
            hearing.add(beside(() -> hear(peer, MEMBERS * LINES)));
            others.add(beside(() -> {
                talk(peer, name);
                return name;
            }));
        }
        for (String room : ROOMS) {
            others.add(beside(() -> visit(room)));
        }
        for (int r = 0; r < ROOMS.size(); r++) {
            List<String> first = await(hearing.get(r * MEMBERS));
            assertThat(first)
                    .as("what is said in %s", ROOMS.get(r))
                    .hasSize(MEMBERS * LINES)
                    .doesNotHaveDuplicates();
            for (int i = 0; i < MEMBERS; i++) {
                String name = "m" + i + ROOMS.get(r);
                assertThat(await(hearing.get(r * MEMBERS + i)))
                        .as("what %s sees", name)
                        .isEqualTo(first);
                assertThat(first.stream().filter(line -> line.startsWith(name + ": ")))
                        .as("in the order in which %s said it", name)
                        .isEqualTo(IntStream.range(0, LINES)
                                .mapToObj(n -> name + ": " + name + " " + n)
                                .toList());
            }
        }
        for (CompletableFuture<?> other : others) {
            await(other);
        }
    }

    @Test
    void anAnswerComesBehindAllThatWasSaidBefore() {
        List<Peer> talkers = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            talkers.add(enter("m" + i, "tea"));
        }
        open.addAll(talkers);
        for (int i = 0; i < MEMBERS; i++) {
            talk(talkers.get(i), "m" + i);
        }
        for (int i = 0; i < MEMBERS; i++) {
            String name = "m" + i;
            List<String> seen = new ArrayList<>();
            for (String line = talkers.get(i).line();
                    !line.startsWith("! type /me");
                    line = talkers.get(i).line()) {
                seen.add(line);
            }
            assertThat(seen.stream()
                            .filter(line -> line.startsWith(name + ": "))
                            .count())
                    .as("what %s sees of its own before the answer", name)
                    .isEqualTo(LINES);
        }
    }
}
