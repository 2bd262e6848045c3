package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomActorRepeatTest {
    private final ScriptedLog log = new ScriptedLog();
    private final TestRoom room = new TestRoom(log);
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = room.enter("bob");

    RoomActorRepeatTest() {
        log.storesAtOnce(true);
        ann.heard();
    }

    @Test
    void aRetryIsAnsweredWithTheOriginalAndNotPublishedAgain() {
        room.ask(ann.say("hi", "c1"));
        Said original = ann.heard(Said.class);
        bob.heard();

        RoomActor.Say again = ann.say("hi", "c1");
        room.ask(again);

        assertThat(ann.answer(RoomReply.Repeated.class))
                .isEqualTo(new RoomReply.Repeated(TestRoom.TEA, 0, "c1", original));
        assertThat(ann.hasHeardAnything()).isFalse();
        assertThat(bob.hasHeardAnything()).isFalse();
        assertThat(log.kept()).hasSize(1);
    }

    @Test
    void theSameIdOfAnotherSenderIsNoRetry() {
        room.ask(ann.say("hi", "c1"), bob.say("hi", "c1"));
        assertThat(ann.lines()).containsExactly("1 ann: hi", "2 bob: hi");
    }

    /** A guest who guesses the id must not receive the message of another guest with that nick. */
    @Test
    void anotherTextUnderTheSameIdIsNoRetryOfAGuest() {
        room.ask(ann.say("hi", "c1"), ann.part());
        InboxGuest other = room.enter("ann");
        room.ask(other.say("what was it?", "c1"));
        assertThat(other.answers()).isEmpty();
        assertThat(other.lines()).containsExactly("2 ann: what was it?");
    }

    @Test
    void messagesWithoutAnIdAreNeverRetries() {
        room.ask(ann.say("hi"), ann.say("hi"));
        assertThat(ann.lines()).containsExactly("1 ann: hi", "2 ann: hi");
    }

    @Test
    void aRetryOfAPendingMessageIsAnsweredWhenThatIsStored() {
        log.storesAtOnce(false);
        room.ask(ann.say("hi", "c1"));
        room.ask(ann.say("hi", "c1"), ann.say("hi", "c1"));
        assertThat(ann.answers()).isEmpty();

        log.nextAppend().stored();
        room.run();

        Said original = ann.heard(Said.class);
        RoomReply repeated = new RoomReply.Repeated(TestRoom.TEA, 0, "c1", original);
        assertThat(ann.answers()).isEqualTo(List.of(repeated, repeated));
        assertThat(bob.lines()).containsExactly("1 ann: hi");
        assertThat(log.isAskedToAppend()).isFalse();
    }

    @Test
    void aRetryInTheSameMailboxIsRecognized() {
        room.ask(ann.say("hi", "c1"), ann.say("hi", "c1"));
        assertThat(bob.lines()).containsExactly("1 ann: hi");
        assertThat(ann.answer(RoomReply.Repeated.class).original().seq()).isEqualTo(1);
    }

    @Test
    void allRetriesAreRefusedWhenThePendingMessageIsNotStored() {
        log.storesAtOnce(false);
        room.ask(ann.say("hi", "c1"));
        room.ask(ann.say("hi", "c1"));
        log.nextAppend().notStored();
        room.run();

        assertThat(ann.answers())
                .hasSize(2)
                .allSatisfy(reply -> assertThat(
                                ((RoomReply.Refused) reply).refusal().reason())
                        .isEqualTo(Reason.NOT_STORED));
    }

    @Test
    void afterARefusalTheSameIdMayBeUsedAgain() {
        log.storesAtOnce(false);
        room.ask(ann.say("hi", "c1"));
        log.nextAppend().notStored();
        room.run();
        log.storesAtOnce(true);

        room.ask(ann.say("hi", "c1"));

        assertThat(ann.lines()).containsExactly("1 ann: hi");
    }

    @Test
    void aGuestWhoReconnectsUnderTheSameNickIsTheSameSender() {
        room.ask(ann.say("hi", "c1"));
        InboxGuest again = new InboxGuest("ANN");
        room.ask(ann.part(), again.join(), again.say("hi", "c1"));
        assertThat(again.answer(RoomReply.Repeated.class).original().seq()).isEqualTo(1);
        assertThat(again.lines()).doesNotContain("2 ANN: hi");
    }

    @Test
    void aRetryIsRecognizedAfterTheRoomWasReopened() {
        room.ask(ann.say("hi", "c1"));
        TestRoom after = new TestRoom(log);
        InboxGuest again = after.enter("ann");

        after.ask(again.say("hi", "c1"));

        assertThat(again.answer(RoomReply.Repeated.class).original())
                .isEqualTo(log.kept().get(0));
        assertThat(log.kept()).hasSize(1);
    }

    @Test
    void aFullQueueRefusesMessagesButRecognizesRetries() {
        log.storesAtOnce(false);
        TestRoom narrow = new TestRoom(new RoomParts(TestRoom.TEA, log, TestRoom.limits(9, 9, 2)));
        InboxGuest cyd = narrow.enter("cyd");
        narrow.ask(cyd.say("1", "c1"));
        narrow.ask(cyd.say("2", "c2"), cyd.say("3", "c3"), cyd.say("2", "c2"));
        RoomReply.Refused refused = cyd.answer(RoomReply.Refused.class);
        assertThat(refused.clientId()).isEqualTo("c3");
        assertThat(refused.refusal().reason()).isEqualTo(Reason.BUSY);

        log.nextAppend().stored();
        narrow.run();
        narrow.ask(cyd.say("4", "c4"));
        log.nextAppend().stored();
        narrow.run();
        log.nextAppend().stored();
        narrow.run();

        assertThat(cyd.lines()).containsExactly("1 cyd: 1", "2 cyd: 2", "3 cyd: 4");
        assertThat(cyd.answer(RoomReply.Repeated.class).clientId()).isEqualTo("c2");
    }

    @Test
    void aRetryOfAPendingMessageIsNotRefusedBecauseItsSenderWasKicked() {
        log.storesAtOnce(false);
        room.ask(bob.say("hi", "c1"));
        room.ask(ann.kick("bob", ""), bob.say("hi", "c1"), bob.say("late", "c2"));
        bob.wasRefused(Reason.NOT_A_MEMBER);
        assertThat(bob.answers()).isEmpty();

        log.nextAppend().stored();
        room.run();

        assertThat(bob.answer(RoomReply.Repeated.class).clientId()).isEqualTo("c1");
        assertThat(bob.lines()).contains("1 bob: hi");
    }
}
