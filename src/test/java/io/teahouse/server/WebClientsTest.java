package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients and libraries that others wrote, at the web door, with cyd at a plain connection in the same room. {@code ./check} installs
 * them; without them, the test is not run.
 */
class WebClientsTest {
    private static final Path SCRIPTS = Path.of("src", "test", "web").toAbsolutePath();

    private static final int START_SECONDS = 60;

    private TestServer server;
    private Peer cyd;

    @BeforeEach
    void open() {
        server = TestServer.start();
        cyd = Peer.enter("cyd", server.port());
    }

    @AfterEach
    void close() {
        cyd.close();
        server.close();
    }

    @Test
    void theClientOfKiwiIrcChats() throws IOException, InterruptedException {
        assertThat(node("irc-framework", "kiwi-client.mjs", "kiwi")).isEqualTo("closed");
    }

    @Test
    void nodesWsChatsInTextFrames() throws IOException, InterruptedException {
        assertThat(node("ws", "ws-client.mjs", "ann", "text.ircv3.net")).isEqualTo("closed 1000");
    }

    @Test
    void nodesWsChatsInBinaryFrames() throws IOException, InterruptedException {
        assertThat(node("ws", "ws-client.mjs", "bob", "binary.ircv3.net")).isEqualTo("closed 1000");
    }

    @Test
    void pythonsWebsocketsChats() throws IOException, InterruptedException {
        Tools.require(Path.of("/usr/bin/python3"));
        Tools.require(Path.of("/usr/lib/python3/dist-packages/websockets"));
        String port = String.valueOf(server.port("web"));
        assertThat(chat(
                        "eve",
                        "/usr/bin/python3",
                        SCRIPTS.resolve("websockets-client.py").toString(),
                        port,
                        "eve"))
                .isEqualTo("closed 1000");
    }

    private String node(String module, String script, String nick, String... more)
            throws IOException, InterruptedException {
        Tools.require("node");
        Tools.require(Browser.MODULES.resolve(module));
        List<String> command = new ArrayList<>(List.of(
                "node",
                SCRIPTS.resolve(script).toString(),
                Browser.MODULES.toString(),
                String.valueOf(server.port("web")),
                nick));
        command.addAll(Arrays.asList(more));
        return chat(nick, command.toArray(String[]::new));
    }

    /** Programs may take a while to start. */
    private static String first(BufferedReader said) {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return Objects.requireNonNullElse(said.readLine(), "(nothing)");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Has a client join, talk and leave; returns the last line that it prints. */
    private String chat(String nick, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader said = process.inputReader(UTF_8)) {
            assertThat(first(said)).isEqualTo("joined");
            cyd.expect(nick + " has joined the chat").expect(nick + ": hello from " + nick + ", 你好");
            cyd.say("grüße an " + nick);
            cyd.expect("cyd: grüße an " + nick);
            assertThat(said.readLine()).isEqualTo("cyd: grüße an " + nick);
            cyd.say("bye " + nick);
            cyd.expect("cyd: bye " + nick).expect(nick + " has left the chat... (so long)");
            assertThat(said.readLine()).isEqualTo("cyd: bye " + nick);
            String last = said.readLine();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return last;
        } finally {
            process.destroyForcibly();
        }
    }
}
