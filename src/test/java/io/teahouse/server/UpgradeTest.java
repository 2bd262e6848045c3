package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server opens the store that an older one has left: {@code store-of-DATE.db.gz} was written by the server of that day. Add a file
 * for each release, and keep the old ones.
 */
class UpgradeTest {
    private static final String PASSWORD = "many-leaves";

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void copyTheOldStore() throws IOException {
        store = folder.resolve("tea.db");
        try (InputStream in = UpgradeTest.class.getResourceAsStream("store-of-2026-11-30.db.gz")) {
            Files.copy(new GZIPInputStream(Objects.requireNonNull(in)), store);
        }
    }

    private Peer logIn(TestServer server) {
        String secret = Base64.getEncoder().encodeToString(("\0ann\0" + PASSWORD).getBytes(UTF_8));
        Peer ann = Peer.connect("ann", server.port("irc"));
        List.of(
                        "CAP REQ :sasl batch message-tags echo-message draft/chathistory",
                        "AUTHENTICATE PLAIN",
                        "AUTHENTICATE " + secret,
                        "NICK ann",
                        "USER ann 0 * :Ann",
                        "CAP END")
                .forEach(ann::say);
        return ann;
    }

    /** The texts of the messages that this request for history brings. */
    private static List<String> history(Peer ann, String request) {
        ann.say("CHATHISTORY " + request);
        return ann.untilAll("BATCH -").stream()
                .filter(line -> line.contains("batch=") && line.contains("PRIVMSG"))
                .map(line -> line.substring(line.indexOf(" :", line.indexOf("PRIVMSG")) + 2)
                        .strip())
                .toList();
    }

    private TestServer start() {
        return TestServer.start("teahouse.store.kind = sqlite", "teahouse.store.path = \"" + store + "\"");
    }

    @Test
    void anAccountItsRoomAndAllMessagesAreThere() {
        try (TestServer server = start();
                Peer ann = logIn(server)) {
            ann.until(" 900 ");
            ann.until("JOIN #tea"); // always-on: ann never left
            ann.say("MODE #tea");
            assertThat(ann.until(" 324 ")).contains("r");
            ann.say("MODE #tea b");
            assertThat(ann.until(" 367 ")).contains("mallory!*@*");
            ann.say("TOPIC #tea");
            assertThat(ann.until(" 332 ")).contains(":Oolong today");
            ann.say("NAMES #tea");
            assertThat(ann.until(" 353 ")).contains("@ann");
            List<String> said = history(ann, "LATEST #tea * 41");
            assertThat(said.subList(0, 40))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 40)
                            .mapToObj(i -> "message " + i + " of the release before, 你好")
                            .toList());
            assertThat(said.subList(40, said.size())).containsExactly("with a tag");
            assertThat(history(ann, "LATEST bob * 10")).containsExactly("between two");
        }
    }

    @Test
    void whatIsSaidNowIsStoredAfterWhatWasSaidThen() {
        try (TestServer server = start();
                Peer ann = logIn(server)) {
            ann.until("JOIN #tea");
            ann.say("PRIVMSG #tea :after the upgrade");
            ann.until("PRIVMSG #tea :after the upgrade"); // what is shown is stored
        }
        try (TestServer server = start();
                Peer ann = logIn(server)) {
            ann.until("JOIN #tea");
            assertThat(history(ann, "LATEST #tea * 2")).containsExactly("with a tag", "after the upgrade");
        }
    }
}
