package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.account.ScriptedAccountStore;
import io.teahouse.user.CaseMapping;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners get their name even if somebody else has it or a look-alike of it. Over real sockets. */
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
            assertThat(fake.until("NOTICE " + guest))
                    .contains("the name " + FAKE_BOB + " belongs to another user, who is here now");
            plain.until(FAKE_BOB + " is now called " + guest);
            fake.say("PRIVMSG #lobby :hello");
            plain.until(guest + ": hello");
            ann.say("NICK bob");
            ann.until("NICK bob");
        }
    }

    @Test
    void nobodyTakesANameThatLooksLikeAnAbsentOwners() {
        try (TestServer server = TestServer.start(CHEAP, CUSTOM);
                Peer eve = irc(server, "eve")) {
            try (Peer bob = irc(server, "bob")) {
                bob.say("REGISTER * * sesame12\r\nQUIT");
                bob.until("REGISTER SUCCESS bob");
                bob.drain();
            }
            for (String fake : new String[] {FAKE_BOB, "\u0412\u041e\u0412"}) {
                eve.say("NICK " + fake);
                assertThat(eve.until(" 433 ")).contains("looks like bob");
                eve.say("REGISTER " + fake + " * sesame12");
                assertThat(eve.until("FAIL REGISTER"))
                        .contains("ACCOUNT_EXISTS")
                        .contains("looks like bob");
            }
            try (Peer plain = Peer.connect("fake", server.port("plain"))) {
                plain.expect(Peer.GREETING);
                plain.say(FAKE_BOB);
                assertThat(plain.until("!")).contains("looks like bob");
            }
            try (Peer bob = Peer.connect("bob", server.port("plain"))) {
                bob.expect(Peer.GREETING);
                bob.say("/login bob sesame12");
                bob.until("logged in");
                bob.say("bob");
                bob.until("bob has joined the chat");
            }
        }
    }

    @Test
    void nobodyTakesANameThatLooksLikeAnAccountsAfterARestart(@TempDir Path folder) {
        String[] settings = {
            CHEAP, CUSTOM, "teahouse.store.kind = sqlite", "teahouse.store.path = \"" + folder.resolve("tea.db") + "\""
        };
        try (TestServer server = TestServer.start(settings);
                Peer bob = irc(server, "bob")) {
            bob.say("REGISTER * * sesame12");
            bob.until("REGISTER SUCCESS bob");
        }
        try (TestServer server = TestServer.start(settings);
                Peer early = Peer.connect("early", server.port("irc"));
                Peer eve = irc(server, "eve");
                Peer plain = Peer.connect("plain", server.port("plain"))) {
            early.say("NICK " + FAKE_BOB + "\r\nUSER u 0 * :r");
            assertThat(early.until(" 433 ")).contains("looks like bob");
            eve.say("REGISTER " + FAKE_BOB + " * sesame12");
            assertThat(eve.until("FAIL REGISTER")).contains("ACCOUNT_EXISTS").contains("looks like bob");
            eve.say("REGISTER eve * sesame12");
            eve.until("REGISTER SUCCESS eve");
            eve.say("NICK " + FAKE_BOB);
            assertThat(eve.until(" 433 ")).as("logged in to another account").contains("looks like bob");
            plain.expect(Peer.GREETING);
            plain.say(FAKE_BOB);
            assertThat(plain.until("!")).contains("looks like bob");
        }
    }

    /** Neither while the owner is here, nor when the connection is lost and others see the owner as away. */
    @Test
    void nobodyTakesADoubleOfAnAwayOwnerWhileTheStoreIsAway() {
        ScriptedAccountStore store = new ScriptedAccountStore(CaseMapping.ASCII);
        try (TestServer server = TestServer.start(store, CHEAP, "teahouse.accounts.absence = 1 hour");
                Peer cyd = irc(server, "cyd");
                Peer eve = irc(server, "eve")) {
            cyd.say("JOIN #tea\r\nCAP REQ away-notify");
            cyd.until(" ACK ");
            try (Peer bob = irc(server, "bob")) {
                bob.say("REGISTER * * sesame12\r\nJOIN #tea");
                bob.until(" 366 ");
                cyd.until(":bob!");
            }
            cyd.until(" AWAY ");
            store.now(ScriptedAccountStore.Mood.FAILS);
            eve.say("NICK " + FAKE_BOB);
            assertThat(eve.until(" 433 ")).contains("looks like bob");
            try (Peer plain = Peer.connect("fake", server.port("plain"))) {
                plain.expect(Peer.GREETING);
                plain.say(FAKE_BOB);
                assertThat(plain.until("!")).contains("looks like bob");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "\uff10",
                "NickServ",
                "chanserv",
                "Ch\u0430nServ",
                "\uff21dmin",
                "ADMIN",
                "administrator",
                "r00t",
                "globa1",
                "Adm1n",
                "adrnin",
                "NlckServ",
                "\u0430dm1n",
                "teahouse.local",
                "irc.example.org",
                "Teahouse",
                "a\uff0eb"
            })
    void reservedNamesAreRefusedAtAllDoorsAndAsAccounts(String name) {
        try (TestServer server = TestServer.start(CHEAP, CUSTOM);
                Peer irc = irc(server, "ann");
                Peer plain = Peer.connect("bob", server.port("plain"))) {
            irc.say("NICK " + name);
            irc.until(" 432 ann " + name + " :");
            irc.say("REGISTER " + name + " * sesame12");
            irc.until("FAIL REGISTER BAD_ACCOUNT_NAME");
            plain.expect(Peer.GREETING);
            plain.say(name);
            plain.until("! ");
            plain.say("bob");
            plain.until("bob has joined the chat");
        }
    }

    @Test
    void whichNamesAreReservedIsASetting() {
        try (TestServer server = TestServer.start("teahouse.accounts.reserved-names = [ boss ]")) {
            irc(server, "admin").close();
            try (Peer peer = irc(server, "ann")) {
                peer.say("NICK B\u043eSS");
                peer.until(" 432 ");
            }
        }
    }

    // Masks

    @ParameterizedTest
    @CsvSource({
        "ann!*@*,\uff41\uff4e\uff4e",
        "stra\u00dfe!*@*,STRASSE",
        "STRASSE!*@*,stra\u00dfe",
        "a\u0301nn*,\u00c1NNa",
        "\u00e1nn!*@*,a\u0301nn",
        "?x!*@*,\ud83d\ude00x",
        "\uff21*,anna"
    })
    void aBanStopsWhoHasThatNameInAnySpelling(String mask, String nick) {
        try (TestServer server = TestServer.start();
                Peer op = irc(server, "op");
                Peer other = irc(server, nick)) {
            op.say("JOIN #tea\r\nMODE #tea +b " + mask);
            op.until("MODE #tea +b");
            other.say("JOIN #tea");
            other.until(" 474 ");
        }
    }

    @Test
    void aMuteHoldsAfterNick() {
        try (TestServer server = TestServer.start();
                Peer op = irc(server, "op");
                Peer bob = irc(server, "bob")) {
            op.say("JOIN #tea");
            op.until(" 366 ");
            bob.say("JOIN #tea");
            bob.until(" 366 ");
            op.say("MODE #tea +b m:bob!*@*");
            bob.until("MODE #tea +b");
            bob.say("NICK rob\r\nPRIVMSG #tea :hi");
            bob.until(" 404 rob #tea");
            op.say("MODE #tea -b m:bob!*@*");
            bob.until("MODE #tea -b");
            bob.say("PRIVMSG #tea :now");
            op.until("PRIVMSG #tea :now");
        }
    }

    // Rooms

    private static final String FAKE_LOBBY = "l\u043ebby";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ufe0f",
                "\u034f",
                "\u3164",
                "\u115f",
                "\u2800",
                "\u17b4",
                "\u200b",
                "\u180b",
                "\u00ad",
                "\udb40\udc61"
            })
    void aRoomHasNoInvisibleTwin(String invisible) {
        try (TestServer server = TestServer.start();
                Peer ann = irc(server, "ann");
                Peer bob = Peer.enter("bob", server.port("plain"))) {
            ann.say("JOIN #lobby" + invisible);
            assertThat(ann.until(" #lobby")).containsPattern(" (403|479|476) ");
            bob.say("/join lobby" + invisible);
            bob.until("! ");
        }
    }

    @Test
    void aRoomThatIsOpenOrIsWhereEverybodyStartsHasNoLookAlike() {
        try (TestServer server = TestServer.start("teahouse.rooms.official = [ news ]");
                Peer ann = irc(server, "ann");
                Peer bob = irc(server, "bob");
                Peer cyd = Peer.enter("cyd", server.port("plain"))) {
            ann.say("JOIN #" + FAKE_LOBBY);
            assertThat(ann.until(" 403 ")).contains("looks like lobby");
            ann.say("JOIN #n\u0435ws");
            assertThat(ann.until(" 403 ")).contains("looks like news");
            ann.say("JOIN #tea");
            ann.until(" 366 ");
            bob.say("JOIN #te\u0430");
            assertThat(bob.until(" 403 ")).contains("looks like tea");
            bob.say("JOIN #coffee");
            bob.until(" 366 ");
            bob.say("RENAME #coffee #te\u0430");
            assertThat(bob.until("FAIL RENAME")).contains("CHANNEL_NAME_IN_USE").contains("looks like tea");
            cyd.say("/join t\u0435a");
            assertThat(cyd.until("! ")).contains("looks like tea");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRegisteredRoomHasNoLookAlikeWhileItIsNotOpen(boolean restarted, @TempDir Path folder) {
        String[] settings = {
            CHEAP,
            "teahouse.store.kind = sqlite",
            "teahouse.store.path = \"" + folder.resolve("tea.db") + "\"",
            "teahouse.rooms.keep-empty = 1 hour"
        };
        TestServer server = TestServer.start(settings);
        try {
            try (Peer ann = irc(server, "ann")) {
                ann.say("REGISTER * * sesame12");
                ann.until("REGISTER SUCCESS");
                ann.say("JOIN #tea\r\nMODE #tea +r\r\nPING x");
                ann.until("MODE #tea +r");
                ann.until("PONG");
                ann.say("QUIT");
                ann.drain();
            }
            if (restarted) {
                server.close();
                server = TestServer.start(settings);
            }
            try (Peer bob = irc(server, "bob")) {
                bob.say("JOIN #te\u0430");
                assertThat(bob.until(" 403 ")).contains("looks like tea");
                bob.say("JOIN #coffee");
                bob.until(" 366 ");
                bob.say("RENAME #coffee #te\u0430");
                bob.until("FAIL RENAME CHANNEL_NAME_IN_USE");
                bob.say("JOIN #tea");
                bob.until(" 366 bob #tea");
            }
        } finally {
            server.close();
        }
    }
}
