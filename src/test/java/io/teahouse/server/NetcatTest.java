package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With the program that people use; {@code ./check} installs it. */
class NetcatTest {
    @Test
    void whatIsPipedInIsAnswered() throws IOException, InterruptedException {
        Tools.require("nc");
        try (TestServer server = TestServer.start()) {
            Process nc = new ProcessBuilder("nc", "-N", "127.0.0.1", String.valueOf(server.port()))
                    .redirectErrorStream(true)
                    .start();
            try {
                nc.getOutputStream().write("ann\nhi\n".getBytes(UTF_8));
                nc.getOutputStream().close();
                assertThat(nc.waitFor(30, TimeUnit.SECONDS)).as("nc has ended").isTrue();
                assertThat(new String(nc.getInputStream().readAllBytes(), UTF_8).lines())
                        .containsExactly(Peer.GREETING, "ann has joined the chat", "ann: hi");
                assertThat(nc.exitValue()).isZero();
            } finally {
                nc.destroyForcibly();
            }
        }
    }
}
