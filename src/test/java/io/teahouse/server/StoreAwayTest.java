package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.store.PostgresProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server while its PostgreSQL is away, and when it is back. */
class StoreAwayTest {
    private static final String LOGIN = "AUTHENTICATE PLAIN\r\nAUTHENTICATE YW5uAGFubgBzZXNhbWU=\r"; // ann, ann, sesame

    @TempDir
    private Path folder;

    private static TestServer start(String url) {
        return TestServer.start(
                "teahouse.store { kind = postgresql, url = \"" + url + "\", timeout = 2 s, retry-interval = 50 ms }",
                "teahouse.accounts { hash-memory-kib = 16, scram-iterations = 4096 }",
                "teahouse.flood.enabled = off");
    }

    private static Peer irc(String name, TestServer server) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :sasl echo-message standard-replies draft/account-registration\r\nNICK " + name + "\r\nUSER "
                + name + " 0 * :x\r\nCAP END\r");
        return peer;
    }

    @Test
    void thoseWhoAreHereGoOnOthersComeInAndNothingHasToBeDoneWhenItIsBack() throws Exception {
        try (PostgresProcess postgres = PostgresProcess.start(folder);
                TestServer server = start(postgres.url());
                Peer ann = irc("ann", server);
                Peer bob = Peer.enter("bob", server.port())) {
            ann.until(" 376 ");
            ann.say(
                    "REGISTER * * sesame\r\nJOIN #tea,#lobby\r\nMODE #tea +r\r\nTOPIC #tea :green\r\nPRIVMSG #tea :before\r");
            ann.until("PRIVMSG #tea :before");
            bob.until("ann has joined the chat");

            postgres.kill();

            ann.say("PRIVMSG #tea :lost\r");
            ann.until("FAIL PRIVMSG NOT_STORED #tea ");
            bob.say("lost");
            bob.until("! not stored, ");
            ann.say("TOPIC #tea :black\r");
            ann.until("FAIL TOPIC NOT_STORED #tea ");
            ann.say("TOPIC #tea\r");
            assertThat(ann.until(" #tea :")).contains(" 332 ann #tea :green");
            ann.say("PING x\r");
            ann.until("PONG");
            ann.say("NAMES #lobby\r");
            assertThat(ann.until(" 353 ")).contains("ann").contains("bob");
            ann.say("WHO #tea\r");
            ann.until(" 315 ");
            ann.say("LIST\r");
            ann.until(" 322 ann #tea 1 :green");
            ann.until(" 323 ");
            bob.say("/join tea");
            ann.until(" JOIN #tea");
            bob.say("/nick rob");
            ann.until(" NICK ");
            ann.say("JOIN #new\r");
            assertThat(ann.until("#new")).contains("the store does not answer: try again later");

            try (Peer cyd = irc("cyd", server);
                    Peer dan = irc("dan", server)) {
                cyd.until(" 376 ");
                cyd.say("JOIN #tea\r");
                cyd.until(" 366 ");
                cyd.say("REGISTER * * sesame\r");
                cyd.until("FAIL REGISTER TEMPORARILY_UNAVAILABLE cyd ");
                dan.until(" 376 ");
                dan.say(LOGIN);
                assertThat(dan.until(" 904 ")).contains("try again later");

                postgres.startAgain();

                until(cyd, "#tea", "PRIVMSG #tea :after\r", "FAIL PRIVMSG NOT_STORED", " PRIVMSG #tea :after");
                ann.until("PRIVMSG #tea :after");
                dan.say(LOGIN);
                dan.until(" 900 ");
                until(ann, "#new", "JOIN #new\r", "try again later", " JOIN #new"); // a room asks again by itself, too
                ann.until(" 366 ann #new ");
                ann.say("TOPIC #tea :black\r");
                bob.until("black");
            }
        }
    }

    /** Says it until it is not refused any more. */
    private static void until(Peer peer, String about, String line, String refusal, String done) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        peer.say(line);
        String answer = peer.until(about);
        while (!answer.contains(done)) { // nor in doubt
            assertThat(System.nanoTime()).as("back in time").isLessThan(end);
            if (answer.contains(refusal)) {
                peer.say(line);
            }
            answer = peer.until(about);
        }
    }
}
