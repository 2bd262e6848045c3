package io.teahouse.server;

import io.teahouse.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What clients note about themselves stays in memory as long as they are here: it is in the budget of what they hold. */
class MetadataMemoryTest {
    private static Peer enter(TestServer server, String name) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("NICK " + name + "\r\nUSER u 0 * :u\r");
        peer.until(" 001 ");
        return peer;
    }

    private static void note(Peer peer, int count) {
        for (int i = 0; i < count; i++) {
            peer.say("METADATA * SET key" + i + " :" + "x".repeat(150) + "\r");
        }
    }

    @Test
    void whoHoldsMostIsCutOffAndNobodyElse() {
        try (TestServer server =
                        TestServer.start("teahouse.limits.input-bytes = 64 KiB", "teahouse.flood.enabled = off");
                Peer small = enter(server, "small");
                Peer large = enter(server, "large")) {
            note(large, 45);
            large.until(" key44 * :x");
            List<Peer> others = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Peer other = enter(server, "other" + i);
                note(other, 15);
                others.add(other);
                other.until(" key14 * :x");
            }
            large.until("ERROR");
            small.say("PING here\r");
            small.until("PONG");
            others.forEach(Peer::close);
        }
    }

    private static void watch(Peer peer, int count) {
        for (int i = 0; i < count; i += 10) {
            int first = i;
            peer.say("MONITOR + "
                    + IntStream.range(first, first + 10)
                            .mapToObj(n -> "name" + n)
                            .collect(Collectors.joining(","))
                    + "\r");
        }
    }

    @Test
    void whomAClientWatchesCountsAsWell() {
        try (TestServer server = TestServer.start(
                        "teahouse.limits.input-bytes = 64 KiB",
                        "teahouse.flood.enabled = off",
                        "teahouse.limits.monitor = 200");
                Peer large = enter(server, "large")) {
            watch(large, 200);
            large.until("name199");
            List<Peer> others = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Peer other = enter(server, "other" + i);
                watch(other, 100);
                other.until("name99");
                others.add(other);
            }
            large.until("ERROR");
            others.forEach(Peer::close);
        }
    }
}
