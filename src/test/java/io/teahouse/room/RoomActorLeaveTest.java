package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Left;
import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoomActorLeaveTest {
    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = room.enter("bob");

    @BeforeEach
    void forgetTheComing() {
        ann.heard();
    }

    @ParameterizedTest
    @EnumSource(Departure.class)
    void aLeaveHasItsKindAndThePartingWords(Departure how) {
        room.ask(bob.leave(how, "tired"));

        Left left = ann.heard(Left.class);
        assertThat(left)
                .returns(bob.nick(), Left::nick)
                .returns(how, Left::how)
                .returns("tired", Left::text)
                .returns(bob.nick(), Left::by);
    }

    @Test
    void lastMessagesArePublishedBeforeTheLeave() {
        room.ask(bob.say("bye"), bob.part(), ann.say("he is gone"));

        assertThat(ann.lines()).containsExactly("1 bob: bye", "-bob PARTED", "2 ann: he is gone");
        assertThat(bob.lines()).containsExactly("1 bob: bye", "-bob PARTED");
    }

    @Test
    void aFormerMemberReceivesNothingAndMaySendNothing() {
        room.ask(bob.part());
        bob.heard();

        room.ask(ann.say("hi"), bob.say("am I here?"));

        assertThat(bob.hasHeardAnything()).isFalse();
        bob.wasRefused(Reason.NOT_A_MEMBER);
        assertThat(ann.lines()).containsExactly("-bob PARTED", "1 ann: hi");
    }

    @Test
    void aNickIsFreeAtOnceWhenItsOwnerLeaves() {
        InboxGuest other = new InboxGuest("bob");

        room.ask(bob.part(), other.join());

        assertThat(ann.lines()).containsExactly("-bob PARTED", "+bob");
        assertThat(other.lines()).containsExactly("welcome bob after 0", "+bob");
        assertThat(bob.lines()).containsExactly("-bob PARTED");
    }

    @Test
    void aUserWhoJoinsAndLeavesInOneRoundReceivesBoth() {
        InboxGuest cyd = new InboxGuest("cyd");

        room.ask(ann.say("before"), cyd.join(), ann.say("hi"), cyd.part(), ann.say("after"));

        assertThat(cyd.lines()).containsExactly("welcome cyd after 1", "+cyd", "2 ann: hi", "-cyd PARTED");
    }

    @Test
    void leaveAndRejoinInOneRoundArePublishedInOrder() {
        room.ask(bob.part(), bob.join(), ann.say("again?"));

        assertThat(ann.lines()).containsExactly("-bob PARTED", "+bob", "1 ann: again?");
        assertThat(bob.lines()).containsExactly("-bob PARTED", "welcome bob after 0", "+bob", "1 ann: again?");
    }

    @Test
    void aLeaveOfANonMemberIsIgnored() {
        room.ask(new InboxGuest("cyd").part());

        assertThat(ann.hasHeardAnything()).isFalse();
    }

    @Test
    void anOperatorKicks() {
        room.ask(ann.kick("BOB", "enough"));

        Left left = ann.heard(Left.class);
        assertThat(left)
                .returns(bob.nick(), Left::nick)
                .returns(Departure.KICKED, Left::how)
                .returns("enough", Left::text)
                .returns(ann.nick(), Left::by);
        assertThat(bob.heard()).containsExactly(left);
        room.ask(bob.say("what?"));
        bob.wasRefused(Reason.NOT_A_MEMBER);
    }

    @Test
    void onlyAnOperatorKicks() {
        room.ask(bob.kick("ann", "enough"));

        bob.wasRefused(Reason.NOT_OPERATOR);
        assertThat(ann.hasHeardAnything()).isFalse();
        room.ask(ann.say("still here"));
        assertThat(ann.lines()).containsExactly("1 ann: still here");
    }

    @Test
    void aNonMemberKicksNobody() {
        InboxGuest cyd = new InboxGuest("cyd");
        room.ask(cyd.kick("bob", "enough"));
        cyd.wasRefused(Reason.NOT_A_MEMBER);
        assertThat(bob.hasHeardAnything()).isFalse();
    }

    @Test
    void aNonMemberCannotBeKicked() {
        room.ask(ann.kick("cyd", "enough"));
        ann.wasRefused(Reason.NO_SUCH_MEMBER);
    }
}
