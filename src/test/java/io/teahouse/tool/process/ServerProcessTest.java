package io.teahouse.tool.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LITTLE = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    /** Stands in for a server: prints its arguments, then sleeps until it is killed. */
    static final class Mute {
        private Mute() {}

        public static void main(String[] args) throws IOException {
            if (List.of(args).contains("-Dready=true")) {
                System.out.println("irc listening on 127.0.0.1:7\nplain listening on 127.0.0.1:8\nready");
            }
            System.err.println("it is mute");
            System.in.read();
        }
    }

    /** Arguments after a class name are passed to its main method. */
    private ServerProcess mute(String... settings) throws IOException {
        List<String> java = List.of("-cp", System.getProperty("java.class.path"), Mute.class.getName());
        return new ServerProcess(Path.of("none.jar"), folder, java, List.of(settings));
    }

    @Test
    void aReadyServerReportsItsPorts() throws IOException, InterruptedException {
        try (ServerProcess server = mute("ready=true")) {
            assertThat(server.awaitReady(PATIENCE)).containsEntry("irc", 7).containsEntry("plain", 8);
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void aServerThatIsNotReadyInTimeIsGivenUp() throws IOException {
        try (ServerProcess server = mute()) {
            assertThatThrownBy(() -> server.awaitReady(LITTLE))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the server is not ready after 200 ms");
        }
    }

    @Test
    void aServerThatEndsDuringItsStartReportsWhy() throws IOException {
        try (ServerProcess server = new ServerProcess(Path.of("none.jar"), folder, List.of(), List.of())) {
            assertThatThrownBy(() -> server.awaitReady(PATIENCE))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the server stopped during its start")
                    .hasMessageContaining("none.jar");
        }
    }

    @Test
    void aKilledServerIsGone() throws IOException, InterruptedException {
        try (ServerProcess server = mute()) {
            server.kill();
            assertThat(server.awaitEnd(PATIENCE)).isTrue();
        }
    }
}
