package io.teahouse.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One user who talks in several rooms, and others who listen, each on a node of their own. Records what everybody sees and
 * when the speaker gets their receipts.
 */
final class ClusterLoad implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    /** What one user has seen: the texts of each room, in order, and everything else that happened there. */
    static final class Seen {
        private final Map<String, List<String>> texts = new HashMap<>();
        private final Map<String, List<Long>> times = new HashMap<>();
        private final List<String> others = new ArrayList<>();

        synchronized void add(String line) {
            String[] words = line.strip().split(" ", 4);
            if (words.length == 4 && words[1].equals("PRIVMSG")) {
                texts.computeIfAbsent(words[2], room -> new ArrayList<>()).add(words[3].substring(1));
                times.computeIfAbsent(words[2], room -> new ArrayList<>()).add(System.nanoTime());
                notifyAll();
            } else if (words.length > 1 && !words[1].matches("PONG|JOIN") && !words[0].equals("PING")) {
                others.add(line.strip());
            }
        }

        synchronized List<String> texts(String room) {
            return List.copyOf(texts.getOrDefault(room, List.of()));
        }

        /** Waits until that many messages have been seen in that room. */
        synchronized void await(String room, int count, Duration patience) throws InterruptedException {
            long end = System.nanoTime() + patience.toNanos();
            while (texts(room).size() < count) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new AssertionError(
                            texts(room).size() + " of " + count + " messages in " + room + "; also seen: " + others);
                }
                wait(millis);
            }
        }

        /** What was no message, nor one of the joins before it began: parts, quits, modes, refusals. */
        synchronized List<String> others() {
            return List.copyOf(others);
        }

        /** The longest time without a message in that room. */
        synchronized Duration longestSilence(String room) {
            long longest = 0;
            List<Long> all = times.getOrDefault(room, List.of());
            for (int i = 1; i < all.size(); i++) {
                longest = Math.max(longest, all.get(i) - all.get(i - 1));
            }
            return Duration.ofNanos(longest);
        }
    }

    private final List<String> rooms;
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger said = new AtomicInteger();

    /** @param ports the IRC doors of the speaker's node, then of the listeners' */
    ClusterLoad(List<String> rooms, List<Integer> ports) {
        this.rooms = rooms;
        for (int i = 0; i < ports.size(); i++) {
            String name = "user" + i;
            Peer peer = Peer.irc(name, ports.get(i));
            peer.patience(PATIENCE_MILLIS);
            peer.say("CAP REQ :echo-message");
            peer.until(" ACK ");
            for (String room : rooms) {
                peer.say("JOIN " + room);
                peer.until(" 366 ");
            }
            peers.put(name, peer);
        }
        for (Map.Entry<String, Peer> each : peers.entrySet()) { // all know all before it begins
            each.getValue().say("NAMES " + rooms.get(rooms.size() - 1));
            each.getValue().until(" 366 ");
            Seen theirs = new Seen();
            seen.put(each.getKey(), theirs);
            start(() -> read(each.getValue(), theirs));
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "cluster-load");
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void read(Peer peer, Seen theirs) {
        try {
            while (true) {
                String line = peer.line();
                if (line.startsWith("PING ")) {
                    peer.say("PONG " + line.substring("PING ".length()));
                } else {
                    theirs.add(line);
                }
            }
        } catch (AssertionError | RuntimeException e) {
            theirs.add("- ENDED " + e.getMessage());
        }
    }

    /** Says something in each room, over and over, until {@link #stop}. */
    void talk(Duration pause) {
        start(() -> {
            try {
                Peer speaker = peers.get("user0");
                do {
                    int number = said.get();
                    rooms.forEach(room -> speaker.say("PRIVMSG " + room + " :" + number));
                    said.incrementAndGet();
                } while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void stop() {
        stop.countDown();
    }

    int said() {
        return said.get();
    }

    Seen seen(int user) {
        return Collections.unmodifiableMap(seen).get("user" + user);
    }

    @Override
    public void close() {
        stop();
        peers.values().forEach(Peer::close);
    }
}
