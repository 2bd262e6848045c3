package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import org.junit.jupiter.api.Test;

/** The owner of a name gets it, over real sockets, whoever else goes by it or by one that looks like it. */
class NameOwnershipTest {
    private static final String CHEAP = "teahouse.accounts.scram-iterations = 4096";
    private static final String CUSTOM = "teahouse.accounts.custom-names = on";

    /** With a Cyrillic о. */
    private static final String FAKE_BOB = "b\u043eb";

    static Peer irc(TestServer server, String nick) {
        Peer peer = Peer.connect(nick, server.port("irc"));
        peer.say("NICK " + nick + "\r\nUSER u 0 * :r");
        peer.until(" 001 ");
        return peer;
    }

    @Test
    void aLookAlikeGivesWayToTheOwnerWhoLogsIn() {
        try (TestServer server = TestServer.start(CHEAP, CUSTOM);
                Peer fake = irc(server, FAKE_BOB);
                Peer plain = Peer.connect("cyd", server.port("plain"));
                Peer ann = irc(server, "ann")) {
            fake.say("JOIN #lobby");
            fake.until(" 366 ");
            plain.enter();
            fake.until("JOIN");
            ann.say("REGISTER bob * sesame12");
            ann.until("REGISTER SUCCESS bob");
            String renamed = fake.until(" NICK ");
            assertThat(renamed).startsWith(":" + FAKE_BOB + "!").containsPattern(" NICK :?Guest\\d+$");
            String guest = renamed.substring(renamed.indexOf("Guest"));
            assertThat(fake.until("NOTICE " + guest)).contains("the owner of the name " + FAKE_BOB);
            plain.until(FAKE_BOB + " is now called " + guest);
            fake.say("PRIVMSG #lobby :hello");
            plain.until(guest + ": hello");
            ann.say("NICK bob");
            ann.until("NICK bob");
        }
    }
}
