package io.teahouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import io.teahouse.room.Nick;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomReply;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.NickRegistry;
import io.teahouse.wire.plain.PlainDialect;
import io.teahouse.wire.plain.PlainSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A single client, ann: the order of her requests, her timers, and her end. */
class ClientActorTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final FloodGuard.Rules FREE = new FloodGuard.Rules(false, 1, 1, 1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String GREETING = "-- Welcome";

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    static PlainDialect plain() {
        return new PlainDialect(new PlainSettings(Optional.empty(), false, 100, 1000, 0, CaseMapping.ASCII));
    }

    private static RunningClient client(Duration idle, FloodGuard.Rules flood, int capacity) {
        return new RunningClient(AKKA, plain(), RunningClient.settings(idle, flood), capacity);
    }

    private static RunningClient client() {
        return client(Duration.ZERO, FREE, 1 << 20);
    }

    private static RunningClient inTea() {
        RunningClient ann = client();
        ann.enterTea();
        return ann;
    }

    private static RoomActor.Leave leave(RunningClient ann) {
        return ann.room.expectMessageClass(RoomActor.Leave.class);
    }

    private static void nothingIsAsked(RunningClient ann) {
        ann.awaitIdle();
        ann.room.expectNoMessage(Duration.ZERO);
    }

    // A name

    @Test
    void aClientWithoutNameIsDisconnectedAndDoesNotCount() {
        RunningClient ann = client();
        assertThat(ann.written()).startsWith(GREETING);
        ann.pass(MINUTE.minusMillis(1));
        assertThat(ann.written()).isEmpty();
        ann.pass(Duration.ofMillis(1));
        assertThat(ann.lastWords(Outbox.End.CUT_OFF)).isEqualTo("! no name was given in time\n");
        ann.nicks.expectMessageClass(NickRegistry.Release.class);
        assertThat(ann.users.unregistered()).isZero();
        ann.tell(new ClientActor.Disconnected("closed"));
        ann.ends();
    }

    @Test
    void aLateNameIsReleased() {
        RunningClient ann = client();
        ann.type("ann\n");
        NickRegistry.Claim claim = ann.nicks.expectMessageClass(NickRegistry.Claim.class);
        ann.pass(MINUTE);
        ann.lastWords(Outbox.End.CUT_OFF);
        claim.replyTo().tell(new NickRegistry.Claimed(claim.number(), claim.nick(), Optional.empty()));
        ann.nicks.expectMessageClass(NickRegistry.Release.class);
        assertThat(ann.users.count()).isZero();
    }

    @Test
    void aClientWithANameHasNoNameTimeout() {
        RunningClient ann = client();
        ann.type("ann\n");
        ann.entered();
        ann.pass(MINUTE.multipliedBy(100));
        assertThat(ann.written()).endsWith("-- you are ann, and in no room: type /join ROOM\n");
        assertThat(ann.users.find("ann")).isPresent();
    }

    @Test
    void aTakenNameIsRefusedAndAnotherOneAccepted() {
        RunningClient ann = client();
        ann.type("ann\nanna\n");
        ann.claimed(Optional.of(Nick.of("ann")));
        assertThat(ann.claimed(Optional.empty()).nick()).isEqualTo(Nick.of("anna"));
        assertThat(ann.written()).contains("! the name ann is taken: type another name\n");
    }

    @Test
    void aClientIsDisconnectedIfItsUserDoesNotAnswer() {
        RunningClient ann = client();
        ann.type("ann\n");
        ann.claimed(Optional.empty());
        ann.nicks.expectMessageClass(NickRegistry.Claim.class); // of the user, never answered
        ann.passUnseen(Duration.ofSeconds(15));
        assertThat(ann.lastWords(Outbox.End.CUT_OFF)).endsWith("! the server does not answer, please connect again\n");
    }

    // Several connections

    @Test
    void aRoomThatDoesNotKnowTheUserIsSubscribedToLater() {
        RunningClient ann = unknownInTea();
        ann.pass(Duration.ofSeconds(1));
        ann.located();
        ann.joins();
        ann.welcome();
        assertThat(ann.written()).endsWith("ann has joined the chat\n");
    }

    @Test
    void aRoomThatTheUserHasLeftIsNotSubscribedTo() {
        RunningClient ann = unknownInTea();
        ann.isRemoved();
        ann.pass(Duration.ofSeconds(1));
        ann.awaitIdle();
        ann.directory.expectNoMessage(Duration.ZERO);
    }

    /** Her user is in the room tea, which refuses her connection. */
    private static RunningClient unknownInTea() {
        RunningClient ann = client();
        ann.type("ann\n");
        ann.entered();
        ann.isPlaced();
        ann.located();
        isRefused(ann.joins(), new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in tea"));
        return ann;
    }

    // Silence

    @Test
    void aSilentClientIsDisconnectedAndAnActiveOneIsNot() {
        RunningClient ann = client(MINUTE, FREE, 1 << 20);
        ann.enterTea();
        for (int i = 0; i < 5; i++) {
            ann.pass(MINUTE.dividedBy(2));
            ann.pass(MINUTE.dividedBy(2).minusMillis(1));
            ann.type("hi\n");
            ann.receipt();
            assertThat(ann.written()).isEqualTo("ann: hi\n");
        }
        ann.pass(MINUTE.dividedBy(2));
        ann.pass(MINUTE.dividedBy(2));
        assertThat(ann.lastWords(Outbox.End.CUT_OFF)).isEqualTo("! nothing was heard for too long\n");
        assertThat(leave(ann).how()).isEqualTo(Departure.LOST);
    }

    @Test
    void aPongOfTheTransportEndsTheSilence() {
        RunningClient ann = client(MINUTE, FREE, 1 << 20);
        ann.enterTea();
        ann.pass(MINUTE.minusMillis(1));
        ann.tell(new ClientActor.Alive());
        ann.pass(MINUTE.minusMillis(1));
        assertThat(ann.written()).isEmpty();
        ann.pass(Duration.ofMillis(1));
        assertThat(ann.lastWords(Outbox.End.CUT_OFF)).isEqualTo("! nothing was heard for too long\n");
    }

    // The order of requests

    @Test
    void aQuestionWaitsForTheReceiptsOfEarlierMessages() {
        RunningClient ann = inTea();
        ann.type("hi\n/who\n");
        RoomActor.Say say = ann.room.expectMessageClass(RoomActor.Say.class);
        nothingIsAsked(ann);
        ann.show("bob", "hi");
        nothingIsAsked(ann);
        ann.show("ann", say.message().text());
        RoomActor.Names names = ann.room.expectMessageClass(RoomActor.Names.class);
        names.replyTo().tell(new RoomReply.NameList(RunningClient.TEA, names.number(), false, List.of()));
        assertThat(ann.written()).isEqualTo("bob: hi\nann: hi\n-- in tea: \n");
    }

    @Test
    void messagesArePipelinedUpToALimit() {
        RunningClient ann = inTea();
        ann.type("1\n2\n3\n4\n5\n");
        for (String text : List.of("1", "2", "3")) {
            assertThat(ann.room
                            .expectMessageClass(RoomActor.Say.class)
                            .message()
                            .text())
                    .isEqualTo(text);
        }
        nothingIsAsked(ann);
        ann.show("ann", "1");
        assertThat(ann.room.expectMessageClass(RoomActor.Say.class).message().text())
                .isEqualTo("4");
        nothingIsAsked(ann);
    }

    @Test
    void nothingWaitsAfterARefusalOrADoubt() {
        RunningClient ann = inTea();
        ann.type("1\n2\n/who\n");
        RoomActor.Say first = ann.room.expectMessageClass(RoomActor.Say.class);
        RoomActor.Say second = ann.room.expectMessageClass(RoomActor.Say.class);
        Refusal why = new Refusal(Refusal.Reason.NOT_STORED, "not stored, try again");
        first.replyTo().tell(new RoomReply.Refused(RunningClient.TEA, first.number(), "", why));
        nothingIsAsked(ann);
        second.replyTo().tell(new RoomReply.InDoubt(RunningClient.TEA, second.number(), ""));
        ann.room.expectMessageClass(RoomActor.Names.class);
    }

    @Test
    void anUnansweredQuestionToARoomDelaysTheNextLineUntilTheTimeout() {
        RunningClient ann = inTea();
        ann.type("/who\nhi\n");
        ann.room.expectMessageClass(RoomActor.Names.class);
        nothingIsAsked(ann);
        ann.pass(Duration.ofSeconds(5));
        assertThat(ann.receipt().message().text()).isEqualTo("hi");
        assertThat(ann.written()).isEqualTo("! tea does not answer: try again later\nann: hi\n");
    }

    @Test
    void anUnansweredQuestionToTheDirectoryDelaysTheNextLineUntilTheTimeout() {
        RunningClient ann = inTea();
        ann.type("/rooms\nhi\n");
        ann.directory.expectMessageClass(RoomDirectory.ListRooms.class);
        nothingIsAsked(ann);
        ann.pass(Duration.ofSeconds(5));
        assertThat(ann.receipt().message().text()).isEqualTo("hi");
        assertThat(ann.written())
                .isEqualTo("! the list of rooms is not available just now: try again later\nann: hi\n");
    }

    @Test
    void pendingMessagesDelayTheNextLineUntilTheRoomIsBack() {
        RunningClient ann = inTea();
        ann.type("hi\n/rooms\n");
        ann.room.expectMessageClass(RoomActor.Say.class);
        ann.roomEnds();
        assertThat(ann.directory.expectMessageClass(RoomDirectory.Locate.class).room())
                .isEqualTo(RunningClient.TEA);
        ann.awaitIdle();
        ann.directory.expectNoMessage(Duration.ZERO);
    }

    private static RoomActor.Join comesBack(RunningClient ann) {
        ann.located();
        RoomActor.Join join = ann.joins();
        assertThat(join.back()).isPresent();
        return join;
    }

    private static void isAway(RoomActor.Join join) {
        isRefused(join, new Refusal(Refusal.Reason.STORE_AWAY, "the store is away"));
    }

    private static void isRefused(RoomActor.Join join, Refusal why) {
        join.replyTo().tell(new RoomReply.Refused(RunningClient.TEA, join.number(), "", why));
    }

    @Test
    void openQuestionsAreAskedAgainAfterTheRejoin() {
        RunningClient ann = inTea();
        ann.type("/who\nhi\n");
        ann.room.expectMessageClass(RoomActor.Names.class);
        ann.roomEnds();
        comesBack(ann);
        RoomActor.Names names = ann.room.expectMessageClass(RoomActor.Names.class);
        ann.welcome();
        names.replyTo().tell(new RoomReply.NameList(RunningClient.TEA, names.number(), false, List.of()));
        ann.receipt();
        assertThat(ann.written()).isEqualTo("-- in tea: \nann: hi\n");
    }

    @Test
    void whileARoomIsAwayOnlyItsCommandsAreRefused() {
        RunningClient ann = inTea();
        ann.type("hi\n/nick ann\nagain\n/who\n");
        ann.room.expectMessageClass(RoomActor.Say.class);
        ann.roomEnds();
        isAway(comesBack(ann));
        ann.claimed(Optional.empty());
        ann.shows("""
                        ! it is not known whether your last message was stored: if it was, it will be shown
                        ! the store is away
                        ! the store is away
                        """);
        ann.pass(Duration.ofSeconds(1));
        isAway(comesBack(ann));
        ann.pass(Duration.ofSeconds(1));
        comesBack(ann);
        ann.welcome();
        ann.type("after\n");
        ann.receipt();
        assertThat(ann.written())
                .isEqualTo("! your last message was not stored, nobody saw it: say it again\nann: after\n");
    }

    @Test
    void aClientThatLeavesARoomThatIsAwayDoesNotRejoinIt() {
        RunningClient ann = inTea();
        ann.roomEnds();
        isAway(comesBack(ann));
        ann.type("/part\n");
        assertThat(ann.written()).isEqualTo("ann has left the chat...\n-- you are in no room now: type /join ROOM\n");
        ann.pass(Duration.ofSeconds(1));
        ann.awaitIdle();
        ann.directory.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aRefusedRejoinIsShownAsALeaveUnderTheCurrentNick() {
        RunningClient ann = inTea();
        ann.roomEnds();
        isAway(comesBack(ann));
        ann.type("/nick anna\n");
        ann.claimed(Optional.empty());
        ann.written();
        ann.pass(Duration.ofSeconds(1));
        isRefused(comesBack(ann), new Refusal(Refusal.Reason.BANNED, "you are banned"));
        assertThat(ann.written()).isEqualTo("""
                        anna has left the chat... (you are banned)
                        -- you are in no room now: type /join ROOM
                        ! you are banned
                        -- you are in no room: type /join ROOM
                        """);
    }

    @Test
    void messagesDuringACatchUpAreNotLost() {
        RunningClient ann = inTea();
        ann.type("1\n2\n");
        ann.room.expectMessageClass(RoomActor.Say.class);
        ann.room.expectMessageClass(RoomActor.Say.class);
        ann.roomEnds();
        comesBack(ann);
        ann.welcome(2);
        ann.type("3\n");
        ann.room.expectMessageClass(RoomActor.Say.class);
        ann.show("ann", "1");
        ann.show("bob", "hi");
        ann.show("ann", "3");
        assertThat(ann.written()).isEqualTo("""
                        ann: 1
                        bob: hi
                        ! your last message was not stored, nobody saw it: say it again
                        ann: 3
                        """);
        ann.type("/who\n"); // which waits until nothing is under way
        ann.room.expectMessageClass(RoomActor.Names.class);
    }

    @Test
    void aClientThatIsLeavingWhenTheRoomEndsHasLeft() {
        RunningClient ann = inTea();
        ann.type("/part bye\n");
        ann.room.expectMessageClass(RoomActor.Leave.class);
        ann.roomEnds();
        ann.type("/nick ann\n");
        ann.claimed(Optional.empty());
        ann.shows("""
                        ann has left the chat... (bye)
                        -- you are in no room now: type /join ROOM
                        -- you are ann, and in no room: type /join ROOM
                        """);
    }

    @Test
    void aRenamedClientRejoinsUnderTheNickThatTheOthersKnow() {
        RunningClient ann = inTea();
        ann.roomEnds();
        isAway(comesBack(ann));
        ann.type("/nick anna\n");
        ann.claimed(Optional.empty());
        ann.pass(Duration.ofSeconds(1));
        assertThat(comesBack(ann).user().nick()).isEqualTo(RunningClient.ANN);
        ann.welcome();
        assertThat(ann.room.expectMessageClass(RoomActor.Rename.class).to()).isEqualTo(Nick.of("anna"));
    }

    @Test
    void aFloodIsDelayedAndLosesNothing() {
        RunningClient ann = client(Duration.ZERO, new FloodGuard.Rules(true, 3, 1, 1000), 1 << 20);
        ann.enterTea(); // two lines
        ann.type("1\n2\n3\n");
        assertThat(ann.receipt().message().text()).isEqualTo("1");
        nothingIsAsked(ann);
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.receipt().message().text()).isEqualTo("2");
        nothingIsAsked(ann);
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.receipt().message().text()).isEqualTo("3");
    }

    @Test
    void overlongLinesCountAsWaitingInput() {
        RunningClient ann = client(Duration.ZERO, new FloodGuard.Rules(true, 2, 1, 1000), 1 << 20);
        for (int i = 0; i < 1000 && ann.outbox.end() == Outbox.End.OPEN; i++) {
            ann.tell(new ClientActor.Overlong());
        }
        assertThat(ann.lastWords(Outbox.End.CUT_OFF)).endsWith("! Excess Flood\n");
    }

    // The end

    @Test
    void receiptsPrecedeTheCloseAfterTheEndOfInput() {
        RunningClient ann = inTea();
        ann.type("hi\n");
        ann.tell(new ClientActor.InputEnded());
        ann.room.expectMessageClass(RoomActor.Say.class);
        nothingIsAsked(ann);
        ann.show("ann", "hi");
        assertThat(leave(ann).how()).isEqualTo(Departure.QUIT);
        assertThat(ann.lastWords(Outbox.End.FINISHED)).endsWith("ann: hi\n");
        ann.tell(new ClientActor.Disconnected("closed"));
        ann.ends();
    }

    @Test
    void inputFromBeforeTheDisconnectIsProcessed() {
        RunningClient ann = inTea();
        ann.type("1\n2\n3\n4\n");
        ann.tell(new ClientActor.InputEnded());
        ann.tell(new ClientActor.Disconnected("closed"));
        for (String text : List.of("1", "2", "3", "4")) {
            assertThat(ann.receipt().message().text()).isEqualTo(text);
        }
        assertThat(leave(ann).how()).isEqualTo(Departure.QUIT);
        ann.ends();
    }

    @Test
    void stepsThatWaitForTheReaderRunWhenTheConnectionIsGone() {
        RunningClient ann = new RunningClient(AKKA, bitByBit(), RunningClient.settings(Duration.ZERO, FREE), 1000);
        ann.enterTea();
        ann.show("bob", "x".repeat(400)); // the peer reads none of it
        ann.type("said when that is read\nsaid at last\n");
        ann.tell(new ClientActor.InputEnded());
        ann.tell(new ClientActor.Disconnected("reset"));
        assertThat(ann.receipt().message().text()).isEqualTo("said when that is read");
        assertThat(ann.receipt().message().text()).isEqualTo("said at last");
        assertThat(leave(ann).how()).isEqualTo(Departure.QUIT);
        ann.nicks.expectMessageClass(NickRegistry.Release.class);
        ann.ends();
    }

    /** Runs each line when the client has read the earlier output. */
    private static Dialect bitByBit() {
        Dialect plain = plain();
        return (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, args) -> {
                    try {
                        Object result = method.invoke(plain, args);
                        return result instanceof Request request
                                ? (Request) session -> session.connection().whenRead(() -> request.run(session))
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void inputFromBeforeALossIsProcessedFirst() {
        RunningClient ann = inTea();
        ann.type("1\n2\n3\n4\n");
        ann.tell(new ClientActor.Disconnected("reset"));
        for (String text : List.of("1", "2", "3", "4")) {
            assertThat(ann.receipt().message().text()).isEqualTo(text);
        }
        assertThat(leave(ann).how()).isEqualTo(Departure.LOST);
        ann.nicks.expectMessageClass(NickRegistry.Release.class);
        ann.ends();
        assertThat(ann.users.count()).isZero();
        ann.room.expectNoMessage(Duration.ZERO);
    }

    /** A room that never answers does not keep the client: neither with waiting lines, nor with a waiting receipt. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inputFromBeforeTheEndMayTakeTwoMinutes(boolean inGoodOrder) {
        RunningClient ann = inTea();
        ann.type("1\n2\n3\n4\n");
        if (inGoodOrder) {
            ann.tell(new ClientActor.InputEnded());
        }
        ann.tell(new ClientActor.Disconnected("reset"));
        for (int i = 1; i <= 3; i++) {
            ann.room.expectMessageClass(RoomActor.Say.class);
        }
        ann.knowsOfTheEnd();
        ann.passUnseen(MINUTE.multipliedBy(2).minusMillis(1));
        ann.room.expectNoMessage(Duration.ZERO);
        ann.passUnseen(Duration.ofMillis(1));
        assertThat(leave(ann).how()).isEqualTo(inGoodOrder ? Departure.QUIT : Departure.LOST);
        ann.nicks.expectMessageClass(NickRegistry.Release.class);
        ann.ends();
    }

    @Test
    void roomsAreNotifiedOfTheEndBeforeTheNameIsFree() {
        RunningClient ann = inTea();
        ann.type("{quit}\n");
        leave(ann);
        ann.nicks.expectMessageClass(NickRegistry.Release.class);
        assertThat(ann.lastWords(Outbox.End.FINISHED)).isEmpty();
    }

    @Test
    void aClientThatDoesNotReadIsDisconnectedWithAReasonAndLost() {
        RunningClient ann = client(Duration.ZERO, FREE, 1000);
        ann.enterTea();
        for (int i = 0; i < 20; i++) {
            ann.show("bob", "x".repeat(100));
        }
        assertThat(leave(ann).how()).isEqualTo(Departure.LOST);
        assertThat(ann.lastWords(Outbox.End.CUT_OFF)).isEqualTo("! what is sent to it is not read fast enough\n");
    }

    @Test
    void theShutdownIsAnnouncedAfterAllPendingOutput() {
        RunningClient ann = inTea();
        ann.show("bob", "hi");
        ann.tell(new ClientActor.Shutdown("the server is shutting down"));
        assertThat(leave(ann).text()).isEqualTo("the server is shutting down");
        assertThat(ann.lastWords(Outbox.End.FINISHED_SOON)).isEqualTo("bob: hi\n! the server is shutting down\n");
    }

    @Test
    void aKickedClientIsInNoRoomAndMayJoinAnother() {
        RunningClient ann = inTea();
        ann.left(Departure.KICKED);
        ann.type("hi\n/join garden\n");
        ann.located();
        assertThat(ann.room.expectMessageClass(RoomActor.Join.class).user().nick())
                .isEqualTo(RunningClient.ANN);
        assertThat(ann.written()).endsWith("! you are in no room: type /join ROOM\n");
    }
}
