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
