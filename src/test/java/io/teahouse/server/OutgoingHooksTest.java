package io.teahouse.server;

import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A receiver of webhooks over HTTP, and people at sockets. */
class OutgoingHooksTest {
    private static final String QUICK =
            "teahouse { flood.enabled = off, webhooks { allow-private = on, retry-delay = 20 ms, longest-retry-delay = 100 ms } }";

    private final HookReceiver receiver = new HookReceiver();

    private TestServer start(String hook, String... more) {
        List<String> settings =
                new java.util.ArrayList<>(List.of(QUICK, "teahouse.webhooks.outgoing = [ " + hook + " ]"));
        settings.addAll(List.of(more));
        return TestServer.start(settings.toArray(String[]::new));
    }

    private static Peer enter(TestServer server, String name) {
        Peer peer = Peer.connect(name, server.port("irc"));
        peer.say("NICK " + name + "\r\nUSER u 0 * :" + name + "\r\nJOIN #tea");
        peer.until(" 366 ");
        return peer;
    }

    /** The hook may come a moment later than the first client. */
    private static void awaitHook(Peer peer) {
        peer.say("NAMES #tea");
        while (!peer.until(" 353 ").contains("archive")) {
            peer.say("NAMES #tea");
        }
    }

    @Test
    void aReceiverIsToldWhatHappensInTheRoomInItsOrder() throws Exception {
        try (receiver;
                TestServer server = start(receiver.hook("archive", ", rooms = [ tea ]"));
                Peer ann = enter(server, "ann")) {
            awaitHook(ann);
            try (Peer bob = enter(server, "bob")) {
                bob.say("PRIVMSG #tea :hi \"ann\"\r\nPRIVMSG #tea :\u0001ACTION waves\u0001\r\nTOPIC #tea :Tea\r\n"
                        + "NICK bobby\r\nPART #tea :bye");
                List<String> bodies = receiver.awaitEvent(body -> body.contains("\"leave\""));
                List<String> rest =
                        bodies.subList(bodies.size() - 5, bodies.size()); // ann's join may have been seen, too
                assertThat(bodies.get(bodies.size() - 6))
                        .startsWith("{\"type\":\"join\",\"timestamp\":\"20")
                        .endsWith("\"data\":{\"room\":\"tea\",\"nick\":\"bob\",\"account\":\"\",\"bot\":false}}");
                assertThat(rest.get(0))
                        .startsWith("{\"type\":\"message\"")
                        .contains("\"nick\":\"bob\"", "\"kind\":\"message\",\"text\":\"hi \\\"ann\\\"\"");
                assertThat(rest.get(1)).contains("\"kind\":\"action\",\"text\":\"waves\"");
                assertThat(rest.get(2)).startsWith("{\"type\":\"topic\"").contains("\"text\":\"Tea\"");
                assertThat(rest.get(3))
                        .startsWith("{\"type\":\"nick\"")
                        .contains("\"from\":\"bob\"", "\"nick\":\"bobby\"");
                assertThat(rest.get(4))
                        .startsWith("{\"type\":\"leave\"")
                        .contains("\"how\":\"parted\"", "\"reason\":\"bye\"");
                assertThat(receiver.awaitRequests(1).get(0)).isEqualTo("POST /teahouse?key=1");
            }
        }
    }

    @Test
    void onlyTheEventsThatAreWantedAreSent() throws Exception {
        try (receiver;
                TestServer server = start(receiver.hook("archive", ", rooms = [ tea ], events = [ topic ]"));
                Peer ann = enter(server, "ann")) {
            awaitHook(ann);
            ann.say("PRIVMSG #tea :hi\r\nTOPIC #tea :one\r\nPRIVMSG #tea :ho\r\nTOPIC #tea :two");
            assertThat(receiver.await(2)).allMatch(body -> body.startsWith("{\"type\":\"topic\""));
        }
    }

    @Test
    void whatAReceiverRefusesIsSentAgainUnderTheSameIdAndNothingOvertakesIt() throws Exception {
        receiver.answer(500);
        try (receiver;
                TestServer server = start(receiver.hook("archive", ", rooms = [ tea ], events = [ message ]"));
                Peer ann = enter(server, "ann")) {
            awaitHook(ann);
            for (int i = 1; i <= 200; i++) {
                ann.say("PRIVMSG #tea :" + i);
            }
            receiver.awaitRequests(3);
            receiver.answer(200);
            List<String> bodies = receiver.await(200);
            for (int i = 1; i <= 200; i++) {
                assertThat(bodies.get(i - 1)).contains("\"text\":\"" + i + "\"");
            }
        }
    }

