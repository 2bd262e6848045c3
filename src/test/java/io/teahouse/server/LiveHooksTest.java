package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks are added, changed and removed by reloads, and ann, who is in the room, sees them come and go. */
class LiveHooksTest {
    private static final String TOKEN = "a token for the test";
    private static final String OTHER = "another one, as long";

    private TestServer server;
    private Peer ann;

    @BeforeEach
    void start() {
        server = TestServer.start(
                "teahouse.admin { enabled = on, port = 0, token = \"" + TOKEN + "\" }",
                "teahouse { flood.enabled = off, webhooks { retry-delay = 20 ms, longest-retry-delay = 100 ms } }");
        ann = Peer.connect("ann", server.port("irc"));
        ann.say("NICK ann\r\nUSER u 0 * :Ann\r\nJOIN #tea");
        ann.until(" 366 ");
    }

    @AfterEach
    void stop() {
        ann.close();
        server.close();
    }

    private void reload(String... settings) {
        server.changeSettings(settings);
        HttpResponse<String> answer = new AdminClient(server.port("admin")).send("POST", "/reload", TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"needRestart\":[]");
    }

    private static String incoming(String name, String token) {
        return "teahouse.webhooks.incoming = [ { id = ci, name = " + name + ", room = tea, token = \"" + token
                + "\" } ]";
    }

    private static String outgoing(HookReceiver receiver) {
        return "teahouse.webhooks { allow-private = on, outgoing = [ "
                + receiver.hook("archive", ", rooms = [ tea ], events = [ message ]") + " ] }";
    }

    /** The actors change a moment after the answer to the reload. */
    private void awaitStatus(int status, String token) {
        HookPoster poster = new HookPoster(server.port("admin"), "ci", token);
        while (poster.post("hello").statusCode() != status) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aProgramThatIsAddedSpeaksAndOneThatIsRemovedLeaves() {
        reload(incoming("builder", TOKEN));
        ann.until(":builder!hook@local JOIN #tea");
        awaitStatus(200, TOKEN);
        ann.until(":builder!hook@local PRIVMSG #tea :hello");
        ann.say("NICK builder");
        assertThat(ann.until(" 43")).contains("builder");
        reload();
        ann.until(":builder!hook@local PART #tea");
        awaitStatus(401, TOKEN);
        ann.say("NICK builder");
        ann.until(" NICK ");
    }

    @Test
    void anotherTokenCountsAtOnceAndTheHookStaysInTheRoom() {
        reload(incoming("builder", TOKEN));
        ann.until(" JOIN #tea");
        reload(incoming("builder", OTHER));
        awaitStatus(200, OTHER);
        awaitStatus(401, TOKEN);
        assertThat(ann.untilAll(" :hello")).noneMatch(line -> line.contains(" PART ") || line.contains(" JOIN "));
    }

    /** The room has one member of a name at a time, and would let nobody in who comes before the other has gone. */
    @Test
    void hooksExchangeTheirNames() {
        String one = "{ id = one, name = NAME, room = tea, token = \"" + TOKEN + "\" }";
        String two = one.replace("id = one", "id = two");
        reload("teahouse.webhooks.incoming = [ " + one.replace("NAME", "a1") + ", " + two.replace("NAME", "b2") + " ]");
        ann.until(" JOIN ");
        ann.until(" JOIN ");
        reload("teahouse.webhooks.incoming = [ " + one.replace("NAME", "b2") + ", " + two.replace("NAME", "a1") + " ]");
        ann.until(" PART ");
        ann.until(" PART ");
        ann.until(" JOIN ");
        ann.until(" JOIN ");
    }

    @Test
    void theRoomOfAHookIsOfficialAsLongAsTheHookIsThere() {
        reload("teahouse.webhooks.incoming = [ { id = ci, room = news, token = \"" + TOKEN + "\" } ]");
        awaitStatus(200, TOKEN);
        ann.say("JOIN #news");
        assertThat(ann.until(" 353 ")).doesNotContain("@ann");
        ann.say("PART #news");
        reload();
        ann.say("JOIN #other");
        assertThat(ann.until(" 353 ")).contains("@ann");
    }

    @Test
    void whatWaitsForAReceiverGoesToItsNewAddress() throws Exception {
        try (HookReceiver first = new HookReceiver();
                HookReceiver second = new HookReceiver()) {
            first.answer(500);
            reload(outgoing(first));
            ann.until(":archive!hook@local JOIN #tea");
            ann.say("PRIVMSG #tea :one\r\nPRIVMSG #tea :two");
            first.awaitRequests(2);
            reload(outgoing(second));
            ann.until(":archive!hook@local PART #tea");
            ann.until(":archive!hook@local JOIN #tea");
            ann.say("PRIVMSG #tea :three");
            assertThat(second.awaitText("three")).isEqualTo(List.of("one", "two", "three"));
            reload();
            ann.until(":archive!hook@local PART #tea");
        }
    }

    @Test
    void whereEventsMayGoChangesWithoutAPause() throws Exception {
        try (HookReceiver receiver = new HookReceiver()) {
            reload(outgoing(receiver).replace("= on", "= off"));
            ann.until(":archive!hook@local JOIN #tea");
            ann.say("PRIVMSG #tea :hi");
            reload(outgoing(receiver));
            assertThat(receiver.awaitText("hi")).containsExactly("hi");
            ann.say("PING here");
            assertThat(ann.untilAll(" PONG ")).noneMatch(line -> line.contains(" PART "));
        }
    }
}
