package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Bans made to take long, in a guest's own room, cost nobody else anything. */
class MaskAttackTest {
    private static final int PINGS = 300;

    private static long p99(Peer peer, Runnable each) {
        long[] nanos = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            each.run();
            long start = System.nanoTime();
            peer.say("PING " + i);
            peer.until("PONG");
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[PINGS * 99 / 100];
    }

    /** Each of these took a regular expression some n⁴ steps, twice a message: seconds for 250 characters. */
    @Test
    void bansThatTookLongDelayNobody() {
        try (TestServer server = TestServer.start("teahouse.flood.enabled = off");
                Peer guest = NameOwnershipTest.irc(server, "guest");
                Peer friend = NameOwnershipTest.irc(server, "friend");
                Peer ann = NameOwnershipTest.irc(server, "ann")) {
            guest.say("JOIN #own");
            guest.until(" 366 ");
            friend.say("JOIN #own");
            friend.until(" 366 ");
            Runnable talk = () -> {
                for (int i = 0; i < 5; i++) {
                    guest.say("PRIVMSG #own :" + i);
                    friend.say("PRIVMSG #own :" + i);
                }
            };
            p99(ann, talk);
            long talking = p99(ann, talk);
            for (int i = 0; i < 8; i++) {
                guest.say("MODE #own +b " + "*".repeat(40) + "!" + "*".repeat(40) + "@" + "*".repeat(40) + "x" + i);
                guest.until("MODE #own +b");
                guest.say("MODE #own +b " + "*a".repeat(25) + i + "!" + "*?".repeat(20) + "@" + "*1".repeat(15) + "x");
                guest.until("MODE #own +b");
            }
            long attacked = p99(ann, talk);
            System.out.printf(
                    Locale.ROOT, "PING p99: without bans %d us, with bans %d us%n", talking / 1000, attacked / 1000);
            assertThat(Duration.ofNanos(attacked)).isLessThan(Duration.ofSeconds(1)); // one such message took 2 s
        }
    }
}
