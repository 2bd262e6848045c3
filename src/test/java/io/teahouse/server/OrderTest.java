package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When ann has the PONG that she asked for after a command, what the command did stands ahead of the answer to a PING
 * that bob sends afterwards; while others talk as fast as they can, in the same channel and in another one.
 */
class OrderTest {
    private static final int TALKERS = 4;
    private static final int ROUNDS = 20;

    private final AtomicBoolean talking = new AtomicBoolean(true);
    private final List<Thread> talkers = new ArrayList<>();
    private TestServer server;
    private Peer ann;
    private Peer bob;
    private int pings;

    @BeforeEach
    void open() {
        server = TestServer.start(
                "teahouse.flood.enabled = off",
                "teahouse.irc.operators = [ { name = root, password = secret } ]",
                "teahouse.limits.send-queue-bytes = 64 MiB");
        ann = register("ann");
        bob = register("bob");
        ask(ann, "JOIN #tea");
        ask(bob, "JOIN #tea");
        ask(ann, "OPER root secret");
        ask(bob, "MODE bob +w");
        for (int i = 0; i < TALKERS; i++) {
            Thread talker = new Thread(i % 2 == 0 ? this::talkInTea : this::talkElsewhere);
            talker.start();
            talkers.add(talker);
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        talking.set(false);
        for (Thread talker : talkers) {
            talker.join();
        }
        ann.close();
        bob.close();
        server.close();
    }

    private Peer register(String name) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("CAP REQ :message-tags away-notify setname extended-monitor draft/channel-rename\r\nNICK " + name);
        ask(peer, "USER " + name + " 0 * :x\r\nCAP END");
        return peer;
    }

    /** Has something done, and returns all that is seen up to the answer to a PING that was sent with it. */
    private List<String> ask(Peer peer, String command) {
        String token = "ping" + pings++;
        peer.say(command + "\r\nPING " + token + "\r");
        List<String> seen = new ArrayList<>();
        for (String line = peer.line().strip();
                !line.endsWith(":" + token);
                line = peer.line().strip()) {
            seen.add(line);
        }
        return seen;
    }

    private void talkInTea() {
        talk("#tea");
    }

    private void talkElsewhere() {
        talk("#elsewhere");
    }

    private void talk(String channel) {
        String name = "talker" + Thread.currentThread().getId();
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("NICK " + name + "\r\nUSER x 0 * :x\r\nJOIN " + channel + "\r");
        for (int i = 0; talking.get(); i++) {
            String token = "talk" + i;
            peer.say(("PRIVMSG " + channel + " :and so on\r\n").repeat(20) + "PING " + token + "\r");
            String line = peer.line();
            while (!line.contains(token)) {
                line = peer.line();
            }
        }
        peer.close();
    }

    /** What ann does | what is done before it, so that it can be done | what bob sees; N is another number each time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRIVMSG #tea :wordN||PRIVMSG #tea :wordN",
                "NOTICE #tea :wordN||NOTICE #tea :wordN",
                "@+x=N TAGMSG #tea||TAGMSG #tea",
                "PRIVMSG bob :wordN||PRIVMSG bob :wordN",
                "NOTICE bob :wordN||NOTICE bob :wordN",
                "@+x=N TAGMSG bob||TAGMSG bob",
                "PRIVMSG #tea,bob :wordN||PRIVMSG bob :wordN",
                "TOPIC #tea :topicN||TOPIC #tea :topicN",
                "MODE #tea +b maskN!*@*||MODE #tea +b maskN!*@*",
                "MODE #tea +k keyN||MODE #tea +k keyN",
                "AWAY :awayN||AWAY :awayN",
                "SETNAME :nameN||SETNAME :nameN",
                "NICK annN||NICK :?annN",
                "PART #tea :byeN|JOIN #tea|PART #tea :byeN",
                "JOIN #tea|PART #tea|JOIN #tea",
                "WALLOPS :wallopN||WALLOPS :?wallopN",
                "INVITE bob #roomN|JOIN #roomN|INVITE bob :?#roomN",
                "RENAME #tea #TEA|RENAME #tea #tea|RENAME #tea #TEA"
            })
    void whatWasDoneIsSeenBeforeWhatIsAskedAfterwards(String what) {
        String[] parts = what.split("\\|", -1);
        for (int i = 1; i <= ROUNDS; i++) {
            String number = Integer.toString(1000 + i);
            if (!parts[1].isEmpty()) {
                ask(ann, with(parts[1], number));
                ask(bob, "");
            }
            ask(ann, with(parts[0], number));
            List<String> seen = ask(bob, "");
            String pattern = "(@\\S+ )?:ann\\d*!\\S+ " + with(parts[2], number).replaceAll("([+*{}])", "\\\\$1") + ".*";
            assertThat(seen).as("what bob sees after %s", what).anyMatch(line -> line.matches(pattern));
        }
    }

    /** Only the N that stands for a number, not those of the words. */
    private static String with(String template, String number) {
        return template.replaceAll("(?<![A-Z])N(?![A-Z])", number);
    }
}
