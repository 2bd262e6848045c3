package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final RoomName TWO = RoomName.conversation("n:ann", "n:bob");

    private final TestRoom room = new TestRoom(new RoomParts(TWO, new MemoryRoomLog(9), RoomSettings.defaults()));
    private final InboxGuest ann = new InboxGuest("ann");
    private final InboxGuest bob = new InboxGuest("bob");

    @Test
    void joinsAndLeavesAreNotPublished() {
        room.ask(ann.join(), bob.join());
        room.ask(bob.part());

        assertThat(ann.lines()).containsExactly("welcome ann after 0");
        assertThat(bob.lines()).containsExactly("welcome bob after 0");
    }

    @Test
    void bothUsersReceiveMessagesInOrder() {
        room.ask(ann.join(), bob.join(), ann.say("hi"), bob.say("ho"));

        assertThat(ann.lines()).containsExactly("welcome ann after 0", "1 ann: hi", "2 bob: ho");
        assertThat(bob.lines()).containsExactly("welcome bob after 0", "1 ann: hi", "2 bob: ho");
    }

    @Test
    void aLeavingUserReceivesTheirLastMessage() {
        room.ask(ann.join(), bob.join());
        room.ask(bob.say("bye"), bob.part(), ann.say("gone?"));
        assertThat(bob.lines()).containsExactly("welcome bob after 0", "1 bob: bye");
        assertThat(ann.lines()).containsExactly("welcome ann after 0", "1 bob: bye", "2 ann: gone?");
    }

    @Test
    void neitherUserCanKickTheOther() {
        room.ask(ann.join(), bob.join(), ann.kick("bob", ""));
        ann.wasRefused(Refusal.Reason.NOT_OPERATOR);
    }
}
