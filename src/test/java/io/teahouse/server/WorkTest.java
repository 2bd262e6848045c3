package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expensive is paid by an address, not by each of its connections. */
class WorkTest {
    private static final String[] LITTLE = {
        "teahouse.flood.work-burst = 44",
        "teahouse.flood.work-per-second = 0.01",
        "teahouse.limits.classes = [ { addresses = [ \"127.0.0.9\" ], flood = off } ]"
    };

    private static Peer from(String address, String name, TestServer server) {
        Peer peer = Peer.connect(name, address, server.port(), 0);
        peer.enter();
        return peer;
    }

    /** What it says after its command is said when that has been done. */
    @ParameterizedTest
    @ValueSource(strings = {"/history 1000", "/search tea"})
    void connectionsOfOneAddressShareWhatTheyMayAskFor(String command) {
        try (TestServer server = TestServer.start(LITTLE);
                Peer one = from("127.0.0.2", "one", server);
                Peer other = from("127.0.0.2", "other", server);
                Peer gateway = from("127.0.0.9", "gateway", server);
                Peer neighbour = from("127.0.0.3", "neighbour", server)) {
            one.say(command + "\nfirst");
            neighbour.until("one: first");
            other.say(command + "\nsecond");
            gateway.say(command + "\n" + command + "\nthird");
            neighbour.expect("gateway: third");
            neighbour.say(command + "\nfourth");
            neighbour.until("neighbour: fourth");
            other.say("fifth");
            one.say("sixth");
            List<String> seen = new ArrayList<>();
            for (String line = neighbour.line(); !line.contains("sixth"); line = neighbour.line()) {
                seen.add(line);
            }
            assertThat(seen)
                    .as("what the other connection of the address said meanwhile")
                    .isEmpty();
        }
    }

    @Test
    void theIrcDoorChargesTheSameBudget() {
        try (TestServer server = TestServer.start(LITTLE);
                Peer plain = from("127.0.0.2", "plain", server);
                Peer irc = Peer.connect("irc", "127.0.0.2", server.port("irc"), 0);
                Peer neighbour = from("127.0.0.3", "neighbour", server)) {
            plain.say("/history 1000\nfirst");
            neighbour.until("plain: first");
            irc.say("NICK irc\r\nUSER i 0 * :i\r");
            irc.until(" 001 ");
            irc.say("PING before\r");
            irc.until("PONG");
            irc.say("WHO *x*\r\nPRIVMSG neighbour :too late\r");
            plain.say("last");
            neighbour.expect("plain: last");
            neighbour.say("/who");
            neighbour.until("-- in lobby");
        }
    }

    /** Each of them compares the new name with its bans. */
    @Test
    void anotherNameCostsAsManyPointsAsItsOwnerIsInRooms() {
        try (TestServer server = TestServer.start(LITTLE);
                Peer irc = Peer.connect("irc", "127.0.0.2", server.port("irc"), 0);
                Peer neighbour = from("127.0.0.3", "neighbour", server)) {
            irc.say("NICK irc\r\nUSER i 0 * :i\r");
            irc.until(" 001 ");
            for (int i = 0; i < 20; i++) {
                irc.say("JOIN #r" + i + "\r");
                irc.until(" 366 ");
            }
            irc.say("NICK one\r");
            irc.until("NICK one");
            irc.say("NICK two\r\nPRIVMSG neighbour :too late\r");
            neighbour.say("/who\nlast");
            neighbour.until("-- in lobby");
            neighbour.expect("neighbour: last");
        }
    }

    @Test
    void talkingCostsAnAddressNothing() {
        try (TestServer server =
                        TestServer.start("teahouse.flood.work-burst = 1", "teahouse.flood.work-per-second = 0.01");
                Peer one = from("127.0.0.2", "one", server);
                Peer other = from("127.0.0.2", "other", server)) {
            for (int i = 0; i < 15; i++) {
                one.say("one " + i);
                other.say("other " + i);
                one.until("other " + i);
            }
            other.until("one 14");
        }
    }

    /** More than one bit, and in order. */
    @Test
    void aLongAnswerOfManyBitsIsWhole() {
        int lines = 300;
        try (TestServer server = TestServer.start("teahouse.flood.enabled = off");
                Peer ann = Peer.enter("ann", server.port())) {
            for (int i = 0; i < lines; i++) {
                ann.say(i + " " + "x".repeat(300));
                ann.until("ann: " + i + " ");
            }
            ann.say("/history 1000");
            for (int i = 0; i < lines; i++) {
                assertThat(ann.line()).contains("ann: " + i + " x");
            }
        }
    }
}
