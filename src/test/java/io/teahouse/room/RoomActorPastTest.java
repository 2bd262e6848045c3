package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.TestRoom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** History on request, and missed events after a rejoin. */
class RoomActorPastTest {
    private final ScriptedLog log = new ScriptedLog();
    private final TestRoom room = new TestRoom(new MemoryRoomLog(3));
    private final InboxGuest ann = room.enter("ann");

    private void say(int count) {
        for (int i = 0; i < count; i++) {
            room.ask(ann.say("hi"));
        }
        ann.heard();
    }

    private RoomReply.Past past(long from, long to, int limit) {
        room.ask(ann.history(from, to, limit));
        return ann.answer(RoomReply.Past.class);
    }

    private TestRoom roomWithSlowReads() {
        TestRoom slow = new TestRoom(log);
        log.storesAtOnce(true);
        log.readsAtOnce(false);
        return slow;
    }

    private void isPast(RoomReply.Past past, boolean gap, Long... seqs) {
        assertThat(past.events()).extracting(RoomEvent.Recorded::seq).containsExactly(seqs);
        assertThat(past.gap()).as("gap").isEqualTo(gap);
    }

    @Test
    void historyIsTheNewestOfTheRangeOldestFirst() {
        say(3);
        isPast(past(1, Long.MAX_VALUE, 2), false, 2L, 3L);
        isPast(past(1, 2, 9), false, 1L, 2L);
        isPast(past(0, Long.MAX_VALUE, 3), false, 1L, 2L, 3L);
    }

    @Test
    void droppedEventsAreAGap() {
        say(5);
        isPast(past(1, Long.MAX_VALUE, 9), true, 3L, 4L, 5L);
        isPast(past(3, Long.MAX_VALUE, 9), false, 3L, 4L, 5L);
        isPast(past(1, 2, 9), true);
        isPast(past(1, Long.MAX_VALUE, 3), false, 3L, 4L, 5L);
    }

    @Test
    void futureEventsAreNoGap() {
        isPast(past(1, Long.MAX_VALUE, 9), false);
        say(1);
        isPast(past(2, Long.MAX_VALUE, 9), false);
    }

    @Test
    void historyIncludesMessagesBeforeTheRequest() {
        room.ask(ann.say("hi"), ann.history(1, 9, 9));
        isPast(ann.answer(RoomReply.Past.class), false, 1L);
    }

    @Test
    void historyIsForMembers() {
        InboxGuest bob = new InboxGuest("bob");
        room.ask(bob.history(1, 9, 9));
        bob.wasRefused(Reason.NOT_A_MEMBER);
    }

    @Test
    void messagesDuringTheReadAreNoGap() {
        TestRoom slow = new TestRoom(log);
        log.storesAtOnce(true);
        log.readsAtOnce(false);
        InboxGuest bob = slow.enter("bob");
        slow.ask(bob.history(1, Long.MAX_VALUE, 9));
        slow.ask(bob.say("meanwhile"));

        log.nextRead().answer();
        slow.run();

        isPast(bob.answer(RoomReply.Past.class), false);
    }

    private RoomReply.Past after(String id) {
        HistoryRange span = HistoryRange.after(new Anchor.AtId(id), 9);
        room.ask(new RoomActor.History(ann.member(), span, ann.replyTo()));
        return ann.answer(RoomReply.Past.class);
    }

    @Test
    void theIdOfADroppedMessageIsAMark() {
        room.ask(ann.say("hi"));
        String first = ann.heard(RoomEvent.Said.class).id();
        say(2);
        isPast(after(first), false, 2L, 3L);
        say(1);
        isPast(after(first), false, 2L, 3L, 4L);
        say(1);
        isPast(after(first), true, 3L, 4L, 5L);
    }

    @Test
    void theIdOfARedactedMessageIsAMark() {
        room.ask(ann.say("oops"));
        String first = ann.heard(RoomEvent.Said.class).id();
        room.ask(ann.redact(first), ann.say("hi"));
        isPast(after(first), false, 2L, 3L);
    }

    @Test
    void forgedIdsAreUnknown() {
        room.ask(ann.say("hi"));
        String first = ann.heard(RoomEvent.Said.class).id();
        String next = first.substring(0, first.length() - 1) + "2";
        for (String id : List.of(next, first.substring(1), first + " ", "0" + first, first.replace("-", "-0"), "-1")) {
            assertThat(after(id).known()).as("known: %s", id).isFalse();
        }
    }

