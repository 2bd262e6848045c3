package io.teahouse.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The chat page in a real browser, in one room with people who have other clients. */
@Tag("browser")
class ChatPageClientsTest {
    @TempDir
    private Path folder;

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void twoPagesAPhoneNetcatAndIrssiTalk() throws IOException {
        Tools.require("tmux", "irssi", "nc");
        Path irssi = Files.createDirectory(folder.resolve("irssi"));
        try (Terminals terminals = new Terminals(folder)) {
            terminals.open("nc", "nc 127.0.0.1 " + chat.server().port());
            terminals.sees("nc", "Welcome to Teahouse");
            terminals.type("nc", "nina");
            terminals.sees("nc", "nina has joined the chat");
            terminals.open(
                    "irssi",
                    "irssi --home=" + irssi + " -c 127.0.0.1 -p "
                            + chat.server().port("irc") + " -n irma");
            terminals.sees("irssi", "There are");
            terminals.type("irssi", "/join #lobby");
            terminals.sees("irssi", "Irssi: #lobby: Total of 3 nicks");
            ChatPage ann = chat.enter("ann");
            ChatPage bob = chat.enter("bob");
            ChatPage phone = chat.visit(chat.browser().phone(360, 640)).enter("pia");
            terminals.type("nc", "hello from nc");
            terminals.type("irssi", "hello from irssi, 你好");
            for (ChatPage page : new ChatPage[] {ann, bob, phone}) {
                page.sees("hello from nc");
                page.sees("hello from irssi, 你好");
            }
            ann.say("hello from a page");
            phone.type("hello from a phone");
            phone.button("Send").tap();
            for (String terminal : new String[] {"nc", "irssi"}) {
                terminals.sees(terminal, "ann", "hello from a page");
                terminals.sees(terminal, "pia", "hello from a phone");
            }
            bob.sees("hello from a page");
            bob.sees("hello from a phone");
        }
        // their programs have ended
        ChatPage last = chat.enter("last");
        assertThat(last.locator("#members .member", "irma")).hasCount(0);
    }

    @Test
    void severalLinesAreOneMessageForClientsThatKnowThem() {
        ChatPage ann = chat.enter("ann");
        try (Peer able = ircClient("able", "batch draft/multiline");
                Peer old = ircClient("old", "")) {
            ann.type("one\ntwo");
            ann.field().press("Enter");
            ann.sees("one\ntwo");
            String begin = able.until("BATCH +");
            Assertions.assertThat(begin).contains(" draft/multiline #lobby");
            String id = begin.replaceAll(".*BATCH \\+(\\S+) .*", "$1");
            Assertions.assertThat(able.line()).startsWith("@batch=" + id + " ").contains("PRIVMSG #lobby :one");
            Assertions.assertThat(able.line()).startsWith("@batch=" + id + " ").contains("PRIVMSG #lobby :two");
            Assertions.assertThat(able.line()).contains("BATCH -" + id);
            Assertions.assertThat(old.until("PRIVMSG")).endsWith(" :one");
            Assertions.assertThat(old.until("PRIVMSG")).endsWith(" :two");
            able.say("BATCH +x draft/multiline #lobby");
            able.say("@batch=x PRIVMSG #lobby :three and");
            able.say("@batch=x;draft/multiline-concat PRIVMSG #lobby : four");
            able.say("@batch=x PRIVMSG #lobby :five");
            able.say("BATCH -x");
            ann.sees("three and four\nfive");
        }
    }

    private Peer ircClient(String nick, String capabilities) {
        Peer client = Peer.connect(nick, chat.server().port("irc"));
        client.say("CAP REQ :" + capabilities);
        client.say("NICK " + nick);
        client.say("USER " + nick + " 0 * :x");
        client.say("CAP END");
        client.say("JOIN #lobby");
        client.until(" 366 ");
        return client;
    }
}
