package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.Refusal.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomPolicyTest {
    private final RoomPolicy policy = RoomPolicy.open(TestRoom.limits(2, 5, 9));
    private final Room room = new Room(TestRoom.TEA);
    private final Member ann = register("ann");

    private Member register(String name) {
        return room.register(Nick.of(name), Some.ref(), Delivery.EACH);
    }

    private static void refused(Optional<Refusal> answer, Reason reason) {
        assertThat(answer).isPresent();
        assertThat(answer.get().reason()).isEqualTo(reason);
        assertThat(answer.get().text()).isNotBlank().doesNotContain("\n", "\r");
    }

    @Test
    void anybodyMayComeAsLongAsThereIsRoomAndTheNameIsFree() {
        assertThat(policy.join(room, Nick.of("bob"))).isEmpty();
        refused(policy.join(room, Nick.of("ANN")), Reason.NICK_IN_USE);
        register("bob");
        refused(policy.join(room, Nick.of("cyd")), Reason.ROOM_FULL);
    }

    @Test
    void aMessageIsNotEmptyAndNotTooLong() {
        assertThat(policy.say(room, ann, "12345")).isEmpty();
        refused(policy.say(room, ann, "123456"), Reason.TOO_LONG);
        refused(policy.say(room, ann, ""), Reason.EMPTY);
    }

    @Test
    void aTopicMayBeEmptyButNotTooLong() {
        Member bob = register("bob");
        assertThat(policy.setTopic(room, bob, "")).isEmpty();
        assertThat(policy.setTopic(room, bob, "12345")).isEmpty();
        refused(policy.setTopic(room, bob, "123456"), Reason.TOO_LONG);
    }

    @Test
    void aNewNameIsFreeOrOnesOwnInAnotherSpelling() {
        Member bob = register("bob");
        assertThat(policy.rename(room, bob, Nick.of("rob"))).isEmpty();
        assertThat(policy.rename(room, bob, Nick.of("BOB"))).isEmpty();
        refused(policy.rename(room, bob, Nick.of("Ann")), Reason.NICK_IN_USE);
    }

    @Test
    void onlyAnOperatorMayKick() {
        Member bob = register("bob");
        assertThat(policy.kick(room, ann, bob)).isEmpty();
        refused(policy.kick(room, bob, ann), Reason.NOT_OPERATOR);
    }
}
