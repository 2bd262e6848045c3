package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The soak in its short form, and that it can fail. DEVELOPING.md has the long form. */
class SoakIT {
    private static final int VIOLATED = 1;
    private static final int SECONDS = 90;

    @TempDir
    private Path folder;

    private List<String> soak(int code, String... arguments) throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("soak", "--in", folder.toString(), "--clients", "100", "--interval", "4"));
        all.add("--allow-native=128"); // the compiler has just begun
        all.addAll(List.of(arguments));
        try (ServerProcess run = ServerProcess.tool(folder, all.toArray(String[]::new))) {
            List<String> out = run.restOfOutput();
            assertThat(run.exitCode(SECONDS))
                    .as(String.join("\n", out) + "\n" + run.errors())
                    .isEqualTo(code);
            return out;
        }
    }

    @Test
    void clientsComeAndGoAndNothingIsMissingOrGrows() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0)) { // as by another server on this machine
            String webPort = "--setting=teahouse.web.port=" + taken.getLocalPort();
            assertThat(soak(0, "--minutes", "0.2", "--rate", "5", "--leaves", "20", webPort))
                    .last()
                    .isEqualTo("every message was shown to every member, once and in order; nothing grew");
        }
    }

    @Test
    void aServerThatDisconnectsClientsIsFoundOut() throws IOException, InterruptedException {
        List<String> out = soak(
                VIOLATED,
                "--minutes=0.2",
                "--rate=20",
                "--setting=teahouse.flood.enabled=on",
                "--setting=teahouse.flood.per-second=5",
                "--setting=teahouse.flood.queue-bytes=1KiB");
        assertThat(out).anyMatch(line -> line.startsWith("BROKEN: the server disconnected u"));
    }
}
