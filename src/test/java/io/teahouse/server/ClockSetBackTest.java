package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.room.RoomName;
import io.teahouse.store.StoreException;
import io.teahouse.store.StoreFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was said while the clock was ahead, and who asks for it when it is right again. */
class ClockSetBackTest {
    private static final String CAPABILITIES =
            "message-tags echo-message batch draft/chathistory draft/message-redaction soju.im/search";

    @TempDir
    private Path folder;

    private TestServer start() {
        return TestServer.start(
                "teahouse.store.kind = sqlite", "teahouse.store.path = \"" + folder.resolve("tea.db") + "\"");
    }

    private static Peer irc(String name, TestServer server) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :" + CAPABILITIES + "\r\nNICK " + name + "\r\nUSER " + name
                + " 0 * :x\r\nCAP END\r\nPING in\r");
        peer.until(" PONG ");
        return peer;
    }

    private static void findsNothing(Peer peer, String question) {
        peer.say(question + "\r");
        peer.until(" BATCH +");
        assertThat(peer.line()).contains(" BATCH -");
    }

    @Test
    void whoeverHasTheNameNowSeesNothingOfWhatWasSaidToAnotherOfThatName() throws StoreException {
        RoomName two = RoomName.conversation("n:ann", "n:bob");
        String id;
        try (StoreFixture before = StoreFixture.open(folder.resolve("tea.db"))) {
            id = before.say(two, "bob", "", "secret", Instant.now().plus(Duration.ofDays(1)));
        }
        try (TestServer server = start();
                Peer ann = irc("ann", server);
                Peer bob = irc("bob", server)) {
            findsNothing(bob, "CHATHISTORY LATEST ann * 9");
            findsNothing(bob, "SEARCH text=secret");
            findsNothing(
                    bob, "CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2199-01-01T00:00:00.000Z 9");

            ann.say("PRIVMSG bob :hello\r");
            bob.until(" PRIVMSG bob :hello");

            bob.say("CHATHISTORY LATEST ann * 9\r");
            bob.until(" BATCH +");
            assertThat(bob.line()).endsWith(" PRIVMSG bob :hello\r");
            assertThat(bob.line()).contains(" BATCH -");
            bob.say("REDACT ann " + id + "\r");
            assertThat(bob.until(" REDACT ")).contains("UNKNOWN_MSGID");
        }
    }
}
