package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private final Room room = Some.room(TestRoom.TEA);
    private final RoomEvent one = Some.said(1, "ann", "one");
    private final RoomEvent two = Some.said(2, "ann", "two");
    private final RoomEvent three = Some.said(3, "ann", "three");
    private final FanOut out = new FanOut(room);

    private Guest guest(String name) {
        return new Guest(name);
    }

    /** A member with an inbox of its own. */
    private final class Guest {
        final TestInbox<RoomEvent> inbox;
        final Member member;

        Guest(String name) {
            inbox = TestInbox.create(name);
            member = Some.register(room, name, inbox.getRef(), Delivery.BATCHED);
        }

        Guest shown() {
            room.show(member);
            return this;
        }

        List<RoomEvent> heard() {
            List<RoomEvent> all = inbox.getAllReceived();
            assertThat(all).hasSizeLessThan(2);
            return all.isEmpty() ? List.of() : ((EventBatch) all.get(0)).events();
        }
    }

    @Test
    void allAreToldTheVerySameBatch() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob").shown();
        out.add(ann.member, one);
        out.add(ann.member, two);

        out.send();

        RoomEvent batch = bob.inbox.receiveMessage();
        assertThat(ann.inbox.receiveMessage()).isSameAs(batch);
        assertThat(((EventBatch) batch).events()).containsExactly(one, two);
    }

    @Test
    void aNewcomerIsToldWhatFollowsHisArrival() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob");
        out.add(ann.member, one);
        out.arrives(bob.member);
        out.add(ann.member, two);

        out.send();

        assertThat(bob.heard()).containsExactly(two);
        assertThat(ann.heard()).containsExactly(one, two);
    }

    @Test
    void inTheNextRoundANewcomerIsLikeAnyOther() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob");
        out.add(ann.member, one);
        out.arrives(bob.member);
        out.send();

        FanOut next = new FanOut(room);
        next.add(ann.member, two);
        next.send();

        assertThat(bob.heard()).containsExactly(two);
    }

    @Test
    void aLeaverIsToldWhatCameUpToHisExit() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob").shown();
        out.add(ann.member, one);
        out.add(bob.member, two);
        out.leaves(bob.member);
        out.add(ann.member, three);

        out.send();

        assertThat(bob.heard()).containsExactly(one, two);
        assertThat(ann.heard()).containsExactly(one, two, three);
    }

    @Test
    void whoComesAndGoesInOneRoundIsToldWhatWasBetween() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob");
        out.add(ann.member, one);
        out.arrives(bob.member);
        out.add(ann.member, two);
        out.leaves(bob.member);
        out.add(ann.member, three);

        out.send();

        assertThat(bob.heard()).containsExactly(two);
    }

    @Test
    void nothingToTellIsNotTold() {
        Guest ann = guest("ann").shown();
        out.send();
        assertThat(ann.inbox.hasMessages()).isFalse();
    }
}
