package io.teahouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import io.teahouse.server.FaultyLogs.Fault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A room that fails, and a log that does not do what it should. */
class RoomFailureTest {
    private static final String LOST = "! your last message was not stored, nobody saw it: say it again";
    private static final String IN_DOUBT =
            "! it is not known whether your last message was stored: if it was, it will be shown";
    private static final String AWAY = "! not stored, the store does not answer: try again later";
    private static final String NOT_STORED = "! not stored, nobody saw it: try again";

    private static final String CLOSED = "! the store does not answer: try again later";

    private final FaultyLogs logs = new FaultyLogs();
    private TestServer server;
    private Peer ann;
    private Peer bob;

    @BeforeEach
    void open() {
        server = TestServer.start(logs, "teahouse.store.timeout = 100 ms", "teahouse.store.retry-interval = 20 ms");
        ann = Peer.enter("ann", server.port());
        bob = Peer.enter("bob", server.port());
        ann.expect("bob has joined the chat");
        ann.say("before");
        bothSee("ann: before");
    }

    @AfterEach
    void close() {
        server.close();
        ann.close();
        bob.close();
    }

    private void bothSee(String line) {
        ann.expect(line);
        bob.expect(line);
    }

    @Test
    void theMembersOfAFailedRoomAreBackInWithoutALineBeingShown() {
        logs.have(Fault.FENCED);
        ann.say("lost");
        ann.expect(LOST);
        bob.say("after");
        bothSee("bob: after");
        bob.say("/who");
        assertThat(bob.line()).startsWith("-- in lobby: ").contains("ann").contains("bob");
        bob.say("/history");
        assertThat(bob.line()).endsWith(" ann: before");
        assertThat(bob.line()).endsWith(" bob: after");
        bob.say("{quit}");
        ann.expect("bob has left the chat...");
    }

    @Test
    void allDevicesOfAUserAreBackInARoomThatFailed() {
        ann.say("/register open sesame");
        assertThat(ann.line()).startsWith("-- this connection is not encrypted");
        assertThat(ann.line()).startsWith("-- the name ann is yours");
        try (Peer phone = Peer.connect("phone", server.port())) {
            assertThat(phone.line()).startsWith("-- Welcome");
            phone.say("/login ann open sesame");
            assertThat(phone.line()).startsWith("-- this connection is not encrypted");
            phone.expect("-- you are logged in as ann");
            phone.expect("ann has joined the chat");

            logs.have(Fault.FENCED);
            ann.say("lost");
            ann.expect(LOST);
            bob.say("after");
            bothSee("bob: after");
            phone.expect("bob: after");
            phone.say("still here");
            bothSee("ann: still here");
            phone.expect("ann: still here");
            bob.say("/who");
            assertThat(bob.line()).startsWith("-- in lobby: ").containsOnlyOnce("ann");
        }
    }

    @Test
    void aRoomThatWasRenamedAndFailedIsFoundByItsMembersUnderItsNewName() {
        ann.say("/join tea");
        ann.expect("ann has joined the chat");
        bob.expect("ann has left the chat...");
        try (Peer eve = Peer.connect("eve", server.port("irc"))) {
            eve.say("NICK eve\r\nUSER e 0 * :e\r\nJOIN #own\r");
            eve.until(" 366 ");
            ann.say("/join own");
            ann.expect("ann has joined the chat");
            eve.say("RENAME #own #all\r");
            ann.expect("eve has renamed the room to all");
            logs.have(Fault.FENCED);
            ann.say("lost");
            ann.expect(LOST);
            ann.say("after");
            ann.expect("ann: after");
            assertThat(eve.until(" PRIVMSG ")).endsWith(" PRIVMSG #all :after");
            eve.say("MODE #all +m\r");
            ann.expect("-- eve sets the room +m");
        }
    }

    @Test
    void aRoomThatFailedIsSetAsItWas() {
        try (Peer eve = Peer.connect("eve", server.port("irc"));
                Peer mallory = Peer.connect("mallory", server.port("irc"))) {
            eve.say("NICK eve\r\nUSER e 0 * :e\r\nJOIN #own\r\nMODE #own +skb sesame mallory!*@*\r");
            eve.until(" MODE #own ");
            logs.have(Fault.FENCED);
            eve.say("PRIVMSG #own :lost\r");
            eve.until(" 404 ");
            eve.say("MODE #own\r\nMODE #own b\r\nMODE #own +m\r");
            assertThat(eve.until(" 324 ")).endsWith("#own +nsk sesame");
            assertThat(eve.until(" 367 ")).contains("mallory!*@*");
            assertThat(eve.until(" MODE ")).endsWith("#own +m");
            mallory.say("NICK mallory\r\nUSER m 0 * :m\r\nJOIN #own sesame\r");
            assertThat(mallory.until(" 474 ")).contains("#own");
        }
    }

