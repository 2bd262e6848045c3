package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import org.junit.jupiter.api.Test;

class RoomActorJoinTest {
    private final TestRoom room = new TestRoom();

    @Test
    void aNewMemberIsWelcomedAndThenShownToAllMembers() {
        InboxGuest ann = room.enter("ann");
        InboxGuest bob = new InboxGuest("bob");

        room.ask(bob.join());

        assertThat(bob.lines()).containsExactly("welcome bob after 0", "+bob");
        assertThat(ann.lines()).containsExactly("+bob");
        assertThat(bob.answers()).isEmpty();
    }

    @Test
    void aWelcomeHasTheSeqAndTheTopic() {
        InboxGuest ann = room.enter("ann");
        room.ask(ann.topic("green tea"), ann.say("hi"));
        InboxGuest bob = new InboxGuest("bob");

        room.ask(bob.join());

        RoomEvent.Welcome welcome = bob.heard(RoomEvent.Welcome.class);
        assertThat(welcome.seq()).isEqualTo(2);
        assertThat(welcome.topic().text()).isEqualTo("green tea");
        assertThat(welcome.topic().by()).isEqualTo("ann");
        assertThat(welcome.room()).isEqualTo(TestRoom.TEA);
        assertThat(welcome.self()).isEqualTo(room.kit().getRef());
    }

    @Test
    void aNewMemberDoesNotReceiveEarlierMessagesOfTheSameMailbox() {
        InboxGuest ann = room.enter("ann");
        InboxGuest bob = new InboxGuest("bob");

        room.ask(ann.say("before"), bob.join(), ann.say("after"));

        assertThat(bob.lines()).containsExactly("welcome bob after 1", "+bob", "2 ann: after");
        assertThat(ann.lines()).containsExactly("1 ann: before", "+bob", "2 ann: after");
    }

    @Test
    void theFirstMemberBecomesOperator() {
        InboxGuest ann = new InboxGuest("ann");
        InboxGuest bob = new InboxGuest("bob");

        room.ask(ann.join(), bob.join());

        assertThat(ann.heard(RoomEvent.Welcome.class).ranks().operator()).isTrue();
        assertThat(bob.heard(RoomEvent.Welcome.class).ranks().operator()).isFalse();
    }

    @Test
    void aTakenNickIsRefusedInAnySpelling() {
        InboxGuest ann = room.enter("ann");
        InboxGuest other = new InboxGuest("ANN");

        room.ask(other.join());

        other.wasRefused(Reason.NICK_IN_USE);
        assertThat(other.hasHeardAnything()).isFalse();
        assertThat(ann.hasHeardAnything()).isFalse();
    }

    @Test
    void theFirstOfTwoUsersGetsANick() {
        InboxGuest ann = new InboxGuest("ann");
        InboxGuest other = new InboxGuest("ann");

        room.ask(ann.join(), other.join());

        assertThat(ann.lines()).containsExactly("welcome ann after 0", "+ann");
        other.wasRefused(Reason.NICK_IN_USE);
    }

    @Test
    void aMemberWhoJoinsAgainIsWelcomedSilently() {
        InboxGuest ann = room.enter("ann");
        InboxGuest bob = room.enter("bob");
        ann.heard();

        room.ask(bob.join());

        assertThat(bob.lines()).containsExactly("welcome bob after 0");
        assertThat(ann.hasHeardAnything()).isFalse();
    }

    @Test
    void aSecondJoinIsNotWelcomedBeforeTheFirst() {
        InboxGuest ann = room.enter("ann");
        InboxGuest bob = new InboxGuest("bob");

        room.ask(ann.say("hi"), bob.join(), bob.join());

        assertThat(bob.lines()).startsWith("welcome bob after 1", "+bob");
    }

    @Test
    void aSilentJoinIsNotPublished() {
        InboxGuest ann = room.enter("ann");
        InboxGuest bob = new InboxGuest("bob");

        room.ask(bob.joinSilently(), ann.say("hi"));

        assertThat(bob.lines()).containsExactly("welcome bob after 0", "1 ann: hi");
        assertThat(ann.lines()).containsExactly("1 ann: hi");
    }

    @Test
    void aFullRoomRefuses() {
        TestRoom small = new TestRoom(new RoomParts(TestRoom.TEA, new MemoryRoomLog(9), TestRoom.limits(1, 9, 9)));
        InboxGuest ann = small.enter("ann");
        InboxGuest bob = new InboxGuest("bob");

        small.ask(bob.join());
        bob.wasRefused(Reason.ROOM_FULL);

        small.ask(ann.part(), bob.join());
        assertThat(bob.lines()).containsExactly("welcome bob after 0", "+bob");
    }

    @Test
    void aMemberWhoIsRenamedAtOnceJoinsUnderTheFirstNick() {
        InboxGuest ann = room.enter("ann");
        InboxGuest bob = new InboxGuest("bob");

        room.ask(bob.join(), bob.rename("rob"));

        assertThat(ann.lines()).containsExactly("+bob", "bob > rob");
        assertThat(bob.lines()).containsExactly("welcome bob after 0", "+bob", "bob > rob");
    }
}
