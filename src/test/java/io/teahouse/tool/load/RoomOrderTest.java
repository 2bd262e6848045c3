package io.teahouse.tool.load;

import static io.teahouse.tool.load.RoomOrder.join;
import static io.teahouse.tool.load.RoomOrder.leave;
import static io.teahouse.tool.load.RoomOrder.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomOrderTest {
    private static final int ANN = 0;
    private static final int BOB = 1;
    private static final int CAT = 2;

    private final List<String> violations = new ArrayList<>();
    private final RoomOrder room = new RoomOrder("#r0", violations::add);
    private final RoomOrder.Reader ann = room.enter(ANN);

    /** Ann was first. */
    RoomOrderTest() {
        ann.see(join(ANN));
    }

    private RoomOrder.Reader bobJoins() {
        RoomOrder.Reader bob = room.enter(BOB);
        ann.see(join(BOB));
        bob.see(join(BOB));
        return bob;
    }

    private static void see(RoomOrder.Reader reader, long... events) {
        for (long event : events) {
            reader.see(event);
        }
    }

    private void annSends(int count) {
        for (int i = 0; i < count; i++) {
            ann.send();
        }
    }

    private String onlyViolation() {
        assertThat(violations).hasSize(1);
        return violations.get(0);
    }

    @Test
    void allIsWellIfEverybodyIsShownTheSame() {
        RoomOrder.Reader bob = bobJoins();
        annSends(2);
        see(bob, message(ANN, 0));
        assertThat(room.isSettled()).isFalse();
        see(ann, message(ANN, 0), message(ANN, 1));
        see(bob, message(ANN, 1));
        assertThat(room.isSettled()).isTrue();
        room.finish();
        assertThat(violations).isEmpty();
    }

    @Test
    void theNextOrderContinuesTheNumbersOfMessages() {
        RoomOrder.Reader bob = bobJoins();
        annSends(2);
        see(ann, message(ANN, 0));
        see(bob, message(ANN, 0));
        see(ann, message(ANN, 1));
        see(bob, message(ANN, 1));
        room.finish();
        annSends(1);
        see(bob, message(ANN, 2));
        see(ann, message(ANN, 2));
        room.finish();
        assertThat(violations).isEmpty();
    }

    @Test
    void aMessageLeftOutIsNamedWhenALaterOneComes() {
        RoomOrder.Reader bob = bobJoins();
        see(ann, message(ANN, 0), message(ANN, 1));
        see(bob, message(ANN, 1));
        assertThat(onlyViolation())
                .isEqualTo("#r0: u00001 was not shown message 0 of u00000, but message 1 of u00000 after it");
    }

    @Test
    void aMessageThatNeverComesIsNamedInTheEnd() {
        bobJoins();
        annSends(2);
        see(ann, message(ANN, 0), message(ANN, 1));
        assertThat(room.isSettled()).isFalse();
        room.finish();
        assertThat(onlyViolation()).isEqualTo("#r0: u00001 was not shown message 0 of u00000, nor 1 later events");
    }

    @Test
    void aMessageTwiceIsFound() {
        RoomOrder.Reader bob = bobJoins();
        see(ann, message(ANN, 0), message(ANN, 1));
        see(bob, message(ANN, 0), message(ANN, 0));
        assertThat(onlyViolation()).isEqualTo("#r0: u00001 was shown message 0 of u00000 twice");
    }

    @Test
    void aMessageThatEverybodyIsShownTwiceIsReportedOnce() {
        RoomOrder.Reader bob = bobJoins();
        annSends(1);
        see(ann, message(ANN, 0), message(ANN, 0));
        see(bob, message(ANN, 0), message(ANN, 0));
        assertThat(onlyViolation()).contains("u00000 was shown message 0 of u00000 again");
    }

    @Test
    void messagesInAnotherOrderAreFound() {
        RoomOrder.Reader bob = bobJoins();
        see(ann, message(ANN, 0), message(BOB, 0));
        see(bob, message(BOB, 0), message(ANN, 0));
        assertThat(onlyViolation()).contains("u00001 was not shown message 0 of u00000, but message 0 of u00001");
    }

    @Test
    void aMessageThatNobodyIsShownIsFoundByTheNextOne() {
        see(ann, message(ANN, 1));
        assertThat(onlyViolation()).contains("nobody message 0 of u00000");
    }

    @Test
    void aMessageWithoutReceiptIsFoundInTheEnd() {
        annSends(1);
        room.finish();
        assertThat(onlyViolation()).contains("u00000 has no receipt for message 0 of u00000");
    }

    @Test
    void aNewMemberMustBeShownWhatFollowsItsJoin() {
        RoomOrder.Reader bob = room.enter(BOB);
        see(ann, message(ANN, 0), join(BOB), message(ANN, 1), message(ANN, 2));
        see(bob, join(BOB), message(ANN, 2));
        assertThat(onlyViolation()).contains("u00001 was not shown message 1 of u00000");
    }

    @Test
    void aNewMemberMustNotBeShownWhatCameBeforeItsJoin() {
        RoomOrder.Reader bob = room.enter(BOB);
        see(bob, join(BOB), message(ANN, 0));
        see(ann, message(ANN, 0), join(BOB));
        assertThat(onlyViolation()).contains("u00001 was shown message 0 of u00000 again");
    }

    @Test
    void aNewMemberMayBeShownItsPartBeforeTheOthers() {
        RoomOrder.Reader bob = room.enter(BOB);
        see(ann, message(ANN, 0));
        see(bob, join(BOB), message(ANN, 2), message(ANN, 3));
        see(ann, message(ANN, 1), join(BOB), message(ANN, 2));
        annSends(4);
        see(ann, message(ANN, 3));
        assertThat(room.isSettled()).isTrue();
        assertThat(violations).isEmpty();
    }

    @Test
    void whatIsShownBeforeTheOwnJoinIsFound() {
        RoomOrder.Reader bob = room.enter(BOB);
        see(bob, message(ANN, 0), join(BOB));
        assertThat(onlyViolation()).isEqualTo("#r0: u00001 was shown message 0 of u00000 before its own join");
    }

    @Test
    void aJoinThatNobodyElseIsShownIsFoundInTheEnd() {
        RoomOrder.Reader bob = room.enter(BOB);
        see(bob, join(BOB));
        assertThat(room.isSettled()).isFalse();
        room.finish();
        assertThat(onlyViolation()).isEqualTo("#r0: u00001 joined, and nobody was shown that");
    }

    @Test
    void oneThatLeavesOwesWhatHadAReceiptBeforeItsPing() {
        RoomOrder.Reader bob = bobJoins();
        see(ann, message(ANN, 0));
        bob.beginLeaving();
        bob.endLeaving();
        assertThat(onlyViolation()).contains("u00001 was not shown message 0 of u00000 before it left");
    }

    @Test
    void oneThatLeavesDoesNotOweWhatCameAfterItsPing() {
        RoomOrder.Reader bob = bobJoins();
        annSends(2);
        see(ann, message(ANN, 0));
        see(bob, message(ANN, 0));
        bob.beginLeaving();
        see(ann, message(ANN, 1));
        bob.endLeaving();
        bob.close();
        see(ann, leave(BOB));
        room.finish();
        assertThat(violations).isEmpty();
    }

    @Test
    void aMessageOfAnotherWithoutReceiptIsNotOwed() {
        RoomOrder.Reader bob = bobJoins();
        RoomOrder.Reader cat = room.enter(CAT);
        see(ann, join(CAT));
        see(bob, join(CAT));
        see(cat, join(CAT), message(ANN, 0));
        bob.beginLeaving();
        bob.endLeaving();
        assertThat(violations).isEmpty();
    }

    @Test
    void aLeaveThatNobodyIsShownIsFoundInTheEnd() {
        RoomOrder.Reader bob = bobJoins();
        bob.beginLeaving();
        bob.endLeaving();
        bob.close();
        assertThat(room.isSettled()).isFalse();
        room.finish();
        assertThat(onlyViolation()).isEqualTo("#r0: u00001 left, and nobody was shown that");
    }

    @Test
    void aLeaveThatNobodyAskedForIsFound() {
        bobJoins();
        see(ann, leave(BOB));
        assertThat(onlyViolation()).contains("the leave of u00001, who did not ask for it");
    }

    @Test
    void aMessageAfterItsSenderLeftIsFound() {
        RoomOrder.Reader bob = bobJoins();
        bob.beginLeaving();
        see(ann, leave(BOB), message(BOB, 0));
        assertThat(onlyViolation()).contains("message 0 of u00001, who was not in the room");
    }
}
