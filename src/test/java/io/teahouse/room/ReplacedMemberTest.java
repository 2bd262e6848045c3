package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One member takes another's place: the same person, by another way. ann is the operator of the room. */
class ReplacedMemberTest {
    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");
    private final InboxGuest bob = room.enter("bob");
    private final InboxGuest annAgain = new InboxGuest("ann");

    private static RoomActor.Join instead(InboxGuest guest, InboxGuest other, long since, Profile profile) {
        return new RoomActor.Join(
                guest.nick,
                profile,
                "",
                guest.member,
                Delivery.EACH,
                Optional.of(new RoomActor.Back(since, other.member)),
                guest.replyTo);
    }

    private List<String> names() {
        room.ask(bob.names());
        return bob.answer(RoomReply.NameList.class).members().stream()
                .map(member -> member.ranks().marks() + member.nick())
                .toList();
    }

    @Test
    void nobodyIsToldAndTheRanksStay() {
        ann.heard();

        room.ask(instead(annAgain, ann, 0, Profile.APPLICATION));

        assertThat(bob.lines()).isEmpty();
        assertThat(annAgain.lines()).containsExactly("welcome ann after 0");
        assertThat(ann.lines()).isEmpty();
        assertThat(names()).containsExactlyInAnyOrder("bob", "@ann");
    }

    @Test
    void whatWasMissedIsToldAndWhatFollowsGoesToTheNewOneOnly() {
        room.ask(bob.say("1"), bob.say("2"));
        ann.heard();

        room.ask(bob.say("3"), instead(annAgain, ann, 1, Profile.APPLICATION), bob.say("4"));

        assertThat(ann.lines()).containsExactly("3 bob: 3");
        assertThat(annAgain.lines()).containsExactly("welcome ann after 3", "2 bob: 2", "3 bob: 3", "4 bob: 4");
    }

    @Test
    void whatOthersMayKnowAnewIsTold() {
        room.ask(instead(annAgain, ann, 0, Profile.APPLICATION.withAway("gone")));
        assertThat(bob.heard(RoomEvent.ProfileChanged.class).after().away()).isEqualTo("gone");
    }

    @Test
    void whoIsNotThereCannotBeReplaced() {
        room.ask(ann.part(), instead(annAgain, ann, 0, Profile.APPLICATION));
        annAgain.wasRefused(Reason.NOT_A_MEMBER);
        assertThat(names()).containsExactly("bob");
    }

    @Test
    void theEndOfTheOldOneIsNotNoticed() {
        room.ask(instead(annAgain, ann, 0, Profile.APPLICATION), ann.part());
        assertThat(bob.lines()).isEmpty();
        assertThat(names()).hasSize(2);
    }

    @Test
    void ofMoreThanMayBeToldTheNewestAre() {
        TestRoom small = new TestRoom(new RoomParts(TestRoom.TEA, new MemoryRoomLog(500), TestRoom.limits(9, 99, 9)));
        InboxGuest cyd = small.enter("cyd");
        for (int i = 1; i <= 150; i++) {
            small.ask(cyd.say("hi"));
        }
        InboxGuest again = new InboxGuest("dan");
        small.ask(again.resume(10));
        assertThat(again.lines())
                .hasSize(102)
                .startsWith("welcome dan after 150", "gap after 10 next 51", "51 cyd: hi");
    }
}
