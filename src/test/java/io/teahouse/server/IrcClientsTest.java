package io.teahouse.server;

import io.teahouse.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two IRC clients that people use, irssi (ann) and WeeChat (bob), with cyd at a plain connection in the same room. */
class IrcClientsTest {
    @TempDir
    private Path folder;

    /** Both clients wait for seconds before each line they send, unless they are told not to. */
    private static final String IRSSI_WITHOUT_PAUSES =
            "settings = { \"irc/core\" = { cmd_queue_speed = \"1msec\"; cmds_max_at_once = \"1000\"; }; };\n";

    private static final String WEECHAT_WITHOUT_PAUSES =
            " -r '/set irc.server.test.anti_flood_prio_high 0' -r '/set irc.server.test.anti_flood_prio_low 0'";

    private TestServer server;
    private Terminals terminals;
    private Peer cyd;

    @BeforeEach
    void open() throws IOException {
        Tools.require("tmux", "irssi", "weechat");
        server = TestServer.start();
        int port = server.port("irc");
        terminals = new Terminals(folder);
        Path irssi = Files.createDirectory(folder.resolve("irssi"));
        Files.writeString(irssi.resolve("config"), IRSSI_WITHOUT_PAUSES);
        Path weechat = Files.createDirectory(folder.resolve("weechat"));
        cyd = Peer.enter("cyd", server.port());
        terminals.open("irssi", "irssi --home=" + irssi + " -c 127.0.0.1 -p " + port + " -n ann");
        terminals.sees("irssi", "There are");
        terminals.type("irssi", "/join #lobby");
        cyd.expect("ann has joined the chat");
        terminals.sees("irssi", "Irssi: #lobby: Total of 2 nicks");
        String add = "/server add test 127.0.0.1/" + port;
        String nick = "/set irc.server.test.nicks bob";
        terminals.open(
                "weechat",
                "weechat --dir " + weechat + " -r '" + add + "' -r '" + nick + "'" + WEECHAT_WITHOUT_PAUSES
                        + " -r '/connect test'");
        terminals.sees("weechat", "Welcome to the Teahouse Network");
        terminals.type("weechat", "/join #lobby");
        cyd.expect("bob has joined the chat");
        terminals.sees("weechat", "Channel #lobby: 3 nicks");
        terminals.sees("irssi", "bob", "has joined #lobby");
    }

    @AfterEach
    void close() {
        cyd.close();
        terminals.close();
        server.close();
    }

    @Test
    void theyTalkWithEachOtherAndWithSomebodyAtNetcat() {
        terminals.type("irssi", "hello from irssi");
        cyd.expect("ann: hello from irssi");
        terminals.sees("weechat", "ann", "hello from irssi");
        terminals.type("weechat", "grüße, 你好");
        cyd.expect("bob: grüße, 你好");
        terminals.sees("irssi", "bob>", "grüße, 你好");
        cyd.say("hello from nc");
        terminals.sees("irssi", "cyd>", "hello from nc");
        terminals.sees("weechat", "cyd", "hello from nc");
        terminals.type("irssi", "/me waves");
        cyd.expect("cyd: hello from nc").expect("* ann waves");
        terminals.sees("weechat", "ann waves");
        terminals.type("weechat", "/msg ann psst");
        terminals.type("irssi", "/query bob");
        terminals.sees("irssi", "bob>", "psst");
    }

    @Test
    void theySeeTopicNamesAndWhoIsAway() {
        cyd.say("/topic green tea");
        terminals.sees("irssi", "cyd changed the topic of #lobby to: green tea");
        terminals.sees("weechat", "cyd has changed topic for #lobby to \"green tea\"");
        terminals.type("irssi", "/names");
        terminals.sees("irssi", "[ bob]", "[ cyd]");
        terminals.type("weechat", "/away having tea");
        terminals.sees("weechat", "[bob away: having tea]");
        terminals.type("irssi", "/whois bob");
        terminals.type("irssi", "/window 1");
        terminals.sees("irssi", "away", "having tea");
        terminals.type("irssi", "/nick anna");
        cyd.expect("cyd has set the topic: green tea").expect("ann is now called anna");
        terminals.sees("weechat", "ann is now known as anna");
    }

    @Test
    void whoKeepsOrderKicksAndBans() {
        terminals.type("irssi", "/join #own");
        terminals.sees("irssi", "Irssi: #own: Total of 1 nicks");
        terminals.type("weechat", "/join #own");
        terminals.sees("irssi", "bob", "has joined #own");
        terminals.type("irssi", "/mode #own +b bob!*@*");
        terminals.sees("weechat", "Mode #own [+b bob!*@*] by ann");
        terminals.type("irssi", "/kick bob enough now");
        terminals.sees("weechat", "ann has kicked bob (enough now)");
        terminals.type("weechat", "/join #own");
        terminals.sees("weechat", "Cannot join channel (+b)");
        terminals.type("irssi", "/mode #own +i-b bob!*@*");
        terminals.sees("irssi", "mode/#own [+i-b bob!*@*] by ann");
        terminals.type("weechat", "/join #own");
        terminals.sees("weechat", "Cannot join channel (+i)");
        terminals.type("irssi", "/invite bob #own");
        terminals.type("irssi", "/window 1");
        terminals.sees("irssi", "Inviting bob to #own");
        terminals.type("irssi", "/window 3");
        terminals.type("weechat", "/join #own");
        terminals.sees("irssi", "bob", "has joined #own");
        terminals.type("weechat", "/quit so long");
        cyd.expect("bob has left the chat... (so long)");
        terminals.sees("irssi", "bob", "has quit [so long]");
    }
}
