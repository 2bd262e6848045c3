package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients ask for much and read nothing, in a small heap. */
class SilentClientsTest {
    private static final int LINES = 600;
    private static final int PINGS = 50;
    private static final int FROM_ONE_ADDRESS = 8;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {100, 512})
    void theyAreCutOffAndNobodyElseNotices(int count) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(
                folder,
                "-Xmx96m",
                "-Dteahouse.plain.port=0",
                "-Dteahouse.plain.history-lines=0",
                "-Dteahouse.limits.socket-send-buffer-bytes=4096")) {
            var ports = server.awaitPorts();
            int port = ports.get("plain");
            Peer uninvolved = Peer.connect("uninvolved", ports.get("irc"));
            uninvolved.say("NICK uninvolved\r\nUSER u 0 * :u\r");
            uninvolved.until(" 001 ");
            fill(port);
            List<Peer> silent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int address = i / FROM_ONE_ADDRESS;
                Peer peer = Peer.connect("silent" + i, "127.1." + address + ".1", port, 4096);
                peer.say("silent" + i + "\n" + "/history 1000\n".repeat(3));
                silent.add(peer);
            }
            long slowest = 0;
            for (int i = 0; i < PINGS; i++) {
                long began = System.nanoTime();
                uninvolved.say("PING " + i + "\r");
                uninvolved.until("PONG");
                slowest = Math.max(slowest, System.nanoTime() - began);
            }
            assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(10));
            silent.forEach(Peer::cut);
            uninvolved.say("QUIT\r");
            uninvolved.until("ERROR");
        }
    }

    /** One after the other writes, since each may write so much only. */
    private static void fill(int port) {
        for (int i = 0; i < LINES / 30; i++) {
            Peer writer = Peer.enter("writer" + i, port);
            writer.say(("x".repeat(1000) + "\n").repeat(30).strip());
            for (int line = 0; line < 30; line++) {
                writer.until("xxx");
            }
            writer.cut();
        }
    }
}
