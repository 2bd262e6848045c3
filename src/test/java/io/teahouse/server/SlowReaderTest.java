package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One of ten stops reading. */
class SlowReaderTest {
    private static final int QUEUE = 64 * 1024;
    private static final int KERNEL = 4096;
    private static final int MESSAGE = 1000;
    private static final int WINDOW = 16;

    /** The queue, one write that was taken from it, and what the kernel keeps at both ends for its own reasons. */
    private static final int MOST = 2 * QUEUE + 128 * 1024;

    private static final String LEFT = "slow has left the chat...";

    @Test
    void whoStopsReadingIsCutOffAndTheOthersMissNothing() {
        try (LogLines log = new LogLines();
                TestServer server = TestServer.start(
                        "teahouse.flood.enabled = off",
                        "teahouse.limits.send-queue-bytes = " + QUEUE,
                        "teahouse.limits.socket-send-buffer-bytes = " + KERNEL)) {
            Peer slow = Peer.connect("slow", Peer.HOST, server.port(), KERNEL);
            slow.enter();
            List<Peer> others = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                Peer peer = Peer.enter("member" + i, server.port());
                others.forEach(other -> other.line());
                others.add(peer);
            }
            List<String> said = new ArrayList<>();
            long before = 0;
            while (said.size() * MESSAGE < 2 * MOST && !said.contains(LEFT)) {
                before = said.size() * (long) MESSAGE;
                talk(others, said);
            }
            assertThat(said).as("what the others saw").contains(LEFT);
            assertThat(before).as("bytes that slow could be behind").isBetween((long) QUEUE - WINDOW * MESSAGE, (long)
                    MOST);
            assertThat(log.about("cut off: slow")).singleElement().asString().contains("127.0.0.1:" + slow.localPort());
            said.clear();
            talk(others, said);
            assertThat(said).as("after that").hasSize(WINDOW).doesNotContain(LEFT);
            slow.drain();
            slow.close();
            others.forEach(Peer::close);
        }
    }

    @Test
    void whoIsExpectedBackIsToldOfWhatWasThrownAwayToo() {
        try (TestServer server = TestServer.start(
                        "teahouse.flood.enabled = off",
                        "teahouse.accounts.scram-iterations = 4096",
                        "teahouse.accounts.absence = 1 hour",
                        "teahouse.limits.send-queue-bytes = " + QUEUE,
                        "teahouse.limits.socket-send-buffer-bytes = " + KERNEL);
                Peer bob = Peer.connect("bob", server.port("irc"))) {
            Peer slow = Peer.connect("slow", Peer.HOST, server.port("irc"), KERNEL);
            slow.say("CAP REQ :sasl draft/account-registration\r\nNICK ann\r\nREGISTER * * sesame\r");
            slow.until(" 900 ");
            slow.say("USER ann 0 * :x\r\nCAP END\r\nJOIN #tea\r");
            slow.until(" 366 ");
            bob.say("CAP REQ :away-notify\r\nNICK bob\r\nUSER bob 0 * :x\r\nCAP END\r\nJOIN #tea\r");
            bob.until(" 366 ");
            int said = 0;
            boolean gone = false;
            while (!gone && said * MESSAGE < 2 * MOST) {
                bob.say("PRIVMSG #tea :" + said++ + " " + "x".repeat(400) + "\r\nPING next\r");
                String line = bob.line();
                gone = line.contains(" AWAY ");
                assertThat(gone ? bob.line() : line).contains(" PONG ");
            }
            assertThat(gone).isTrue();
            try (Peer again = Peer.connect("again", server.port("irc"))) {
                again.say("CAP REQ :sasl\r\nNICK ann\r\nUSER ann 0 * :x\r\nAUTHENTICATE PLAIN\r");
                again.until("AUTHENTICATE +");
                again.say("AUTHENTICATE AGFubgBzZXNhbWU=\r\nCAP END\r");
                String gap = again.until(" messages are missing here");
                int missing = Integer.parseInt(
                        gap.replaceAll(".* :(\\d+) messages .*\r?", "$1").strip());
                int first = number(again.line());
                for (int next = first + 1; next < said; next++) {
                    assertThat(number(again.line())).isEqualTo(next);
                }
                assertThat(said - first + missing)
                        .as("messages that fill the queue")
                        .isGreaterThan(QUEUE / 500);
            }
            slow.close();
        }
    }

    private static int number(String line) {
        return Integer.parseInt(
                line.replaceAll(".* PRIVMSG #tea :(\\d+) .*\r?", "$1").strip());
    }

    @Test
    void whoAsksForMoreOfThePastThanMayWaitIsNotTakenForOne() {
        int lines = 2 * QUEUE / MESSAGE;
        try (TestServer server = TestServer.start(
                        "teahouse.flood.enabled = off", "teahouse.limits.send-queue-bytes = " + QUEUE);
                Peer ann = Peer.enter("ann", server.port())) {
            for (int i = 0; i < lines; i++) {
                ann.say(i + "x".repeat(MESSAGE));
                ann.until("ann: " + i + "x");
            }
            ann.say("/history " + lines);
            assertThat(ann.line()).matches("-- so much was said that \\d+ older lines are left out");
            ann.until("ann: " + (lines - 1) + "x");
            ann.say("thanks");
            ann.expect("ann: thanks");
        }
    }

    @Test
    void whoAsksForMorePeopleThanMayWaitIsNotTakenForOne() {
        int members = 250;
        String channel = "#" + "x".repeat(50);
        List<Peer> peers = new ArrayList<>();
        try (TestServer server =
                TestServer.start("teahouse.flood.enabled = off", "teahouse.limits.send-queue-bytes = " + QUEUE)) {
            for (int i = 0; i < members; i++) {
                Peer peer = Peer.connect("member" + i, server.port("irc"));
                peer.say("NICK member" + i + "\r\nUSER " + "u".repeat(20) + " 0 * :" + "r".repeat(150) + "\r\nJOIN "
                        + channel + "\r");
                peer.until(" 366 ");
                peers.add(peer);
            }
            Peer asking = peers.get(members - 1);
            asking.say("CAP REQ :labeled-response batch\r\nWHO " + channel + "\r");
            asking.until(" ACK ");
            asking.until(" 352 "); // the first
            assertThat(countedUntil(asking, " 315 ")).isEqualTo(members - 1);
            asking.say("@label=all WHO " + channel + "\r\nWHO *\r");
            assertThat(asking.line()).matches("@label=all :teahouse.local BATCH \\+\\w+ labeled-response\r");
            assertThat(countedUntil(asking, " 315 ")).isEqualTo(members);
            asking.until(" BATCH -");
            assertThat(countedUntil(asking, " 315 ")).isEqualTo(members);
        } finally {
            peers.forEach(Peer::close);
        }
    }

    /** How many lines come before that one. */
    private static int countedUntil(Peer peer, String last) {
        int lines = 0;
        for (String line = peer.line(); !line.contains(last); line = peer.line()) {
            assertThat(line).contains(" 352 ");
            lines++;
        }
        return lines;
    }

    /** One talks; all are to see the same, in the order in which it was said. */
    private static void talk(List<Peer> others, List<String> said) {
        List<String> window = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            window.add((said.size() + i) + "x".repeat(MESSAGE));
        }
        Peer speaker = others.get(0);
        window.forEach(speaker::say);
        List<String> seen = see(speaker);
        others.subList(1, others.size())
                .forEach(other -> assertThat(see(other)).as("like the speaker").isEqualTo(seen));
        List<String> messages = new ArrayList<>(seen);
        messages.remove(LEFT);
        assertThat(messages)
                .isEqualTo(window.stream().map(text -> "member0: " + text).toList());
        said.addAll(seen);
    }

    private static List<String> see(Peer peer) {
        List<String> seen = new ArrayList<>();
        int messages = 0;
        while (messages < WINDOW) {
            String line = peer.line();
            messages += line.equals(LEFT) ? 0 : 1;
            seen.add(line);
        }
        return seen;
    }
}
