package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.store.FaultyDatabase;
import io.teahouse.store.FaultyDatabase.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server on a file, which outlives it, and which may be in trouble. */
class StoredChatTest {
    private static final String IN_DOUBT =
            "! it is not known whether your last message was stored: if it was, it will be shown";
    private static final String NOT_STORED = "! not stored, nobody saw it: try again";

    @TempDir
    private Path folder;

    private TestServer start() {
        return TestServer.start(
                "teahouse.store.kind = sqlite", "teahouse.store.path = \"" + folder.resolve("tea.db") + "\"");
    }

    @Test
    void whatWasSaidAndTheTopicAreThereAfterARestart() {
        try (TestServer server = start();
                Peer ann = Peer.enter("ann", server.port())) {
            ann.say("/topic green tea");
            ann.until("green tea");
            ann.say("hello");
            ann.expect("ann: hello");
        }
        try (TestServer server = start();
                Peer bob = Peer.connect("bob", server.port())) {
            bob.say("bob");
            bob.until("green tea");
            bob.say("/history");
            bob.until("ann: hello");
        }
    }

    @Test
    void aRepeatIsRecognisedAfterARestart() {
        String hello = "@+teahouse/id=once PRIVMSG #tea :hello\r";
        String first;
        try (TestServer server = start();
                Peer ann = irc("ann", server)) {
            ann.say(hello);
            first = ann.until("PRIVMSG #tea :hello");
        }
        try (TestServer server = start();
                Peer ann = irc("ann", server)) {
            ann.say(hello);
            assertThat(id(ann.until("PRIVMSG #tea :hello"))).isEqualTo(id(first));
            ann.say("@+teahouse/id=other PRIVMSG #tea :hello\r");
            assertThat(id(ann.until("PRIVMSG #tea :hello"))).isNotEqualTo(id(first));
        }
    }

    private static String id(String line) {
        return line.replaceAll(".*msgid=([^; ]*).*", "$1");
    }

    private static Peer irc(String name, TestServer server) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :message-tags echo-message labeled-response batch\r\nNICK " + name + "\r\nUSER " + name
                + " 0 * :x\r\nCAP END\r\nJOIN #tea\r");
        peer.until(" 366 ");
        return peer;
    }

    @Test
    void aMessageWhoseCommitLostItsAnswerIsShownOnce() {
        try (FaultyDatabase.Opened opened = FaultyDatabase.open(folder.resolve("tea.db"));
                TestServer server = TestServer.start(opened.store().logs());
                Peer ann = Peer.enter("ann", server.port());
                Peer bob = Peer.enter("bob", server.port())) {
            ann.expect("bob has joined the chat");
            opened.database().have(Fault.LOST_ANSWER);
            ann.say("hello");
            ann.expect(IN_DOUBT);
            ann.expect("ann: hello");
            bob.expect("ann: hello");
            ann.say("after");
            ann.expect("ann: after");
            bob.expect("ann: after");
        }
        try (TestServer server = start();
                Peer eve = Peer.enter("eve", server.port())) {
            eve.say("/history");
            assertThat(eve.until("ann: ")).endsWith("ann: hello");
            assertThat(eve.line()).endsWith("ann: after");
        }
    }

    @Test
    void onAFullDiskMessagesAreRefusedAndTheChatLives() {
        try (FaultyDatabase.Opened opened = FaultyDatabase.open(folder.resolve("tea.db"));
                TestServer server = TestServer.start(opened.store().logs());
                Peer ann = Peer.enter("ann", server.port())) {
            ann.say("before");
            ann.expect("ann: before");
            opened.database().have(Fault.READ_ONLY);
            ann.say("lost");
            ann.expect(NOT_STORED);
            try (Peer bob = Peer.enter("bob", server.port())) {
                ann.expect("bob has joined the chat");
                bob.say("/who");
                bob.until("ann");
                bob.say("/history");
                bob.until("ann: before");
                opened.database().have(Fault.NONE);
                ann.say("after");
                ann.expect("ann: after");
                bob.expect("ann: after");
            }
        }
    }
}
