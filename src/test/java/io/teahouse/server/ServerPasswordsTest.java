package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.teahouse.TestServer;
import org.junit.jupiter.api.Test;

/** The password of the server and those of its operators, tried by somebody who does not know them. */
class ServerPasswordsTest {
    private static final String ROOT = "teahouse.irc.operators = [ { name = root, password = secret } ]";
    private static final String[] FEW = {
        "teahouse.accounts.failures-burst = 2", "teahouse.accounts.failures-per-minute = 1"
    };

    private static Peer enter(TestServer server, String name) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("NICK " + name + "\r\nUSER " + name + " 0 * :x");
        peer.until(" 001 ");
        return peer;
    }

    private static String pass(TestServer server, String name, String password) {
        try (Peer peer = Peer.connect(name, server.port("irc"))) {
            peer.say("PASS " + password + "\r\nNICK " + name + "\r\nUSER " + name + " 0 * :x");
            return peer.until(" ");
        }
    }

    @Test
    void whoGuessesAnOperatorsPasswordHasToWait() {
        try (TestServer server = TestServer.start(ROOT, FEW[0], FEW[1]);
                Peer peer = enter(server, "ann")) {
            for (String guess : new String[] {"root wrong", "nobody wrong"}) {
                peer.say("OPER " + guess);
                assertThat(peer.until(" 464 ")).endsWith(" 464 ann :Password incorrect");
            }
            peer.say("OPER root secret");
            assertThat(peer.until(" 464 ")).contains("try again in ");
        }
    }

    @Test
    void whoGuessesThePasswordOfTheServerHasToWait() {
        try (TestServer server = TestServer.start("teahouse.irc.password = tea", FEW[0], FEW[1])) {
            assertThat(pass(server, "ann", "tea")).contains(" 001 ");
            assertThat(pass(server, "bob", "wrong")).contains(" 464 bob :Password incorrect");
            assertThat(pass(server, "bob", "wrong")).contains(" 464 bob :Password incorrect");
            assertThat(pass(server, "bob", "tea")).contains(" 464 bob :").contains("try again in ");
        }
    }

    @Test
    void whoGuessesTheKeyOfARoomHasToWait() {
        try (TestServer server = TestServer.start(FEW[0], FEW[1]);
                Peer ann = enter(server, "ann");
                Peer bob = enter(server, "bob")) {
            ann.say("JOIN #tea\r\nMODE #tea +k 4711");
            ann.until(" MODE #tea +k ");
            bob.say("JOIN #tea");
            bob.until(" 475 ");
            for (String guess : new String[] {"4709", "4710"}) {
                bob.say("JOIN #tea " + guess);
                bob.until(" 475 ");
            }
            bob.say("JOIN #tea 4711");
            bob.until(" 475 ");
            bob.say("JOIN #other");
            bob.until(" JOIN #other");
        }
    }

    @Test
    void whoBecomesAnOperatorOrFailsIsInTheLogAndNoPasswordIs() {
        try (LogLines log = new LogLines(Level.TRACE);
                TestServer server = TestServer.start(ROOT, "teahouse.irc.password = teapot");
                Peer peer = Peer.connect("ann", server.port("irc"))) {
            pass(server, "bob", "kettle");
            peer.say("PASS teapot\r\nNICK ann\r\nUSER ann 0 * :x");
            peer.until(" 001 ");
            peer.say("OPER root mistaken");
            peer.until(" 464 ");
            peer.say("OPER swapped root");
            peer.until(" 464 ");
            peer.say("OPER root secret");
            peer.until(" 381 ");
            assertThat(log.about("PASS: wrong password, from 127.0.0.1")).hasSize(1);
            assertThat(log.about("OPER root by ann: wrong password, from 127.0.0.1"))
                    .hasSize(1);
            assertThat(log.about("OPER with a name of none by ann: wrong password, from 127.0.0.1"))
                    .hasSize(1);
            assertThat(log.about("OPER root by ann: right password, from 127.0.0.1"))
                    .hasSize(1);
            for (String password : new String[] {"kettle", "teapot", "mistaken", "secret", "swapped"}) {
                assertThat(log.about(password)).isEmpty();
            }
        }
    }
}
