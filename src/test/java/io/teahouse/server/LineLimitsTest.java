package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that use each advertised limit to the full: no line is longer than 512 bytes, and nothing is lost. */
class LineLimitsTest {
    private static final int LINE = 512;

    /** One client; it notes what its server advertises, and measures each line. */
    private static final class Client implements AutoCloseable {
        final String nick;
        final Peer peer;
        final Map<String, String> isupport = new HashMap<>();

        Client(TestServer server, String nick, String capabilities) {
            this.nick = nick;
            peer = Peer.connect(nick, server.port("irc"));
            if (!capabilities.isEmpty()) {
                peer.say("CAP REQ :" + capabilities);
            }
            peer.say("NICK " + nick);
            peer.say("USER " + "u".repeat(40) + " 0 * :" + "r".repeat(300));
            peer.say("CAP END");
            for (String line = line(); !line.contains(" 376 "); line = line()) {
                if (line.contains(" 005 ")) {
                    for (String token : line.split(" ", -1)) {
                        String[] parts = token.split("=", 2);
                        isupport.put(parts[0], parts.length == 2 ? parts[1] : "");
                    }
                }
            }
        }

        int limit(String name) {
            return Integer.parseInt(isupport.get(name));
        }

        /** The next line, without its tags. */
        String line() {
            String line = peer.line().stripTrailing();
            String rest = line.startsWith("@") ? line.substring(line.indexOf(' ') + 1) : line;
            assertThat(rest.getBytes(UTF_8).length + 2).as(rest).isLessThanOrEqualTo(LINE);
            return rest;
        }

        void say(String line) {
            peer.say(line);
        }

        /** All lines to the answer to a PING. */
        List<String> all() {
            say("PING done");
            List<String> lines = new ArrayList<>();
            for (String line = line(); !line.endsWith(" :done"); line = line()) {
                lines.add(line);
            }
            return lines;
        }

        List<String> answer(String command) {
            say(command);
            return all();
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private static final String EVERYTHING =
            "server-time message-tags account-tag away-notify extended-join setname batch"
                    + " multi-prefix userhost-in-names echo-message draft/multiline draft/metadata-3 draft/chathistory"
                    + " draft/event-playback draft/channel-rename standard-replies draft/message-redaction";

    private static String filled(String letter, int bytes, String end) {
        int each = letter.getBytes(UTF_8).length;
        return letter.repeat((bytes - end.length()) / each) + end;
    }

    private static TestServer server(int nickLength) {
        return TestServer.start(
                "teahouse.limits.nick-length = " + nickLength,
                "teahouse.flood.enabled = off",
                "teahouse.irc.operators = [ { name = root, password = secret } ]");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 32, 64, 128})
    void allThatIsAsLongAsAdvertisedArrivesWhole(int nickLength) {
        play(nickLength, "n");
    }