    @Test
    void otherTypesOfEventsDoNotCount() {
        room.ask(ann.say("hi"), ann.topic("tea"));
        HistoryRange latest = HistoryRange.latest(1);
        room.ask(new RoomActor.History(
                ann.member(), latest, Set.of(EventType.MESSAGE), Instant.EPOCH, 0, ann.replyTo()));
        isPast(ann.answer(RoomReply.Past.class), false, 1L);
        room.ask(new RoomActor.History(ann.member(), latest, Set.of(EventType.TOPIC), Instant.EPOCH, 0, ann.replyTo()));
        isPast(ann.answer(RoomReply.Past.class), false, 2L);
    }

    @Test
    void unreadableHistoryIsRefused() {
        TestRoom slow = new TestRoom(log);
        log.readsAtOnce(false);
        InboxGuest bob = slow.enter("bob");
        slow.ask(bob.history(1, 9, 9));
        log.nextRead().fail();
        slow.run();
        bob.wasRefused(Reason.STORE_AWAY);
    }

    @Test
    void aRejoiningMemberReceivesExactlyTheMissedEvents() {
        say(3);
        InboxGuest bob = new InboxGuest("bob");

        room.ask(bob.resume(1), ann.say("4th"));

        assertThat(bob.lines()).containsExactly("welcome bob after 3", "2 ann: hi", "3 ann: hi", "4 ann: 4th");
        assertThat(ann.lines()).containsExactly("4 ann: 4th");
    }

    @Test
    void aMemberWhoMissedNothingReceivesNothing() {
        say(3);
        InboxGuest bob = new InboxGuest("bob");
        room.ask(bob.resume(3));
        assertThat(bob.lines()).containsExactly("welcome bob after 3");
    }

    @Test
    void aMemberWhoMissedMoreThanIsKeptReceivesAGap() {
        say(5);
        InboxGuest bob = new InboxGuest("bob");
        room.ask(bob.resume(1));
        assertThat(bob.lines())
                .containsExactly("welcome bob after 5", "gap after 1 next 3", "3 ann: hi", "4 ann: hi", "5 ann: hi");
    }

    @Test
    void aMemberWithASeqBeyondTheLogReceivesAGap() {
        say(1);
        InboxGuest bob = new InboxGuest("bob");
        room.ask(bob.resume(50));
        assertThat(bob.lines()).hasSizeGreaterThan(1).element(1).asString().startsWith("gap after 50 ");
    }

    @Test
    void eventsDuringACatchUpFollowItOnce() {
        TestRoom slow = roomWithSlowReads();
        InboxGuest cyd = slow.enter("cyd");
        InboxGuest bob = new InboxGuest("bob");
        slow.ask(cyd.say("1"), bob.resume(0), cyd.say("2"));
        slow.ask(cyd.say("3"));
        assertThat(bob.lines()).containsExactly("welcome bob after 1");

        log.nextRead().answer();
        slow.run();

        assertThat(bob.lines()).containsExactly("1 cyd: 1", "2 cyd: 2", "3 cyd: 3");
        assertThat(cyd.lines()).containsExactly("1 cyd: 1", "2 cyd: 2", "3 cyd: 3");
    }

    @Test
    void aFailedCatchUpIsAGap() {
        TestRoom slow = roomWithSlowReads();
        InboxGuest cyd = slow.enter("cyd");
        InboxGuest bob = new InboxGuest("bob");
        slow.ask(cyd.say("1"), bob.resume(0), cyd.say("2"));

        log.nextRead().fail();
        slow.run();

        assertThat(bob.lines()).containsExactly("welcome bob after 1", "gap after 0 next 2", "2 cyd: 2");
    }

    @Test
    void aCatchUpWithTooManyWaitingEventsIsAGap() {
        TestRoom slow = roomWithSlowReads();
        InboxGuest cyd = slow.enter("cyd");
        InboxGuest bob = new InboxGuest("bob");
        slow.ask(cyd.say("1"), bob.resume(0));
        assertThat(bob.lines()).containsExactly("welcome bob after 1");

        String text = "x".repeat(5000);
        for (int i = 0; i < 120; i++) { // more than 1 MiB
            slow.ask(cyd.say(text));
        }

        assertThat(bob.lines()).hasSize(121).startsWith("gap after 0 next 2", "2 cyd: " + text);
        log.nextRead().answer();
        slow.run();
        assertThat(bob.lines()).isEmpty();
    }
}