    @Test
    void whatWaitsIsBoundedAndTheNewestIsKept() throws Exception {
        receiver.answer(503);
        try (receiver;
                TestServer server = start(
                        receiver.hook("archive", ", rooms = [ tea ], events = [ message ]"),
                        "teahouse.webhooks.max-waiting = 16",
                        "teahouse.admin { enabled = on, token = right-and-long-enough }");
                Peer ann = enter(server, "ann")) {
            awaitHook(ann);
            for (int i = 1; i <= 100; i++) {
                ann.say("PRIVMSG #tea :" + i);
            }
            ann.say("PING all");
            ann.until("PONG");
            receiver.awaitRequests(3);
            receiver.answer(200);
            List<String> texts = receiver.awaitText("100");
            assertThat(texts).hasSizeBetween(1, 20).isSortedAccordingTo(comparingInt(Integer::parseInt));
            assertThat(new AdminClient(server.port("admin"))
                            .send("GET", "/metrics", "right-and-long-enough")
                            .body())
                    .containsPattern("teahouse_webhooks_dropped_total [1-9]")
                    .containsPattern("teahouse_webhooks_failures_total [1-9]");
        }
    }

    /** What is sent when the room is renamed is answered later, when the hook is in the new room, which has fewer messages. */
    @Test
    void everythingIsSentOfTheRoomThatHasTheOldNameAfterARename() throws Exception {
        try (receiver;
                TestServer server = start(
                        receiver.hook("archive", ", rooms = [ tea ], events = [ message, rename ]"),
                        "teahouse.irc.operators = [ { name = root, password = secret } ]");
                Peer ann = enter(server, "ann")) {
            awaitHook(ann);
            ann.say("PRIVMSG #tea :old 1\r\nPRIVMSG #tea :old 2\r\nPRIVMSG #tea :old 3");
            receiver.awaitText("old 3");
            receiver.answer(500);
            ann.say("PRIVMSG #tea :old 4\r\nOPER root secret\r\nRENAMEROOM tea coffee\r\nJOIN #tea");
            ann.until(" 366 ");
            awaitHook(ann);
            ann.say("PRIVMSG #tea :new 1\r\nPRIVMSG #tea :new 2");
            receiver.answer(200);
            assertThat(receiver.awaitText("new 2")).endsWith("new 1", "new 2");
            assertThat(receiver.awaitEvent(body -> body.startsWith("{\"type\":\"rename\"")))
                    .isNotEmpty();
        }
    }

    @Test
    void eventsThatNobodyWantsDoNotPushOutThoseThatWait() throws Exception {
        receiver.answer(503);
        try (receiver;
                TestServer server = start(
                        receiver.hook("archive", ", rooms = [ tea ], events = [ topic ]"),
                        "teahouse.webhooks.max-waiting = 3");
                Peer ann = enter(server, "ann")) {
            awaitHook(ann);
            ann.say("TOPIC #tea :one");
            for (int i = 1; i <= 100; i++) {
                ann.say("PRIVMSG #tea :" + i);
            }
            ann.say("TOPIC #tea :two\r\nPING all");
            ann.until("PONG");
            receiver.awaitRequests(3);
            receiver.answer(200);
            assertThat(receiver.awaitText("two")).containsExactly("one", "two");
        }
    }

    @Test
    void aRedirectIsAFailureAndNotFollowed() throws Exception {
        receiver.answer(302);
        try (receiver;
                TestServer server = start(receiver.hook("archive", ", rooms = [ tea ], events = [ message ]"));
                Peer ann = enter(server, "ann")) {
            awaitHook(ann);
            ann.say("PRIVMSG #tea :hi");
            assertThat(receiver.awaitRequests(3)).containsOnly("POST /teahouse?key=1");
            receiver.answer(200);
            assertThat(receiver.await(1).get(0)).contains("\"text\":\"hi\"");
        }
    }

    @Test
    void nobodyElseCanTakeTheNameOfAHook() throws Exception {
        try (receiver;
                TestServer server = start(receiver.hook("archive", ", rooms = [ tea ]"));
                Peer ann = enter(server, "ann")) {
            ann.say("NICK Archive");
            ann.until(" 43");
            ann.say("NICK archlve");
            ann.until(" 43");
        }
    }
}