    /** As many bytes of UTF-8 as there may be at the most. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32, 128})
    void soItDoesInScriptsOfSeveralBytes(int nickLength) {
        play(nickLength, "ж");
    }

    private static void play(int nickLength, String letter) {
        int bytes = letter.length() == letter.getBytes(UTF_8).length
                ? nickLength
                : Math.min(2 * nickLength, Math.max(64, nickLength));
        try (TestServer server = server(nickLength);
                Client ann = new Client(server, filled(letter, bytes, "a"), EVERYTHING);
                Client bob = new Client(server, filled(letter, bytes, "b"), "");
                Client cyd = new Client(server, filled(letter, bytes, "c"), EVERYTHING)) {
            String channel = "#" + filled(letter, letter.equals("n") ? ann.limit("CHANNELLEN") - 1 : 100, "");
            List<Client> clients = List.of(ann, bob, cyd);
            for (Client each : clients) {
                assertThat(each.answer("JOIN " + channel)).anyMatch(line -> line.contains(" JOIN " + channel));
            }
            clients.forEach(Client::all);
            everybodySees(clients, ann, "TOPIC " + channel + " :", ann.limit("TOPICLEN"));
            String topic = filled("x", ann.limit("TOPICLEN"), "$");
            assertThat(bob.answer("TOPIC " + channel)).anyMatch(line -> line.endsWith(" :" + topic));
            assertThat(bob.answer("LIST")).anyMatch(line -> line.endsWith(" :" + topic));
            String real = filled("q", ann.limit("NAMELEN"), "$");
            assertThat(ann.answer("SETNAME :" + real)).anyMatch(line -> line.endsWith(" SETNAME :" + real));
            assertThat(cyd.all()).anyMatch(line -> line.endsWith(" SETNAME :" + real));
            assertThat(bob.answer("WHO " + channel)).anyMatch(line -> line.endsWith(" :0 " + real));
            assertThat(bob.answer("WHOIS " + ann.nick)).anyMatch(line -> line.endsWith(" * :" + real));
            String away = filled("w", ann.limit("AWAYLEN"), "$");
            ann.answer("AWAY :" + away);
            assertThat(cyd.all()).anyMatch(line -> line.endsWith(" AWAY :" + away));
            assertThat(bob.answer("PRIVMSG " + ann.nick + " :hi")).anyMatch(line -> line.endsWith(" :" + away));
            ann.answer("MODE " + channel + " +k " + "k".repeat(ann.limit("KEYLEN")));
            assertThat(bob.all()).anyMatch(line -> line.endsWith(" +k " + "k".repeat(32)));
            twentyBans(clients, channel);
            messages(clients, channel);
            watching(clients);
            String why = filled("x", ann.limit("KICKLEN"), "$");
            ann.say("KICK " + channel + " " + cyd.nick + " :" + why);
            for (Client each : clients) {
                assertThat(each.all()).anyMatch(line -> line.endsWith(" " + cyd.nick + " :" + why));
            }
            ann.answer("CHATHISTORY LATEST " + channel + " * 100");
            ann.answer("METADATA " + channel + " SET " + "k".repeat(64) + " :" + "v".repeat(60));
            ann.answer("METADATA " + channel + " LIST");
            ann.answer("NAMES " + channel);
            ann.answer("USERHOST " + ann.nick + " " + bob.nick + " " + cyd.nick);
            ann.answer("WHO " + channel + " %tcuihsnfdlaor,123");
            ann.answer("RENAME " + channel + " "
                    + filled(letter, channel.getBytes(UTF_8).length - 1, "9").replaceFirst("^", "#") + " :"
                    + "y".repeat(100));
            bob.all();
            ann.answer("MARKREAD " + "z".repeat(490));
            ann.answer("CHATHISTORY LATEST " + "z".repeat(480) + " * 9");
            ann.answer("HELP");
            ann.answer("VERSION");
            ann.answer("ADMIN");
        }
    }

    private static void everybodySees(List<Client> clients, Client by, String start, int limit) {
        String text = filled("x", limit, "$");
        by.say(start + text);
        for (Client each : clients) {
            assertThat(each.all()).anyMatch(line -> line.endsWith(" " + start + text));
        }
    }

    /** As many as one command may set, as long as its line holds; others get longer ones, since each is completed. */
    private static void twentyBans(List<Client> clients, String channel) {
        Client ann = clients.get(0);
        String command = "MODE " + channel + " +" + "b".repeat(ann.limit("MODES"));
        int each = (LINE - 2 - command.getBytes(UTF_8).length) / ann.limit("MODES") - 1;
        List<String> masks = new ArrayList<>();
        for (int i = 0; i < ann.limit("MODES"); i++) {
            masks.add("m".repeat(each - 2) + (10 + i));
        }
        ann.answer(command + " " + String.join(" ", masks));
        List<String> told = clients.get(1).all();
        assertThat(masks).allMatch(mask -> told.stream().anyMatch(line -> hasWord(line, mask + "!*@*")));
        List<String> listed = clients.get(1).answer("MODE " + channel + " +b");
        assertThat(masks).allMatch(mask -> listed.stream().anyMatch(line -> hasWord(line, mask + "!*@*")));
    }

    private static boolean hasWord(String line, String word) {
        return List.of(line.split(" ", -1)).contains(word);
    }

    /** As much as the line of others holds is shown whole; one byte more is refused, and shown to nobody. */
    private static void messages(List<Client> clients, String channel) {
        Client bob = clients.get(1);
        bob.answer("PRIVMSG " + channel + " :.");
        String own = clients.get(0).all().stream()
                .filter(line -> line.endsWith(" :."))
                .findFirst()
                .orElseThrow();
        clients.get(2).all();
        int left = LINE - 2 - own.getBytes(UTF_8).length + ".".length() + "PRIVMSG".length();
        for (String verb : List.of("PRIVMSG", "NOTICE")) {
            String text = "p".repeat(left - verb.length());
            assertThat(bob.answer(verb + " " + channel + " :" + text + "p"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains(" 417 "));
            assertThat(clients.get(2).all()).isEmpty();
            bob.answer(verb + " " + channel + " :" + text);
            assertThat(clients.get(2).all()).anyMatch(line -> line.endsWith(" :" + text));
            clients.get(0).all();
        }
        clients.get(1).all();
    }

    private static void watching(List<Client> clients) {
        Client ann = clients.get(0);
        String names = ann.nick + "," + clients.get(1).nick + "," + clients.get(2).nick;
        assertThat(String.join("", ann.answer("MONITOR + " + names)))
                .contains(ann.nick + "!", clients.get(1).nick + "!", clients.get(2).nick + "!");
        assertThat(String.join("", ann.answer("MONITOR L"))).contains(names.split(",", -1));
        assertThat(ann.answer("ISON " + names.replace(',', ' '))).anyMatch(line -> line.contains(ann.nick + " "));
    }

    /** What is named in one line may be more than the answer holds beside its beginning. */
    @Test
    void allNamesThatAreAskedForAreAnswered() {
        try (TestServer server = TestServer.start("teahouse.limits.monitor = 1", "teahouse.flood.enabled = off");
                Client ann = new Client(server, "ann", "")) {
            List<String> names = new ArrayList<>();
            for (int i = 100; i < 160; i++) {
                names.add("nick" + i);
            }
            String asked = String.join(",", names);
            List<String> told = ann.answer("MONITOR + " + asked);
            assertThat(names.subList(1, 60))
                    .allMatch(name -> told.stream().anyMatch(line -> line.contains(" 734 ") && line.contains(name)));
        }
    }
}
