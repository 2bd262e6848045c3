package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that answers with failures. */
class RoomLogTroubleTest {
    private final ScriptedLog log = new ScriptedLog();
    private final TestRoom room = new TestRoom(log);
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = room.enter("bob");

    RoomLogTroubleTest() {
        ann.heard();
    }

    private void inDoubt(InboxGuest guest, String clientId) {
        assertThat(guest.answer(RoomReply.InDoubt.class).clientId()).isEqualTo(clientId);
    }

    @Test
    void nothingIsPublishedBeforeItIsStored() {
        room.ask(ann.say("hi"));
        ScriptedLog.Append append = log.nextAppend();
        assertThat(append.batch()).extracting(Recorded::seq).containsExactly(1L);
        assertThat(ann.hasHeardAnything()).isFalse();
        assertThat(bob.hasHeardAnything()).isFalse();

        append.stored();
        room.run();

        assertThat(ann.heard()).isEqualTo(log.kept());
        assertThat(bob.heard()).isEqualTo(log.kept());
    }

    @Test
    void aMessageThatIsNotStoredIsRefusedAndNotPublished() {
        room.ask(ann.say("hi", "c1"), ann.topic("tea"));
        log.nextAppend().notStored();
        room.run();

        assertThat(ann.answers())
                .map(RoomReply.Refused.class::cast)
                .hasSize(2)
                .allSatisfy(refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.NOT_STORED))
                .extracting(RoomReply.Refused::clientId)
                .containsExactly("c1", "");
        assertThat(ann.hasHeardAnything()).isFalse();
        assertThat(bob.hasHeardAnything()).isFalse();
        InboxGuest cyd = new InboxGuest("cyd");
        room.ask(cyd.join());
        RoomEvent.Welcome welcome = cyd.heard(RoomEvent.Welcome.class);
        assertThat(welcome.topic().text()).isEmpty();
        assertThat(welcome.seq()).isZero();
    }

    @Test
    void aRefusalLeavesNoGapInTheSeqs() {
        room.ask(ann.say("lost"), ann.say("lost too"));
        log.nextAppend().notStored();
        room.run();
        room.ask(ann.say("kept"));
        log.nextAppend().stored();
        room.run();
        assertThat(bob.lines()).containsExactly("1 ann: kept");
    }

    @Test
    void noticesArePublishedAfterRefusedMessages() {
        InboxGuest cyd = new InboxGuest("cyd");
        room.ask(bob.say("bye"), cyd.join(), bob.part(), ann.rename("anna"));
        assertThat(ann.hasHeardAnything()).isFalse();
        assertThat(cyd.hasHeardAnything()).isFalse();

        log.nextAppend().notStored();
        room.run();

        bob.wasRefused(Reason.NOT_STORED);
        assertThat(ann.lines()).containsExactly("+cyd", "-bob PARTED", "ann > anna");
        assertThat(cyd.lines()).containsExactly("welcome cyd after 0", "+cyd", "-bob PARTED", "ann > anna");
    }

    @Test
    void aNewMemberIsWelcomedAfterEarlierMessages() {
        InboxGuest cyd = new InboxGuest("cyd");
        room.ask(ann.say("1"), cyd.join());
        assertThat(cyd.hasHeardAnything()).isFalse();
        log.nextAppend().stored();
        room.run();
        assertThat(cyd.lines()).containsExactly("welcome cyd after 1", "+cyd");
    }

    @Test
    void theNextBatchGrowsDuringAnAppend() {
        room.ask(ann.say("1"));
        ScriptedLog.Append first = log.nextAppend();
        room.ask(bob.say("2"));
        room.ask(ann.say("3"));
        room.ask(bob.topic("4"));
        assertThat(log.isAskedToAppend()).isFalse();

        first.stored();
        room.run();
        assertThat(ann.lines()).containsExactly("1 ann: 1");
        ScriptedLog.Append next = log.nextAppend();
        assertThat(next.batch()).extracting(Recorded::seq).containsExactly(2L, 3L, 4L);
        next.stored();
        room.run();

        assertThat(ann.lines()).containsExactly("2 bob: 2", "3 ann: 3", "4 bob topic 4");
        assertThat(log.isAskedToAppend()).isFalse();
    }

    @Test
    void theNextAppendUsesTheSeqsOfARefusedOne() {
        room.ask(ann.say("1"));
        ScriptedLog.Append first = log.nextAppend();
        room.ask(bob.say("2"));
        first.notStored();
        room.run();

        log.nextAppend().stored();
        room.run();

        assertThat(ann.lines()).containsExactly("1 bob: 2");
        assertThat(log.kept()).extracting(Recorded::seq).containsExactly(1L);
    }

    @Test
    void aStoredMessageWithALostAnswerIsPublishedOnce() {
        room.ask(ann.say("hi", "c1"));
        ScriptedLog.Append append = log.nextAppend();
        append.keep();
        append.fail();
        room.run();
        inDoubt(ann, "c1");
        assertThat(bob.hasHeardAnything()).isFalse();

        log.nextTail().answer();
        room.run();

        assertThat(ann.heard()).isEqualTo(log.kept());
        assertThat(bob.lines()).containsExactly("1 ann: hi");
        assertThat(ann.answers()).isEmpty();
    }

    @Test
    void aMessageWithALostAnswerThatIsNotStoredIsRefused() {
        room.ask(ann.say("hi", "c1"));
        log.nextAppend().fail();
        room.run();
        inDoubt(ann, "c1");

        log.nextTail().answer();
        room.run();

        ann.wasRefused(Reason.NOT_STORED);
        assertThat(bob.hasHeardAnything()).isFalse();
    }

    @Test
    void inDoubtMessagesAreRefusedAndJoinsWaitForTheTail() {
        InboxGuest cyd = new InboxGuest("cyd");
        room.ask(ann.say("1"));
        ScriptedLog.Append append = log.nextAppend();
        append.keep();
        append.fail();
        room.run();

        room.ask(bob.say("2"), cyd.join());
        bob.wasRefused(Reason.STORE_AWAY);
        assertThat(cyd.hasHeardAnything()).isFalse();
        log.nextTail().answer();
        room.run();

        assertThat(ann.lines()).containsExactly("1 ann: 1", "+cyd");
        assertThat(cyd.lines()).containsExactly("welcome cyd after 1", "+cyd");
    }

    @Test
    void messagesThatWaitedDuringTheDoubtAreAppendedNext() {
        room.ask(ann.say("1"));
        ScriptedLog.Append append = log.nextAppend();
        room.ask(bob.say("2"));
        append.keep();
        append.fail();
        room.run();
        log.nextTail().answer();
        room.run();
        log.nextAppend().stored();
        room.run();
        assertThat(ann.lines()).containsExactly("1 ann: 1", "2 bob: 2");
    }

    @Test
    void anAppendThatThrowsIsInDoubtToo() {
        log.throwing(true);
        room.ask(ann.say("hi", "c1"));
        inDoubt(ann, "c1");
        log.throwing(false);
        log.nextTail().answer();
        room.run();
        ann.wasRefused(Reason.NOT_STORED);

        room.ask(ann.say("again", "c1"));
        log.nextAppend().stored();
        room.run();
        assertThat(bob.lines()).containsExactly("1 ann: again");
    }

    @Test
    void aLateAnswerEndsTheDoubtAndTheTailIsIgnored() {
        room.ask(ann.say("hi"));
        ScriptedLog.Append append = log.nextAppend();
        room.fire();
        inDoubt(ann, "");
        append.stored();
        room.run();
        assertThat(bob.lines()).containsExactly("1 ann: hi");

        log.nextTail().answer();
        room.run();

        assertThat(bob.hasHeardAnything()).isFalse();
        assertThat(ann.lines()).containsExactly("1 ann: hi");
    }

    @Test
    void aRoomThatIsNotTheOnlyWriterEnds() {
        room.ask(ann.say("hi"));
        log.nextAppend().fenced();
        assertThatThrownBy(room::run).hasMessageContaining("opened elsewhere");
        assertThat(bob.hasHeardAnything()).isFalse();
    }

    @Test
    void aTailOfAnotherWriterEndsTheRoom() {
        room.ask(ann.say("hi"));
        ScriptedLog.Append append = log.nextAppend();
        log.kept().add(Some.said(1, "mallory", "mine"));
        append.fail();
        room.run();
        log.nextTail().answer();
        assertThatThrownBy(room::run).hasMessageContaining("opened elsewhere");
        assertThat(bob.hasHeardAnything()).isFalse();
    }

    @Test
    void aRoomThatKnowsLessThanItsMembersEndsIfAnotherOneAppends() {
        MemoryRoomLog shared = new MemoryRoomLog(10);
        TestRoom stale = new TestRoom(shared);
        TestRoom newer = new TestRoom(shared);
        InboxGuest cyd = newer.enter("cyd");
        newer.ask(cyd.say("hi"));
        assertThatThrownBy(() -> stale.ask(cyd.resume(1))).hasMessageContaining("opened elsewhere");
    }

    @Test
    void ranksAreListedWhenTheyHaveBeenPublished() {
        room.ask(ann.say("hi"));
        room.ask(
                new RoomActor.SetModes(ann.member(), List.of(new ModeChange(true, Mode.VOICE, "bob")), ann.replyTo()),
                ann.names());
        assertThat(ann.answers().get(1))
                .isInstanceOfSatisfying(
                        RoomReply.NameList.class,
                        list -> assertThat(list.members())
                                .extracting(RoomReply.Participant::ranks)
                                .containsExactly(Ranks.OPERATOR, Ranks.NONE));
        log.nextAppend().stored();
        room.run();
        room.ask(ann.names());
        assertThat(ann.answer(RoomReply.NameList.class).members())
                .extracting(RoomReply.Participant::ranks)
                .containsExactly(Ranks.OPERATOR, Ranks.NONE.with(Mode.VOICE, true));
    }
}
