package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.RoomEvent.Welcome;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.ScriptedLog;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages in a closed room, and members who join when all others have left. */
class ClosedRoomTest {
    private final MemoryRoomLog log = new MemoryRoomLog(99);
    private TestRoom room = new TestRoom(log);
    private final InboxGuest ann = room.enter("ann");

    private void set(InboxGuest by, boolean set, Mode mode, String value) {
        room.ask(new RoomActor.SetModes(by.member(), List.of(new ModeChange(set, mode, value)), by.replyTo()));
        by.answers();
    }

    private RoomReply.Past past(InboxGuest guest) {
        room.ask(new RoomActor.History(guest.member(), HistoryRange.ALL, guest.replyTo()));
        return guest.answer(RoomReply.Past.class);
    }

    private List<String> texts(InboxGuest guest) {
        return past(guest).events().stream()
                .filter(RoomEvent.Said.class::isInstance)
                .map(event -> ((RoomEvent.Said) event).text())
                .toList();
    }

    @Test
    void theNextFirstMemberDoesNotReadMessagesOfAnInviteOnlySession() {
        room.ask(ann.say("open"));
        set(ann, true, Mode.INVITE_ONLY, "");
        room.ask(ann.say("secret"), ann.part());
        InboxGuest eve = room.enter("eve");
        room.ask(eve.say("hello?"));
        assertThat(texts(eve)).containsExactly("open", "hello?");
        assertThat(past(eve).gap()).isTrue();
    }

    @Test
    void aKeyOrABanOfEverybodyClosesARoomToo() {
        set(ann, true, Mode.KEY, "sesame");
        room.ask(ann.say("secret"));
        set(ann, false, Mode.KEY, "sesame");
        set(ann, true, Mode.BAN, "*!*@*");
        room.ask(ann.say("secret too"), ann.part());
        assertThat(texts(room.enter("eve"))).isEmpty();
    }

    @Test
    void aBanOfOneUserOrALimitDoesNotCloseARoom() {
        set(ann, true, Mode.BAN, "bob");
        set(ann, true, Mode.BAN, "m:*!*@*");
        set(ann, true, Mode.LIMIT, "1");
        room.ask(ann.say("open"), ann.part());
        assertThat(texts(room.enter("cyd"))).containsExactly("open");
    }

    @Test
    void admittedUsersReadTheWholeSession() {
        set(ann, true, Mode.KEY, "sesame");
        room.ask(ann.say("secret"));
        InboxGuest bob = new InboxGuest("bob");
        room.ask(new RoomActor.Join(
                bob.nick(),
                Profile.APPLICATION,
                "sesame",
                bob.member(),
                Delivery.EACH,
                Optional.empty(),
                bob.replyTo()));
        room.ask(ann.part());
        assertThat(texts(bob)).containsExactly("secret");
    }

    @Test
    void aReopenedRoomHasANewSession() {
        set(ann, true, Mode.INVITE_ONLY, "");
        room.ask(ann.say("secret"));
        room = new TestRoom(log);
        assertThat(texts(room.enter("eve"))).isEmpty();
    }

    @Test
    void openingARoomDoesNotRevealEarlierMessages() {
        set(ann, true, Mode.INVITE_ONLY, "");
        room.ask(ann.say("secret"));
        set(ann, false, Mode.INVITE_ONLY, "");
        assertThat(texts(room.enter("bob"))).containsExactly("secret");
    }

    @Test
    void theTopicOfAClosedSessionIsNotShown() {
        room.ask(ann.topic("tea for all"));
        set(ann, true, Mode.INVITE_ONLY, "");
        room.ask(ann.topic("tea for us"), ann.part());
        InboxGuest eve = new InboxGuest("eve");
        room.ask(eve.join());
        assertThat(eve.heard(Welcome.class).topic().text()).isEqualTo("tea for all");
    }

    @Test
    void aNewOwnerOfANickDoesNotGetEarlierMessagesOfThatNick() {
        set(ann, true, Mode.INVITE_ONLY, "");
        room.ask(ann.say("secret", "c1"), ann.part());
        InboxGuest eve = room.enter("ann");
        room.ask(eve.say("?", "c1"));
        assertThat(eve.answers()).isEmpty();
        assertThat(eve.lines()).containsExactly("2 ann: ?");
    }

    @Test
    void pendingMessagesBelongToTheSessionInWhichTheyWereSent() {
        ScriptedLog slow = new ScriptedLog();
        room = new TestRoom(slow);
        InboxGuest bob = room.enter("bob");
        set(bob, true, Mode.KEY, "sesame");
        room.ask(bob.say("1"));
        ScriptedLog.Append first = slow.nextAppend();
        room.ask(bob.say("2"), bob.part());
        InboxGuest eve = room.enter("eve");
        room.ask(eve.say("3"));

        first.stored();
        room.run();
        ScriptedLog.Append second = slow.nextAppend();
        second.stored();
        room.run();
        ScriptedLog.Append third = slow.nextAppend();

        assertThat(first.forWhom()).isNotEqualTo(RoomLog.FOR_ALL).isEqualTo(second.forWhom());
        assertThat(second.batch()).hasSize(1);
        assertThat(third.forWhom()).isEqualTo(RoomLog.FOR_ALL);
    }

    @Test
    void aConversationIsNeverClosed() {
        RoomName two = RoomName.conversation("n:ann", "n:bob");
        ScriptedLog said = new ScriptedLog();
        room = new TestRoom(new RoomParts(two, said, RoomSettings.defaults()));
        room.ask(room.enter("ann").say("hi"));
        assertThat(said.nextAppend().forWhom()).isEqualTo(RoomLog.FOR_ALL);
    }
}
