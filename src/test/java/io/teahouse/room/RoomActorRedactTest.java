package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Said;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Redactions. ann is the operator of the room. */
class RoomActorRedactTest {
    private final ScriptedLog log = new ScriptedLog();
    private final TestRoom room = new TestRoom(new MemoryRoomLog(9));
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = room.enter("bob");

    private String said(InboxGuest by, String text) {
        room.ask(by.say(text));
        String id = by.heard().stream()
                .filter(Said.class::isInstance)
                .map(event -> ((Said) event).id())
                .reduce((first, last) -> last)
                .orElseThrow();
        ann.heard();
        bob.heard();
        return id;
    }

    private List<Long> past(InboxGuest asker) {
        room.ask(asker.history(1, Long.MAX_VALUE, 9));
        return asker.answer(RoomReply.Past.class).events().stream()
                .map(RoomEvent.Recorded::seq)
                .toList();
    }

    @Test
    void aRedactionIsPublishedAndRemovesTheMessage() {
        String id = said(bob, "oops");

        room.ask(bob.redact(id));

        assertThat(ann.lines()).containsExactly("2 bob redacts 1");
        assertThat(bob.lines()).containsExactly("2 bob redacts 1");
        assertThat(past(ann)).containsExactly(2L);
    }

    @Test
    void onlyOperatorsRedactMessagesOfOthers() {
        String anns = said(ann, "mine");
        String bobs = said(bob, "spam");

        room.ask(bob.redact(anns), ann.redact(bobs));

        bob.wasRefused(Reason.NOT_AUTHOR);
        assertThat(ann.lines()).containsExactly("3 ann redacts 2");
        assertThat(past(ann)).containsExactly(1L, 3L);
    }

    @Test
    void aLaterOwnerOfTheNickIsNotTheAuthor() {
        log.kept().add(Some.said(1, "bob", "long ago"));
        TestRoom later = new TestRoom(log);
        log.storesAtOnce(true);
        InboxGuest cyd = later.enter("cyd");
        InboxGuest other = later.enter("bob");
        cyd.heard();

        later.ask(other.redact("id-1"));

        other.wasRefused(Reason.NOT_AUTHOR);
    }

    @Test
    void aMissingMessageCannotBeRedacted() {
        String id = said(bob, "oops");
        room.ask(ann.redact("no-such"), bob.redact(id));
        ann.wasRefused(Reason.NO_SUCH_MESSAGE);
        ann.heard();

        room.ask(ann.redact(id));

        ann.wasRefused(Reason.NO_SUCH_MESSAGE);
    }

    @Test
    void onlyMessagesCanBeRedacted() {
        room.ask(ann.topic("tea"));
        String topic = ann.heard(RoomEvent.TopicChanged.class).id();
        room.ask(ann.redact(topic));
        ann.wasRefused(Reason.NO_SUCH_MESSAGE);
    }

    @Test
    void onlyMembersRedact() {
        String id = said(ann, "hi");
        InboxGuest cyd = new InboxGuest("cyd");
        room.ask(cyd.redact(id));
        cyd.wasRefused(Reason.NOT_A_MEMBER);
    }

    @Test
    void aMemberWhoLeftInTheMeantimeRedactsNothing() {
        TestRoom slow = new TestRoom(log);
        log.storesAtOnce(true);
        log.readsAtOnce(false);
        InboxGuest cyd = slow.enter("cyd");
        slow.ask(cyd.say("hi"));
        slow.ask(cyd.redact("id-1"), cyd.part());

        log.nextRead().answer();
        slow.run();

        cyd.wasRefused(Reason.NOT_A_MEMBER);
        assertThat(log.kept()).hasSize(1);
    }

    @Test
    void aRedactionIsRefusedIfTheLogDoesNotAnswer() {
        TestRoom slow = new TestRoom(log);
        log.readsAtOnce(false);
        InboxGuest cyd = slow.enter("cyd");
        slow.ask(cyd.redact("id-1"));

        log.nextRead().fail();
        slow.run();

        cyd.wasRefused(Reason.STORE_AWAY);
    }
}
