package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.server.FaultyLogs.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The past at the IRC door, where it is long, and where the store does not do what it should. */
class HistoryTest {
    private static final int MESSAGES = 1000;

    private static Peer irc(TestServer server, String name, String capabilities) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :" + capabilities + "\r\nNICK " + name + "\r\nUSER u 0 * :r\r\nCAP END\r\nJOIN #tea\r");
        peer.until(" 366 ");
        return peer;
    }

    @Test
    void aLongAnswerIsWrittenAsItIsRead() {
        try (TestServer server = TestServer.start(
                        "teahouse.flood.enabled = off",
                        "teahouse.limits.send-queue-bytes = 64 KiB",
                        "teahouse.limits.socket-send-buffer-bytes = 8 KiB",
                        "teahouse.limits.history = " + MESSAGES);
                Peer ann = irc(server, "ann", "message-tags");
                Peer bob = irc(server, "bob", "message-tags batch draft/chathistory labeled-response")) {
            for (int i = 0; i < MESSAGES; i++) {
                ann.say("PRIVMSG #tea :" + i + " " + "x".repeat(400) + "\r");
                bob.until(" PRIVMSG #tea :" + i + " ");
            }
            bob.say("@label=a CHATHISTORY LATEST #tea * " + MESSAGES + "\r\nPING after\r");
            assertThat(bob.line()).matches("@label=a :teahouse.local BATCH \\+\\w+ chathistory #tea\r");
            List<String> numbers = new ArrayList<>();
            for (String line = bob.line(); !line.contains(" BATCH -"); line = bob.line()) {
                assertThat(line).startsWith("@batch=").doesNotContain("label=");
                numbers.add(line.replaceAll(".* :(\\d+) x+\r", "$1"));
            }
            assertThat(numbers).hasSize(MESSAGES);
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(numbers.get(i)).isEqualTo("" + i);
            }
            assertThat(bob.line()).endsWith(" PONG teahouse.local :after\r");
        }
    }

    @Test
    void whatWasSaidBeforeIsShownBeforeWhatIsSaidMeanwhile() {
        FaultyLogs logs = new FaultyLogs();
        try (TestServer server = TestServer.start(logs, "teahouse.irc.history-lines = 10");
                Peer ann = irc(server, "ann", "echo-message");
                Peer cyd = irc(server, "cyd", "multi-prefix")) {
            ann.say("PRIVMSG #tea :old\r");
            ann.until(" :old");
            logs.keepReadersWaiting();
            try (Peer bob = irc(server, "bob", "multi-prefix")) {
                ann.say("PRIVMSG #tea :new\r");
                ann.until(" :new");
                cyd.say("QUIT :bye\r");
                ann.until(" QUIT ");
                logs.answerReaders();
                assertThat(bob.line()).endsWith("] old\r");
                assertThat(bob.line()).endsWith(" PRIVMSG #tea :new\r");
                assertThat(bob.line()).endsWith(" QUIT :bye\r");
            }
        }
    }

    @Test
    void whoAsksForStandardRepliesIsToldByOneThatAMessageIsNotStored() {
        FaultyLogs logs = new FaultyLogs();
        try (TestServer server = TestServer.start(logs);
                Peer ann = irc(server, "ann", "standard-replies echo-message");
                Peer bob = irc(server, "bob", "echo-message")) {
            ann.until(" JOIN ");
            for (String verb : List.of("PRIVMSG", "NOTICE")) {
                logs.have(Fault.NOT_STORED);
                ann.say(verb + " #tea :lost\r");
                ann.expect(":teahouse.local FAIL " + verb + " NOT_STORED #tea :not stored, nobody saw it: try again\r");
            }
            logs.have(Fault.NOT_STORED);
            ann.say("TOPIC #tea :lost\r");
            ann.expect(":teahouse.local FAIL TOPIC NOT_STORED #tea :not stored, nobody saw it: try again\r");
            logs.have(Fault.NOT_STORED);
            bob.say("PRIVMSG #tea :lost\r");
            bob.expect(":teahouse.local 404 bob #tea :Cannot send to channel (not stored, nobody saw it: try again)\r");
            logs.have(Fault.NOT_STORED);
            bob.say("NOTICE #tea :lost\r\nPING after\r");
            bob.expect(":teahouse.local PONG teahouse.local :after\r");
            ann.say("PRIVMSG #tea :kept\r");
            assertThat(ann.line()).endsWith(" PRIVMSG #tea :kept\r");
            assertThat(bob.line()).endsWith(" PRIVMSG #tea :kept\r");
        }
    }

    @Test
    void whoseMessageIsInDoubtIsToldOfWhichOne() {
        FaultyLogs logs = new FaultyLogs();
        try (TestServer server = TestServer.start(logs, "teahouse.store.timeout = 100 ms");
                Peer ann = irc(server, "ann", "echo-message");
                Peer bob = irc(server, "bob", "echo-message")) {
            ann.until(" JOIN ");
            logs.have(Fault.STORED_WITHOUT_ANSWER);
            ann.say("PRIVMSG bob :psst\r");
            assertThat(ann.line()).startsWith(":teahouse.local NOTE PRIVMSG IN_DOUBT bob :");
            assertThat(ann.line()).endsWith(" PRIVMSG bob :psst\r");
            assertThat(bob.line()).endsWith(" PRIVMSG bob :psst\r");
        }
    }
}
