package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final Room room = new Room(TestRoom.TEA);

    private Member register(String name) {
        return room.register(Nick.of(name), Some.ref(), Delivery.EACH);
    }

    @Test
    void aMemberIsFoundByReferenceAndByAnySpellingOfItsName() {
        Member ann = register("Ann");

        assertThat(room.member(ann.ref())).containsSame(ann);
        assertThat(room.named(Nick.of("aNN"))).containsSame(ann);
        assertThat(room.named(Nick.of("bob"))).isEmpty();
        assertThat(room.size()).isEqualTo(1);
        assertThat(room.shownCount()).isZero();
    }

    @Test
    void whoeverCameIntoTheEmptyRoomKeepsItInOrder() {
        Member ann = register("ann");
        Member bob = register("bob");
        assertThat(ann.isOperator()).isTrue();
        assertThat(bob.isOperator()).isFalse();

        room.unregister(ann);
        room.unregister(bob);
        assertThat(register("cyd").isOperator()).isTrue();
    }

    @Test
    void nobodyKeepsAConversationInOrder() {
        Room two = new Room(RoomName.conversation(Nick.of("ann"), Nick.of("bob")));
        assertThat(two.register(Nick.of("ann"), Some.ref(), Delivery.EACH).isOperator())
                .isFalse();
    }

    @Test
    void aNewNameTakesThePlaceOfTheOldOne() {
        Member ann = register("ann");

        room.rename(ann, Nick.of("anna"));

        assertThat(room.named(Nick.of("ann"))).isEmpty();
        assertThat(room.named(Nick.of("anna"))).containsSame(ann);
        assertThat(ann.nick().text()).isEqualTo("anna");
    }

    @Test
    void anotherSpellingOfTheSameNameIsStillFound() {
        Member ann = register("ann");
        room.rename(ann, Nick.of("ANN"));
        assertThat(room.named(Nick.of("ann"))).containsSame(ann);
    }

    @Test
    void whoGoesDoesNotTakeAlongTheOneWhoHasHisNameNow() {
        ActorRef<RoomEvent> ref = Some.ref();
        Member before = room.register(Nick.of("ann"), ref, Delivery.EACH);
        room.unregister(before);
        Member after = room.register(Nick.of("ann"), ref, Delivery.EACH);

        room.unregister(before);

        assertThat(room.member(ref)).containsSame(after);
        assertThat(room.named(Nick.of("ann"))).containsSame(after);
    }

    /** Each number names one of twenty people: who is not in comes in, who is in goes. */
    @Property(tries = 300)
    void thoseWhoAreShownStandDenselyWhoeverComesAndGoes(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 19) Integer> steps) {
        Room crowd = new Room(TestRoom.TEA);
        List<Member> people = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            people.add(crowd.register(Nick.of("guest" + i), Some.ref(), Delivery.EACH));
        }
        Set<Member> in = new HashSet<>();
        for (int step : steps) {
            Member member = people.get(step);
            if (in.add(member)) {
                crowd.show(member);
            } else {
                in.remove(member);
                crowd.hide(member);
                assertThat(member.slot).isEqualTo(-1);
            }
            List<Member> shown = new ArrayList<>();
            for (int slot = 0; slot < crowd.shownCount(); slot++) {
                shown.add(crowd.shown(slot));
                assertThat(crowd.shown(slot).slot).isEqualTo(slot);
            }
            assertThat(shown).containsExactlyInAnyOrderElementsOf(in);
        }
    }
}
