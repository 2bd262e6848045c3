package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RoomSlotsTest {
    /** Each number is one of twenty users: it joins if it is not a member, and leaves otherwise. */
    @Property(tries = 300)
    void slotsOfShownMembersHaveNoHoles(@ForAll @Size(max = 200) List<@IntRange(min = 0, max = 19) Integer> steps) {
        Room crowd = Some.room(TestRoom.TEA);
        List<Member> people = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            people.add(Some.register(crowd, "guest" + i));
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
            assertThat(crowd.inOrder()).containsExactlyInAnyOrderElementsOf(in);
            assertThat(in).extracting(each -> each.slot).containsExactlyInAnyOrderElementsOf(slots(in.size()));
        }
    }

    private static List<Integer> slots(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
