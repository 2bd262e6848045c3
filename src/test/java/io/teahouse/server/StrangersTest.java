package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers try at the IRC door with rooms, and with names that others had before them. */
class StrangersTest {
    private static final String CAPABILITIES = "message-tags echo-message batch draft/chathistory draft/event-playback"
            + " draft/message-redaction standard-replies draft/channel-rename draft/account-registration";

    private static Peer connect(TestServer server, String name) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :" + CAPABILITIES + "\r\nNICK " + name + "\r\nUSER u 0 * :r\r\nCAP END\r");
        peer.until(" 422 ");
        return peer;
    }

    private static Peer join(TestServer server, String name, String channel) {
        Peer peer = connect(server, name);
        peer.say("JOIN " + channel + "\r");
        peer.until(" 366 ");
        return peer;
    }

    private static TestServer start(String... changed) {
        String[] all = Arrays.copyOf(changed, changed.length + 1);
        all[changed.length] = "teahouse.irc.motd = \"\"";
        return TestServer.start(all);
    }

    private static String msgid(String line) {
        return line.replaceAll(".*msgid=([^; ]+).*", "$1");
    }

    /** The texts of the history of a target, one after the other. */
    private static String history(Peer peer, String target) {
        peer.say("CHATHISTORY LATEST " + target + " * 10\r\nPING after\r");
        StringBuilder texts = new StringBuilder();
        for (String line = peer.line(); !line.contains(" PONG "); line = peer.line()) {
            if (line.contains(" PRIVMSG ")) {
                texts.append(line.strip().replaceAll(".* PRIVMSG \\S+ :", "")).append(';');
            }
        }
        return texts.toString();
    }

    private static void untilGone(Peer peer, Peer... others) {
        for (Peer other : others) {
            other.say("QUIT\r");
            other.until("ERROR");
            other.close();
        }
        peer.say("PING gone\r");
        peer.until(" PONG ");
    }

    @Test
    void theFirstToArriveHasNoSayInWhatOthersSaidBefore(@TempDir Path folder) {
        String store = "teahouse.store { kind = sqlite, path = \"" + folder.resolve("t.db") + "\" }";
        String id;
        try (TestServer server = start(store);
                Peer watcher = connect(server, "watcher");
                Peer ann = join(server, "ann", "#tea");
                Peer bob = join(server, "bob", "#tea")) {
            ann.until(" JOIN ");
            ann.say("PRIVMSG #tea :hello\r");
            id = msgid(ann.until(" PRIVMSG #tea "));
            ann.say("PRIVMSG @#tea :plan\r");
            ann.until(" PRIVMSG @#tea ");
            untilGone(watcher, ann, bob);
            try (Peer eve = join(server, "ann", "#tea")) {
                assertIsPowerless(eve, id);
            }
        }
        try (TestServer server = start(store);
                Peer eve = join(server, "eve", "#tea")) {
            assertIsPowerless(eve, id);
        }
    }

    private static void assertIsPowerless(Peer eve, String id) {
        assertThat(history(eve, "#tea")).isEqualTo("hello;");
        eve.say("REDACT #tea " + id + "\r");
        eve.until("FAIL REDACT REDACT_FORBIDDEN #tea " + id);
        eve.say("RENAME #tea #stolen\r");
        eve.until("FAIL RENAME CANNOT_RENAME #tea #stolen");
        assertThat(history(eve, "#tea")).isEqualTo("hello;");
    }

    @Test
    void whatWasSaidToAGuestIsNotToldToTheNextOneOfTheName() {
        try (TestServer server = start();
                Peer bob = connect(server, "bob");
                Peer ann = connect(server, "ann")) {
            ann.say("PRIVMSG bob :my secret\r");
            bob.until(" :my secret");
            bob.say("PRIVMSG ann :yours\r");
            ann.until(" :yours");
            assertThat(history(ann, "bob")).isEqualTo("my secret;yours;");
            ann.say("NICK anna\r\nPRIVMSG bob :still me\r");
            bob.until(" :still me");
            assertThat(history(bob, "anna")).isEqualTo("my secret;yours;still me;");
            try (Peer other = connect(server, "ann")) {
                other.say("PRIVMSG bob :hi\r");
                bob.until(" :hi");
                other.until(" :hi");
                assertThat(history(other, "bob")).isEqualTo("hi;");
                assertThat(history(bob, "ann")).isEqualTo("hi;");
            }
        }
    }

    @Test
    void aSecretChannelAnswersAsNone() {
        try (TestServer server = start();
                Peer ann = join(server, "ann", "#den");
                Peer eve = connect(server, "eve")) {
            ann.say("MODE #den +s\r");
            ann.until(" MODE #den +s");
            for (String line : new String[] {
                "PRIVMSG %s :hi",
                "TOPIC %s",
                "TOPIC %s :mine",
                "MODE %s",
                "MODE %s +b",
                "MODE %s +o eve",
                "INVITE ann %s",
                "KICK %s ann",
                "PART %s",
                "RENAME %s #other",
                "TAGMSG %s",
                "NAMES %s",
                "WHO %s",
                "LIST %s",
                "REDACT %s abc",
                "METADATA %s LIST",
                "METADATA %s SET url :x",
                "CHATHISTORY LATEST %s * 5"
            }) {
                assertThat(answer(eve, line, "#den"))
                        .as(line)
                        .isEqualTo(answer(eve, line, "#nil").replace("#nil", "#den"));
            }
            assertThat(answer(eve, "PRIVMSG %s :hi", "#den")).startsWith(":teahouse.local 403 eve #den ");
        }
    }

    @Test
    void anInvitationIsForAUserAndNotForAName() {
        try (TestServer server = start();
                Peer ann = join(server, "ann", "#tea");
                Peer bob = connect(server, "bob")) {
            ann.say("MODE #tea +i\r\nINVITE bob #tea\r");
            ann.until(" 341 ann bob ");
            bob.until(" INVITE bob ");
            bob.say("NICK bobby\r");
            bob.until(" NICK ");
            try (Peer eve = connect(server, "bob")) {
                eve.say("JOIN #tea\r");
                assertThat(eve.line()).startsWith(":teahouse.local 473 bob #tea ");
            }
            bob.say("JOIN #tea\r");
            bob.until(" 366 bobby #tea ");
        }
    }

    @Test
    void whoHasInvitedAsManyAsMayBeIsTold() {
        try (TestServer server = start("teahouse.rooms.invitations-per-member = 1");
                Peer ann = join(server, "ann", "#tea");
                Peer bob = connect(server, "bob");
                Peer cyd = connect(server, "cyd")) {
            ann.say("INVITE bob #tea\r\nINVITE cyd #tea\r");
            ann.until(" 341 ann bob ");
            assertThat(ann.line()).startsWith(":teahouse.local 478 ann #tea I ");
            bob.until(" INVITE bob ");
            cyd.say("PING after\r");
            assertThat(cyd.line()).contains(" PONG ");
        }
    }

    @Test
    void theRoomInWhichEverybodyStartsIsTheOperatorsOfTheServer() {
        try (TestServer server = start("teahouse.irc.operators = [ { name = root, password = secret99 } ]");
                Peer eve = connect(server, "eve")) {
            eve.say("JOIN #lobby\r");
            assertThat(eve.until(" 353 ")).endsWith(" :eve");
            for (String modes : new String[] {"+r", "+i", "+k x", "+o eve"}) {
                eve.say("MODE #lobby " + modes + "\r");
                eve.until(" 482 eve #lobby ");
            }
            eve.say("RENAME #lobby #mine\r");
            eve.until(" 482 eve #lobby ");
            eve.say("JOIN #mine\r\nRENAME #mine #Lobby\r");
            eve.until("FAIL RENAME CANNOT_RENAME #mine #Lobby ");
            eve.say("OPER root secret99\r");
            eve.until(" 381 ");
            eve.say("MODE #lobby +i\r");
            eve.until(" MODE #lobby +i");
            eve.say("MODE eve -o\r\nMODE #lobby -i\r");
            eve.until(" 482 eve #lobby ");
        }
    }

    @Test
    void whoTookAnOfficialRoomBeforeLosesItToAnOperatorOfTheServer(@TempDir Path folder) {
        String store = "teahouse.store { kind = sqlite, path = \"" + folder.resolve("t.db") + "\" }";
        String cheap = "teahouse.accounts.scram-iterations = 4096";
        try (TestServer server = start(store, cheap);
                Peer eve = join(server, "eve", "#news")) {
            eve.say("REGISTER * * sesame12\r");
            eve.until(" 900 ");
            eve.say("MODE #news +rik key\r\nMODE #news +b *!*@*\r");
            eve.until(" MODE #news +b ");
        }
        String official = "teahouse.rooms.official = [ news ]";
        String root = "teahouse.irc.operators = [ { name = root, password = secret99 } ]";
        try (TestServer server = start(store, cheap, official, root);
                Peer ann = connect(server, "ann");
                Peer bob = connect(server, "bob")) {
            ann.say("JOIN #news\r");
            ann.until(" 474 ann #news ");
            ann.say("OPER root secret99\r\nJOIN #news\r");
            ann.until(" 366 ann #news ");
            ann.say("MODE #news -rik key\r\nMODE #news -b *!*@*\r");
            ann.until(" MODE #news -rik ");
            ann.until(" MODE #news -b ");
            bob.say("JOIN #news\r");
            bob.until(" 366 bob #news ");
        }
    }

    @Test
    void soAreThoseThatItsSettingsName() {
        try (TestServer server = start("teahouse.rooms.official = [ News ]");
                Peer eve = connect(server, "eve")) {
            eve.say("JOIN #news\r");
            assertThat(eve.until(" 353 ")).endsWith(" :eve");
            eve.say("JOIN #n\u0435ws\r\nPING after\r");
            assertThat(eve.until("n\u0435ws")).doesNotContain(" JOIN ");
        }
    }

    @Test
    void roomsDoNotKeepPeopleFromTalking() {
        try (TestServer server = start("teahouse.limits.max-rooms = 6");
                Peer one = connect(server, "one");
                Peer two = connect(server, "two");
                Peer three = connect(server, "three");
                Peer ann = connect(server, "ann");
                Peer bob = connect(server, "bob")) {
            for (Peer each : new Peer[] {one, two, three}) {
                int port = each.localPort();
                each.say("JOIN #x" + port + "a,#x" + port + "b,#x" + port + "c\r\nPING after\r");
                each.until(" PONG ");
            }
            ann.say("JOIN #tea\r");
            assertThat(ann.line()).startsWith(":teahouse.local 405 ann #tea ");
            ann.say("JOIN #lobby\r\nPRIVMSG bob :hi\r");
            ann.until(" 366 ann #lobby ");
            assertThat(bob.line()).endsWith(" PRIVMSG bob :hi\r");
        }
    }

    @Test
    void oneAddressDoesNotFillTheServer() {
        try (TestServer server = start("teahouse.limits.rooms-per-user = 2", "teahouse.limits.rooms-per-address = 3");
                Peer one = connect(server, "one");
                Peer two = connect(server, "two");
                Peer other = Peer.connect("other", "127.0.0.2", server.port("irc"), 0)) {
            one.say("JOIN #a,#b,#c\r\nPING after\r");
            one.until(" 366 one #b ");
            one.until(" 405 one #c ");
            two.say("JOIN #d,#e\r\nPING after\r");
            two.until(" 366 two #d ");
            two.until(" 405 two #e ");
            other.say("NICK other\r\nUSER u 0 * :r\r\nJOIN #e\r");
            other.until(" 366 other #e ");
            one.say("PART #b\r\nJOIN #c\r");
            one.until(" 366 one #c ");
        }
    }

    @Test
    void oneAccountRegistersSoManyRooms(@TempDir Path folder) {
        String store = "teahouse.store { kind = sqlite, path = \"" + folder.resolve("t.db") + "\" }";
        try (TestServer server = start(store, "teahouse.rooms.registered-per-account = 2");
                Peer eve = connect(server, "eve")) {
            eve.say("REGISTER * * secret-enough\r");
            eve.until("REGISTER SUCCESS ");
            eve.say("JOIN #a,#b,#c\r\nMODE #a +r\r\nMODE #b +r\r\nMODE #c +rm\r");
            eve.until(" MODE #a +r");
            eve.until(" MODE #b +r");
            eve.until(" 482 eve #c :your account has registered 2 rooms and may not register more");
            eve.say("MODE #a -r\r\nMODE #c\r");
            assertThat(eve.until(" 324 eve #c ")).contains("m").doesNotContain("r");
        }
        try (TestServer server = start(store, "teahouse.rooms.registered-per-account = 1");
                Peer eve = connect(server, "x")) {
            eve.say("CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\nAUTHENTICATE AGV2ZQBzZWNyZXQtZW5vdWdo\r");
            eve.until(" 903 ");
            eve.say("JOIN #d\r\nMODE #d +r\r");
            eve.until(" 482 x #d :your account has registered 1 rooms");
        }
    }

    private static String answer(Peer peer, String line, String channel) {
        peer.say("@+typing=active " + String.format(Locale.ROOT, line, channel) + "\r\nPING after\r");
        StringBuilder all = new StringBuilder();
        for (String next = peer.line(); !next.contains(" PONG "); next = peer.line()) {
            all.append(next.strip()).append('\n');
        }
        return all.toString();
    }
}
