package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar, as it is started and stopped. */
class StartAndStopIT {
    private static final String ANY_PORT = "-Dteahouse.plain.port=0";
    private static final String LAST_WORDS = "! the server is shutting down";
    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 30;

    /** Less than a peer who does not close has when the server goes on: five seconds. */
    private static final int SOON_SECONDS = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | \\{\"timestamp\":.*\"formattedMessage\":\".*\\}",
                "pairs | time=\\S+Z level=\\w+ logger=\\S+ msg=.*",
                "text | \\d{4}-\\S+Z \\w+ +\\w+ .*"
            })
    void theLogHasOneLineAnEventInEachFormat(String format, String line) throws IOException, InterruptedException {
        try (ServerProcess server =
                ServerProcess.launch(folder, "-Dteahouse.plain.port=0", "-Dteahouse.log.format=" + format)) {
            Peer.enter("ann", server.awaitReady()).close();
            server.awaitError("left: ann");
            server.terminate();
            assertThat(server.exitCode(STOP_SECONDS)).isZero();
            assertThat(server.errors().lines()).isNotEmpty().allMatch(each -> each.matches(line));
            assertThat(server.errors().lines().filter(each -> each.contains("ann (")))
                    .allMatch(each -> each.contains("connection"));
        }
    }

    @Test
    void itSaysWhereItListensAndWhenToldEndsInGoodOrder() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT)) {
            int port = server.awaitReady();
            Peer ann = Peer.enter("ann", port);
            Peer nameless = Peer.connect("nameless", port);
            nameless.expect(Peer.GREETING);
            server.terminate();
            for (Peer peer : new Peer[] {ann, nameless}) {
                peer.expect(LAST_WORDS).expectClosed();
                peer.close();
            }
            assertThat(server.exitCode(STOP_SECONDS)).isZero();
            assertThat(server.restOfOutput()).isEmpty();
            assertThat(server.errors()).contains("named: ").doesNotContain(" WARN ", " ERROR ", "\tat ");
        }
    }

    @Test
    void itEndsSoonThoughClientsDoNotLetGoAndEachIsToldSo() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT)) {
            int port = server.awaitReady();
            Peer ann = Peer.enter("ann", port);
            Peer bob = Peer.enter("bob", port);
            ann.expect("bob has joined the chat");
            Peer nameless = Peer.connect("nameless", port);
            nameless.expect(Peer.GREETING);
            server.terminate();
            assertThat(server.exitCode(SOON_SECONDS)).isZero();
            for (Peer peer : new Peer[] {ann, bob, nameless}) {
                peer.expect(LAST_WORDS);
                peer.close();
            }
        }
    }

    @Test
    void aBrowserIsToldThatTheServerGoesAway() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT);
                WebPeer ann = WebPeer.register("ann", server.awaitReady("web"), "text.ircv3.net")) {
            server.terminate();
            assertThat(ann.until("ERROR")).contains("the server is shutting down");
            assertThat(ann.untilClosed()).isEqualTo(1001);
            assertThat(server.exitCode(STOP_SECONDS)).isZero();
        }
    }

    @Test
    void nothingThatAClientSendsBreaksALineOfTheLog() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT)) {
            int port = server.awaitReady();
            for (String bytes : new String[] {"\u001b[31mred", "a\rINFO fake", "b\u0085c", "d\u2028e", "f\u007fg"}) {
                Peer peer = Peer.connect("eve", port);
                peer.expect(Peer.GREETING);
                peer.say(bytes);
                peer.say("eve");
                peer.say("/nick " + bytes + "2");
                peer.say("/join " + bytes);
                peer.say("/quit " + bytes);
                peer.drain();
                peer.close();
            }
            server.terminate();
            assertThat(server.exitCode(STOP_SECONDS)).isZero();
            assertThat(server.errors())
                    .contains("connected: ", "left: ")
                    .doesNotContainPattern("[\\p{Cc}\\x{2028}&&[^\\n]]");
        }
    }

    @Test
    void theLoadCommandLosesNothing() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.launch(folder, ANY_PORT, "-Dteahouse.flood.enabled=off")) {
            String port = String.valueOf(server.awaitReady());
            String[] fanout = {
                "load",
                "fanout",
                "--port",
                port,
                "--members",
                "10",
                "--secs",
                "1",
                "--warm",
                "0",
                "--rehearse",
                "0",
                "--json"
            };
            try (ServerProcess load = ServerProcess.tool(folder, fanout)) {
                assertThat(load.restOfOutput())
                        .singleElement()
                        .asString()
                        .contains("\"members\":10,", "\"undelivered\":0,", "\"clients_lost\":0,")
                        .containsPattern("\"deliveries_per_s\":[1-9]");
                assertThat(load.exitCode(START_SECONDS)).isZero();
            }
        }
    }
}
