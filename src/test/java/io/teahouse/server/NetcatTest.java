package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teahouse.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With the program that people use; {@code ./check} installs it. */
class NetcatTest {
    @Test
    void whatIsPipedInIsAnswered() throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "nc is not installed: ./check installs it");
        try (TestServer server = TestServer.start()) {
            Process nc = new ProcessBuilder("nc", "-N", "127.0.0.1", String.valueOf(server.port()))
                    .redirectErrorStream(true)
                    .start();
            try {
                nc.getOutputStream().write("ann\nhi\n".getBytes(UTF_8));
                nc.getOutputStream().close();
                assertThat(nc.waitFor(10, TimeUnit.SECONDS)).as("nc has ended").isTrue();
                assertThat(new String(nc.getInputStream().readAllBytes(), UTF_8).lines())
                        .containsExactly(Peer.GREETING, "ann has joined the chat", "ann: hi");
                assertThat(nc.exitValue()).isZero();
            } finally {
                nc.destroyForcibly();
            }
        }
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "nc")));
    }
}
