package io.teahouse.server;

import io.teahouse.TestServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise at the port. */
class RandomBytesTest {
    private static final int STRINGS = 10_000;
    private static final int CONNECTIONS = 20;
    private static final int ROUNDS = 4;
    private static final int LONGEST = 200;

    @ParameterizedTest
    @ValueSource(strings = {"lines", "chunks"})
    void noiseHarmsNobodyAndLeavesNothingBehind(String framing) {
        long seed = Long.getLong("teahouse.test.seed", System.nanoTime());
        System.out.println("RandomBytesTest: -Dteahouse.test.seed=" + seed);
        Random random = new Random(seed);
        try (FailedClients failed = new FailedClients();
                TestServer server = TestServer.start(
                        "teahouse.plain.framing = " + framing,
                        "teahouse.flood.enabled = off",
                        "teahouse.limits.max-connections = " + (ROUNDS * CONNECTIONS + 1),
                        "teahouse.limits.max-line-bytes = 128")) {
            Peer ann = enter("ann", server.port());
            ann.say("/join quiet");
            ann.expect("ann has joined the chat");
            for (int i = 0; i < ROUNDS; i++) {
                makeNoise(random, server.port());
            }
            ann.say("still here");
            ann.expect("ann: still here");
            try (Peer bob = enterSoon("bob", server.port())) {
                bob.say("/join quiet");
                ann.expect("bob has joined the chat");
            }
            ann.expect("bob has left the chat...");
            everyPlaceIsFree(server.port());
            ann.close();
            failed.expectNone();
        }
    }

    /** Many strings, in turn over many connections. */
    private static void makeNoise(Random random, int port) {
        List<Peer> noisy = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            noisy.add(Peer.connect("noise", port));
        }
        for (int round = 0; round < STRINGS / ROUNDS / CONNECTIONS; round++) {
            noisy.forEach(peer -> sendSome(random, peer));
        }
        noisy.forEach(random.nextBoolean() ? Peer::cut : Peer::close);
    }

    private static void sendSome(Random random, Peer peer) {
        byte[] bytes = new byte[random.nextInt(1, LONGEST)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextInt(16) == 0) {
                bytes[i] = (byte) "\n\r/ ".charAt(random.nextInt(4));
            }
        }
        try {
            peer.send(bytes);
        } catch (UncheckedIOException e) {
            return; // it does not read, so it may have been cut off
        }
    }

    private static Peer enter(String name, int port) {
        Peer peer = Peer.connect(name, port);
        peer.say(name);
        peer.expect(Peer.GREETING).expect(name + " has joined the chat");
        return peer;
    }

    /** The noise may take a moment to die down. */
    private static Peer enterSoon(String name, int port) {
        Peer peer = connectSoon(name, port);
        String line = peer.line();
        while (!line.equals(name + " has joined the chat")) {
            line = peer.line();
        }
        return peer;
    }

    private static Peer connectSoon(String name, int port) {
        long end = System.nanoTime() + Peer.PATIENCE_MILLIS * 1_000_000L;
        while (System.nanoTime() < end) {
            Peer peer = Peer.connect(name, port);
            peer.say(name);
            if (peer.line().equals(Peer.GREETING)) {
                return peer;
            }
            peer.close();
        }
        throw new AssertionError("no place is free for " + name);
    }

    private static void everyPlaceIsFree(int port) {
        List<Peer> all = new ArrayList<>();
        for (int i = 0; i < ROUNDS * CONNECTIONS; i++) {
            all.add(connectSoon("member" + i, port));
        }
        all.forEach(Peer::close);
    }
}
