package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final Room room = Some.room(TestRoom.TEA);

    private Member register(String name) {
        return Some.register(room, name);
    }

    @Test
    void aMemberIsFoundByIdBySubscriberAndByAnySpellingOfTheNick() {
        Member ann = register("Ann");

        assertThat(room.member(ann.subscribers().get(0))).containsSame(ann);
        assertThat(room.member(ann.id())).containsSame(ann);
        assertThat(room.named(Nick.of("aNN"))).containsSame(ann);
        assertThat(room.named(Nick.of("bob"))).isEmpty();
        assertThat(room.size()).isEqualTo(1);
        assertThat(room.shownCount()).isZero();
    }

    @Test
    void aNewNickReplacesTheOldOne() {
        Member ann = register("ann");

        room.rename(ann, Nick.of("anna"));

        assertThat(room.named(Nick.of("ann"))).isEmpty();
        assertThat(room.named(Nick.of("anna"))).containsSame(ann);
        assertThat(ann.nick().text()).isEqualTo("anna");
    }

    @Test
    void anotherSpellingOfTheNickIsStillFound() {
        Member ann = register("ann");
        room.rename(ann, Nick.of("ANN"));
        assertThat(room.named(Nick.of("ann"))).containsSame(ann);
    }

    @Test
    void removingAMemberKeepsTheNewOwnerOfTheirNick() {
        ActorRef<RoomEvent> ref = Some.ref();
        Member before = Some.register(room, "ann", ref);
        room.unregister(before);
        Member after = Some.register(room, "ann", ref);

        room.unregister(before);

        assertThat(room.member(ref)).containsSame(after);
        assertThat(room.named(Nick.of("ann"))).containsSame(after);
    }
}
