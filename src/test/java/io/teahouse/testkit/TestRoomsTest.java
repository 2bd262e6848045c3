package io.teahouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Clients that a script drives, in rooms whose logs do what the test says. */
class TestRoomsTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final TestRooms rooms = TestRooms.on(AKKA, builder -> builder.settings(RunningRoom.settings()));
    private final ScriptedLog log = rooms.log("tea");
    private final TestClient ann = rooms.client("ann").join("tea");
    private final TestClient bob = rooms.client("bob").join("tea");

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private static void pass(Duration time) {
        ManualTime.get(AKKA.system()).timePasses(time);
    }

    @Test
    void clientsHearWhatOthersDo() {
        ann.expectJoined("bob");
        bob.say("hi").expectDelivered();
        ann.expectSaid("bob", "hi");
        ann.setTopic("tea time").expectTopic("tea time");
        ann.kick("BOB");
        assertThat(bob.expectLeft("bob").how()).isEqualTo(RoomEvent.Departure.KICKED);
        assertThat(ann.members()).containsExactly("ann");
        ann.leave().expectLeft("ann");
    }

    @Test
    void anExpectationPassesOverWhatComesBeforeIt() {
        bob.say("1").say("2");
        assertThat(ann.expectSaid("bob", "2").seq()).isEqualTo(2);
        ann.expectNothing();
    }

    @Test
    void whatIsNotHeardIsReportedWithWhatIs() {
        bob.say("hi").expectDelivered();
        assertThatThrownBy(ann::expectNothing)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("+bob")
                .hasMessageContaining("1 bob: hi");
    }

    @Test
    void aRefusalIsExpectedByItsReason() {
        rooms.client("Ann").tryToJoin("tea").expectRefused(Reason.NICK_IN_USE);
        bob.say("").expectRefused(Reason.EMPTY);
        bob.setTopic("mine").expectTopic("mine");
    }

    @Test
    void aSlowReaderDelaysNobodyAndMissesNothing() {
        bob.stopReading();
        for (int i = 1; i <= 100; i++) {
            ann.say("line " + i);
            ann.expectDelivered();
        }
        bob.readAgain().expectSaid("ann", "line 1");
        bob.expectSaid("ann", "line 100");
    }

    @Test
    void aClientThatFailsIsLost() {
        bob.fail();
        assertThat(ann.expectLeft("bob").how()).isEqualTo(RoomEvent.Departure.LOST);
    }

    @Test
    void whatIsNotStoredIsRefused() {
        log.refuse();
        ann.say("lost").expectRefused(Reason.NOT_STORED);
        log.recover();
        ann.say("kept").expectDelivered();
        bob.expectSaid("ann", "kept");
        assertThat(log.kept()).hasSize(1);
    }

    @Test
    void aLogThatFailsLeavesAMessageInDoubt() {
        log.fail();
        ann.say("hi").expectInDoubt();
        log.recover();
        pass(RunningRoom.RETRY);
        ann.expectRefused(Reason.NOT_STORED);
    }

    @Test
    void aLogThatHangsIsAnsweredByTheTest() {
        log.hang();
        ann.expectJoined("bob");
        ann.say("hi").expectNothing();
        log.nextAppend().stored();
        bob.expectSaid("ann", "hi");
    }

    @Test
    void aSlowLogAnswersInItsTime() {
        log.answerAfter(DELAY, AKKA.system());
        ann.say("hi");
        ann.expectJoined("bob");
        ann.expectNothing();
        pass(DELAY);
        ann.expectDelivered();
    }

    @Test
    void whatACrashHasLostIsSaidAgainWithTheSameSeq() {
        ann.say("kept").expectDelivered();
        ann.say("lost").expectDelivered();
        log.loseLastBatch();
        rooms.failRoom("tea");
        ann.join("tea").say("anew");
        assertThat(ann.expectDelivered().seq()).isEqualTo(2);
    }

    @Test
    void anApplicationsRanksApply() {
        TestRooms equal = TestRooms.on(AKKA, builder -> builder.ranks((room, nick, profile) -> Ranks.NONE));
        equal.client("ann").join("tea");
        equal.client("bob").join("tea").kick("ann").expectRefused(Reason.NOT_OPERATOR);
    }

    @Test
    void aClientIsInARoomBeforeItSpeaks() {
        assertThatThrownBy(() -> rooms.client("cyd").say("hi"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cyd has to join");
    }
}
