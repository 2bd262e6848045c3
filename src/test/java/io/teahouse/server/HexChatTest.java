package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HexChat (ann), an IRC client with windows, and cyd at a plain connection in the same room. */
class HexChatTest {
    @TempDir
    private Path folder;

    private TestServer server;
    private Peer cyd;
    private HexChat ann;

    @BeforeEach
    void open() throws IOException {
        Tools.require("Xvfb", "dbus-daemon", "dbus-send", "hexchat");
        server = TestServer.start();
        cyd = Peer.enter("cyd", server.port());
        cyd.say("/topic green tea");
        cyd.expect("cyd has set the topic: green tea");
        ann = new HexChat(folder, "ann", server.port("irc"));
        cyd.expect("ann has joined the chat");
        ann.sees("Now talking on #lobby");
        ann.goesTo("#lobby");
    }

    @AfterEach
    void close() {
        ann.close();
        cyd.close();
        server.close();
    }

    @Test
    void itTalksWithSomebodyAtNetcat() {
        ann.sees("Topic for #lobby is: green tea");
        ann.does("say hello from HexChat");
        cyd.expect("ann: hello from HexChat");
        cyd.say("grüße, 你好");
        ann.sees("<cyd>\tgrüße, 你好");
        cyd.expect("cyd: grüße, 你好");
        ann.does("me waves");
        cyd.expect("* ann waves");
        ann.does("topic black tea");
        cyd.expect("ann has set the topic: black tea");
        ann.sees("ann has changed the topic to: black tea");
        ann.does("nick anna");
        cyd.expect("ann is now called anna");
        ann.does("whois cyd");
        ann.sees("[cyd] #lobby");
        ann.does("quit so long");
        cyd.expect("anna has left the chat... (so long)");
        assertThat(ann.shown()).doesNotContainIgnoringCase("unknown command").doesNotContainIgnoringCase("not enough");
    }

    /** MONITOR: it reads what stands after the colon, and showed nobody without one. */
    @Test
    void itShowsWhoOfItsFriendsComesAndGoes() {
        ann.does("notify bob");
        ann.does("say who comes?"); // after the MONITOR that it sends by itself
        cyd.expect("ann: who comes?");
        try (Peer bob = Peer.connect("bob", server.port())) {
            bob.say("bob");
            ann.sees("bob is online");
            bob.say("/quit");
            ann.sees("bob is offline");
        }
    }
}
