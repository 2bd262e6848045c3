package io.teahouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Clients that take what they can get: each is told why it gets no more, others talk on, and the memory comes back. */
class BadNeighboursTest {
    private static final int TEN_MEGABYTES = 10 << 20;
    private static final long ALLOWED = 3 << 20;
    private static final int TOO_BIG = 1009;
    private static final int KERNEL = 4096;

    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private static long heap() {
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }

    /** The first time is for classes and caches; what the second time takes has to come back. */
    private static void twice(Consumer<TestServer> neighbours) {
        try (TestServer server = TestServer.start(
                        "teahouse.flood.enabled = off",
                        "teahouse.web.request-timeout = 3 s",
                        "teahouse.limits.send-queue-bytes = 64 KiB",
                        "teahouse.limits.socket-send-buffer-bytes = " + KERNEL);
                Peer ann = Peer.enter("ann", server.port())) {
            ann.say("/join quiet");
            ann.until("ann has joined the chat");
            neighbours.accept(server);
            ann.say("here");
            ann.until("ann: here");
            long before = heap();
            neighbours.accept(server);
            ann.say("still here");
            ann.until("ann: still here");
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            long after = heap();
            while (after > before + ALLOWED && System.nanoTime() < end) {
                after = heap();
            }
            assertThat(after).isLessThanOrEqualTo(before + ALLOWED);
        }
    }

    @Test
    void aLineOfTenMegabytesIsNotKept() {
        byte[] line = new byte[TEN_MEGABYTES];
        Arrays.fill(line, (byte) 'x');
        twice(server -> {
            try (LogLines log = new LogLines();
                    Peer bob = Peer.enter("bob", server.port());
                    Peer cyd = Peer.irc("cyd", server.port("irc"));
                    WebPeer dan = WebPeer.register("dan", server.port("web"), "text.ircv3.net")) {
                bob.send(line);
                bob.say("");
                bob.until(" and was dropped");
                sendSome(() -> cyd.send(line));
                cyd.drain();
                assertThat(log.about("Request too long")).isNotEmpty();
                sendSome(() -> dan.send(WebPeer.frame(WebPeer.FIN | WebPeer.TEXT, Arrays.copyOf(line, 70_000))));
                assertThat(dan.untilFrame(WebPeer.CLOSE))
                        .last()
                        .extracting(WebPeer.Frame::code)
                        .isEqualTo(TOO_BIG);
            }
        });
    }

    @Test
    void connectionsThatComeInAStormLeaveNothing() {
        twice(server -> {
            for (String door : List.of("plain", "irc", "web")) {
                for (int i = 0; i < 300; i++) {
                    Peer peer = Peer.connect("storm", server.port(door));
                    sendSome(() -> peer.say("NICK storm"));
                    peer.cut();
                }
            }
        });
    }

    @Test
    void requestsThatTrickleInAreEnded() {
        byte[] begun = ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(7000)).getBytes(ISO_8859_1);
        twice(server -> {
            List<WebPeer> slow = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                WebPeer peer = WebPeer.connect(server.port("web"));
                peer.send(begun);
                slow.add(peer);
            }
            slow.forEach(peer -> assertThat(peer.head()).startsWith("HTTP/1.1 408 "));
            slow.forEach(WebPeer::close);
        });
    }

    @Test
    void membersWhoNeverReadAreCutOff() {
        twice(server -> {
            try (LogLines log = new LogLines();
                    Peer bob = Peer.irc("bob", server.port("irc"))) {
                bob.say("JOIN #tea\r");
                List<Peer> silent = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    Peer peer = Peer.connect("silent", Peer.HOST, server.port("irc"), KERNEL);
                    peer.say("NICK silent" + i + "\r\nUSER s 0 * :s\r\nJOIN #tea\r");
                    bob.until("silent" + i + "!s@");
                    silent.add(peer);
                }
                for (int i = 0; i < 2000 && log.about("cut off: silent").size() < silent.size(); i++) {
                    bob.say("PRIVMSG #tea :" + "x".repeat(400) + "\r\nPING next\r");
                    bob.until(" PONG ");
                }
                assertThat(log.about("cut off: silent")).hasSameSizeAs(silent);
                silent.forEach(Peer::cut);
            }
        });
    }

    /** The server may have ended the connection already. */
    private static void sendSome(Runnable send) {
        try {
            send.run();
        } catch (UncheckedIOException e) {
            return;
        }
    }
}
