package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses in what is stored, with several servers on one file after each other. */
class CloakedHistoryTest {
    @TempDir
    private Path folder;

    private TestServer start(String cloak) {
        return TestServer.start(
                "teahouse.store.kind = sqlite",
                "teahouse.store.path = \"" + folder.resolve("tea.db") + "\"",
                "teahouse.irc.cloak = " + cloak);
    }

    private static Peer irc(String name, TestServer server) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :message-tags echo-message batch draft/chathistory soju.im/search\r\nNICK " + name
                + "\r\nUSER " + name + " 0 * :x\r\nCAP END\r\nJOIN #tea\r");
        peer.until(" 366 ");
        return peer;
    }

    private static String say(TestServer server, String text) {
        try (Peer ann = irc("ann", server)) {
            ann.say("PRIVMSG #tea :" + text + "\r\nTOPIC #tea :" + text + "\r");
            ann.until(" TOPIC #tea ");
            return host(ann, "PRIVMSG #tea :", "PRIVMSG #tea :" + text + "x\r");
        }
    }

    private static String host(Peer peer, String what, String ask) {
        peer.say(ask);
        return peer.until(what).replaceAll(".*ann!ann@([^ ]*) .*", "$1").trim();
    }

    @Test
    void whatWasSaidBeforeIsShownAsIfItWereSaidNow() {
        try (TestServer server = start("off")) {
            assertThat(say(server, "old")).isEqualTo("127.0.0.1");
        }
        String cloak;
        try (TestServer server = start("on")) {
            cloak = say(server, "new");
            assertThat(cloak).endsWith(".ip");
        }
        try (TestServer server = start("on");
                Peer bob = irc("bob", server)) {
            List<String> seen = new ArrayList<>();
            for (String ask : List.of("CHATHISTORY LATEST #tea * 50", "SEARCH in=#tea;text=old")) {
                bob.say(ask + "\r\nPING " + ask.charAt(0) + "\r");
                String line = bob.line();
                while (!line.contains("PONG")) {
                    seen.add(line);
                    line = bob.line();
                }
            }
            assertThat(seen).noneMatch(line -> line.contains("127.0.0.1"));
            assertThat(seen)
                    .filteredOn(line -> line.contains("PRIVMSG #tea :old"))
                    .hasSize(4);
            assertThat(seen)
                    .filteredOn(line -> line.contains("PRIVMSG #tea"))
                    .allMatch(line -> line.contains("@" + cloak + " "));
        }
    }
}