    @Test
    void ofEachMessageTheSenderLearnsWhetherItIsLost() {
        logs.have(Fault.FENCED);
        ann.say("1\n2\n3");
        List<String> answers = List.of(ann.line(), ann.line(), ann.line());
        assertThat(answers).contains(LOST).isSubsetOf(LOST, "ann: 1", "ann: 2", "ann: 3");
        answers.stream().filter(answer -> !answer.equals(LOST)).forEach(bob::expect);
        bob.say("after");
        bothSee("bob: after");
    }

    @Test
    void whatWasStoredWhenTheRoomFailedIsShownOnce() {
        logs.have(Fault.STORED_AND_FENCED);
        ann.say("kept");
        bothSee("ann: kept");
        bob.say("after");
        bothSee("bob: after");
    }

    @Test
    void aRoomMayFailAgainAndAgain() {
        for (int i = 0; i < 5; i++) {
            logs.have(Fault.FENCED);
            ann.say("lost " + i);
            ann.expect(LOST);
            bob.say("after " + i);
            bothSee("bob: after " + i);
        }
    }

    @Test
    void whoComesWhileTheRoomIsOpenedAgainIsSeenByAll() {
        logs.have(Fault.FENCED);
        ann.say("lost");
        try (Peer carol = Peer.enter("carol", server.port())) {
            ann.expect(LOST).expect("carol has joined the chat");
            bob.expect("carol has joined the chat");
            carol.say("hi");
            bothSee("carol: hi");
        }
    }

    @Test
    void whatIsNotStoredIsSeenByNobody() {
        logs.have(Fault.NOT_STORED);
        ann.say("lost");
        ann.expect(NOT_STORED);
        bob.say("after");
        bothSee("bob: after");
    }

    @Test
    void whatIsStoredWithoutAnAnswerIsShownAllTheSame() {
        logs.have(Fault.STORED_WITHOUT_ANSWER);
        ann.say("kept");
        ann.expect(IN_DOUBT);
        bothSee("ann: kept");
        ann.say("after");
        bothSee("ann: after");
    }

    @Test
    void whileTheLogHangsSendersAreToldAndPeopleComeAndGo() {
        logs.have(Fault.HANGING);
        ann.say("lost");
        ann.expect(IN_DOUBT);
        try (Peer carol = Peer.enter("carol", server.port())) {
            bothSee("carol has joined the chat");
            bob.say("refused");
            bob.expect(AWAY);
            carol.say("{quit}");
        }
        bothSee("carol has left the chat...");
        logs.have(Fault.NONE);
        ann.expect(NOT_STORED);
        ann.say("after");
        bothSee("ann: after");
    }

    @Test
    void whileARoomThatFailedCannotBeOpenedAgainOnlyWhatIsForThatRoomIsRefused() {
        try (Peer eve = Peer.connect("eve", server.port("irc"))) {
            eve.say("NICK eve\r\nUSER e 0 * :e\r\nJOIN #lobby\r");
            eve.until(" 366 ");
            bothSee("eve has joined the chat");
            logs.have(Fault.FENCED_AND_AWAY);
            ann.say("lost");
            ann.expect(IN_DOUBT);
            ann.say("again\n/who\n/rooms");
            ann.expect(CLOSED).expect(CLOSED);
            assertThat(ann.line()).startsWith("-- ");
            eve.say("PING on\r");
            assertThat(eve.until(" PONG ")).endsWith(":on");
            eve.say("PART #lobby :enough\r");
            assertThat(eve.until(" PART ")).endsWith("#lobby :enough");
            bob.say("{quit}");
            bob.expectClosed();
            logs.have(Fault.NONE);
            ann.expect(LOST);
            ann.say("after\n/who");
            ann.expect("ann: after").expect("-- in lobby: ann");
        }
    }

    @Test
    void whatIsSaidToOnePersonMeanwhileIsRefusedToo() {
        ann.say("/msg bob psst");
        ann.expect("[you -> bob] psst");
        bob.expect("[ann -> you] psst");
        logs.have(Fault.FENCED_AND_AWAY);
        ann.say("/msg bob lost");
        ann.expect(IN_DOUBT);
        ann.say("/msg bob again");
        ann.expect(CLOSED);
        logs.have(Fault.NONE);
        ann.expect(LOST);
        ann.say("/msg bob after");
        ann.expect("[you -> bob] after");
        bob.expect("[ann -> you] after");
    }

    @Test
    void whatTheHangingLogHadStoredIsShownWhenItIsBack() {
        logs.have(Fault.STORED_AND_HANGING);
        ann.say("kept");
        ann.expect(IN_DOUBT);
        try (Peer carol = Peer.enter("carol", server.port())) {
            bothSee("carol has joined the chat");
            logs.have(Fault.NONE);
            bothSee("ann: kept");
            carol.expect("ann: kept");
            carol.say("after");
            bothSee("carol: after");
        }
    }
}
