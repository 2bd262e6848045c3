package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that says nothing: alive, or dead and yet to be noticed. */
class SilentConnectionTest {
    private static final int TICKS_PER_SECOND = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of {@code /proc/net/tcp}: which timer of a connection runs. */
    private static final String KEEP_ALIVE = "02";

    private TestServer server = TestServer.start("teahouse.limits.keep-alive = 40 s");

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(String... settings) {
        server.close();
        server = TestServer.start(settings);
    }

    /**
     * How many seconds the kernel waits until it asks for the other end of the server's side of a connection. Another timer
     * runs first, until the peer has acknowledged what the server sent last.
     */
    private static long keepAliveSeconds(int port, Peer peer) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String[] timer = timer(port, peer);
        while (!timer[0].equals(KEEP_ALIVE) && System.nanoTime() < end) {
            timer = timer(port, peer);
        }
        assertThat(timer[0]).as("the timer that runs").isEqualTo(KEEP_ALIVE);
        return Long.parseLong(timer[1], 16) / TICKS_PER_SECOND;
    }

    /** Which timer of the kernel runs for the server's side, and when it expires, both in hexadecimal digits. */
    private static String[] timer(int port, Peer peer) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        String remote = String.format(Locale.ROOT, ":%04X", peer.localPort());
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns[1].endsWith(local) && columns[2].endsWith(remote)) {
                    return columns[5].split(":", -1);
                }
            }
        }
        throw new AssertionError("there is no such connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "irc"})
    void itsMachineIsAskedWithinTheTimeThatIsSet(String door) throws IOException {
        int port = server.port(door);
        try (Peer ann = Peer.connect("ann", port)) {
            ann.say(door.equals("plain") ? "ann" : "PING hello\r");
            ann.until(door.equals("plain") ? "ann has joined" : "PONG");
            assertThat(keepAliveSeconds(port, ann)).isBetween(1L, 40L);
        }
    }

    @Test
    void aClientOfIrcIsAskedAtHalfOfTheTime() {
        restart("teahouse.limits.idle-timeout = 4 s");
        try (Peer ann = Peer.connect("ann", server.port("irc"))) {
            ann.say("NICK ann\r\nUSER ann 0 * :x\r");
            ann.until("PING :teahouse.local");
            assertThat(ann.until("ERROR")).contains("nothing was heard for too long");
        }
    }
}
