package io.teahouse.room;

import static io.teahouse.testkit.RunningRoom.APPEND_TIMEOUT;
import static io.teahouse.testkit.RunningRoom.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.testkit.ProbeGuest;
import io.teahouse.testkit.RunningRoom;
import io.teahouse.testkit.ScriptedLog;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that does not answer, or answers too late. */
class RoomLogSilenceTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());

    private final RunningRoom room = new RunningRoom(AKKA).start();
    private final ScriptedLog log = room.log();
    private final ProbeGuest ann = room.enter("ann");
    private final ProbeGuest bob = room.enter("bob");

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @BeforeEach
    void forgetTheComing() {
        ann.hears("+bob");
    }

    /** Ann sends a message, and neither the append nor the read of the tail is answered. */
    private ScriptedLog.Append away(String text, String clientId) {
        room.ask(ann.say(text, clientId));
        ScriptedLog.Append append = log.nextAppend();
        room.pass(APPEND_TIMEOUT);
        ann.isInDoubt(clientId);
        room.pass(APPEND_TIMEOUT);
        return append;
    }

    @Test
    void nothingIsInDoubtBeforeTheTimeout() {
        room.ask(ann.say("hi"));
        ScriptedLog.Append append = log.nextAppend();
        room.pass(APPEND_TIMEOUT.minusMillis(1));
        ann.replies().expectNoMessage(Duration.ZERO);

        append.stored();

        ann.hears("1 ann: hi");
        bob.hears("1 ann: hi");
        room.pass(APPEND_TIMEOUT);
        ann.replies().expectNoMessage(Duration.ZERO);
    }

    @Test
    void messagesInTheTailArePublishedAndTheOthersRefused() {
        room.ask(ann.say("1", "c1"));
        ScriptedLog.Append append = log.nextAppend();
        room.pass(APPEND_TIMEOUT);
        ann.isInDoubt("c1");

        append.keep();
        log.nextTail().answer();
        ann.hears("1 ann: 1");
        bob.hears("1 ann: 1");

        room.ask(ann.say("2", "c2"));
        log.nextAppend();
        room.pass(APPEND_TIMEOUT);
        ann.isInDoubt("c2");
        log.nextTail().answer();
        ann.wasRefused(Reason.NOT_STORED);
        room.nothingMoreFor(ann, bob);
    }

    @Test
    void aLateAnswerIsPublishedOnce() {
        room.ask(ann.say("hi", "c1"));
        ScriptedLog.Append append = log.nextAppend();
        room.pass(APPEND_TIMEOUT);
        ann.isInDoubt("c1");

        append.stored();
        bob.hears("1 ann: hi");
        ann.hears("1 ann: hi");
        log.nextTail().answer();
        room.pass(APPEND_TIMEOUT.multipliedBy(3));
        room.nothingMoreFor(ann, bob);
    }

    @Test
    void whileTheLogIsAwayJoinsAndLeavesProceedAndMessagesAreRefused() {
        away("hi", "c1");
        ProbeGuest cyd = room.guest("cyd");

        room.ask(cyd.join(), bob.say("anybody?"), bob.rename("rob"), bob.part());

        cyd.hears("welcome cyd after 0", "+cyd", "bob > rob", "-rob PARTED");
        ann.hears("+cyd", "bob > rob", "-rob PARTED");
        bob.wasRefused(Reason.STORE_AWAY);
        room.nothingMoreFor(ann, cyd);
    }

    @Test
    void joinsDuringTheDoubtArePublishedWhenTheLogIsAway() {
        room.ask(ann.say("hi"));
        log.nextAppend();
        ProbeGuest cyd = room.guest("cyd");
        room.ask(cyd.join());
        room.pass(APPEND_TIMEOUT);
        room.nothingMoreFor(cyd);

        room.pass(APPEND_TIMEOUT);

        cyd.hears("welcome cyd after 0", "+cyd");
    }

    @Test
    void whenTheLogIsBackAStoredMessageIsPublished() {
        away("hi", "c1").keep();
        log.nextTail();
        room.pass(RETRY);

        log.nextTail().answer();

        bob.hears("1 ann: hi");
        ann.hears("1 ann: hi");
        room.ask(bob.say("back"));
        log.nextAppend().stored();
        ann.hears("2 bob: back");
    }

    @Test
    void whenTheLogIsBackAMessageThatIsNotStoredIsRefused() {
        away("hi", "c1");
        log.nextTail();
        room.pass(RETRY);
        log.nextTail().answer();
        ann.wasRefused(Reason.NOT_STORED);

        room.ask(ann.say("hi", "c1"));
        log.nextAppend().stored();
        bob.hears("1 ann: hi");
    }

    @Test
    void anEarlierReadOfTheTailEndsTheDoubtToo() {
        away("hi", "c1").keep();
        ScriptedLog.Question<?> first = log.nextTail();
        room.pass(RETRY);
        ScriptedLog.Question<?> second = log.nextTail();
        first.answer();
        bob.hears("1 ann: hi");
        second.answer();
        room.nothingMoreFor(bob);
    }

    @Test
    void readingTheTailIsRetriedPeriodically() {
        away("hi", "c1");
        log.nextTail().fail();
        room.pass(RETRY);
        log.nextTail().fail();
        room.pass(RETRY);
        log.nextTail().answer();
        ann.wasRefused(Reason.NOT_STORED);
    }

    @Test
    void aReadOfTheTailThatThrowsIsRetried() {
        log.throwingTail(true);
        room.ask(ann.say("hi", "c1"));
        log.nextAppend().keep();
        room.pass(APPEND_TIMEOUT);
        ann.isInDoubt("c1");
        log.throwingTail(false);

        room.pass(RETRY);

        log.nextTail().answer();
        bob.hears("1 ann: hi");
    }

    @Test
    void aRetryOfAMessageInDoubtIsAnsweredWhenItIsDecided() {
        ScriptedLog.Append append = away("hi", "c1");
        room.ask(ann.say("hi", "c1"));
        ann.replies().expectMessageClass(RoomReply.InDoubt.class);
        append.stored();
        bob.hears("1 ann: hi");
        assertThat(ann.replies().expectMessageClass(RoomReply.Repeated.class).original())
                .isEqualTo(log.kept().get(0));
        room.nothingMoreFor(bob);
    }

    @Test
    void messagesNeverOvertakeEachOther() {
        room.ask(ann.say("1"));
        ScriptedLog.Append first = log.nextAppend();
        room.ask(bob.say("2"), ann.say("3"));
        room.pass(APPEND_TIMEOUT);
        first.keep();
        log.nextTail().answer();
        log.nextAppend().notStored();
        bob.wasRefused(Reason.NOT_STORED);
        room.ask(bob.say("4"));
        log.nextAppend().stored();

        ann.hears("1 ann: 1", "2 bob: 4");
        bob.hears("1 ann: 1", "2 bob: 4");
    }

    @Test
    void anUnansweredCatchUpIsAGap() {
        room.ask(ann.say("1"));
        log.nextAppend().stored();
        bob.hears("1 ann: 1");
        log.readsAtOnce(false);
        ProbeGuest cyd = room.guest("cyd");
        room.ask(cyd.resume(0));
        cyd.hears("welcome cyd after 1");
        log.nextRead();

        room.pass(APPEND_TIMEOUT);

        cyd.hears("gap after 0 next 2");
    }

    @Test
    void aRoomThatIsNotTheOnlyWriterEnds() {
        room.ask(ann.say("hi"));
        log.nextAppend().fenced();
        room.ends();
        bob.events().expectNoMessage(Duration.ZERO);
    }
}
