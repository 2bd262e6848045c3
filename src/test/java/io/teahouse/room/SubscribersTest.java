package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.teahouse.testkit.Guest;
import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscribersTest {
    private final Room room = Some.room(TestRoom.TEA);
    private final RoomEvent one = Some.said(1, "ann", "one");
    private final RoomEvent two = Some.said(2, "ann", "two");
    private final RoomEvent three = Some.said(3, "ann", "three");
    private final Subscribers subscribers = new Subscribers();
    private Publication.Builder out = new Publication.Builder(room, 1, 1);

    private void send() {
        subscribers.tell(out.build());
        out = new Publication.Builder(room, 1, 2);
    }

    @Test
    void publicationsAreNumbered() {
        assertThat(new Publication.Builder(room, 7, 3).build())
                .returns(7L, Publication::generation)
                .returns(3L, Publication::number);
    }

    private Guest guest(String name) {
        return new Guest(name);
    }

    /** A member with an inbox of its own. */
    private final class Guest {
        final TestInbox<RoomEvent> inbox;
        final Member member;

        Guest(String name) {
            inbox = TestInbox.create(name);
            member = Some.register(room, name, inbox.getRef());
        }

        Guest shown() {
            room.show(member);
            subscribers.add(inbox.getRef(), member.id(), Delivery.BATCHED);
            return this;
        }

        void arrives() {
            shown();
            out.arrives(inbox.getRef());
        }

        void leaves() {
            out.leaves(member);
            room.hide(member);
            subscribers.depart(inbox.getRef());
        }

        List<RoomEvent> heard() {
            List<RoomEvent> all = inbox.getAllReceived();
            assertThat(all).hasSizeLessThan(2);
            return all.isEmpty() ? List.of() : ((EventBatch) all.get(0)).events();
        }
    }

    @Test
    void allSubscribersReceiveTheSameBatch() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob").shown();
        out.add(ann.inbox.getRef(), one);
        out.add(ann.inbox.getRef(), two);

        send();

        RoomEvent batch = bob.inbox.receiveMessage();
        assertThat(ann.inbox.receiveMessage()).isSameAs(batch);
        assertThat(((EventBatch) batch).events()).containsExactly(one, two);
    }

    @Test
    void aNewSubscriberReceivesLaterEvents() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob");
        out.add(ann.inbox.getRef(), one);
        bob.arrives();
        out.add(ann.inbox.getRef(), two);

        send();

        assertThat(bob.heard()).containsExactly(two);
        assertThat(ann.heard()).containsExactly(one, two);
    }

    @Test
    void inTheNextRoundANewSubscriberIsLikeAnyOther() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob");
        out.add(ann.inbox.getRef(), one);
        bob.arrives();
        send();

        out.add(ann.inbox.getRef(), two);
        send();

        assertThat(bob.heard()).containsExactly(two);
    }

    @Test
    void aLeavingSubscriberReceivesEventsUpToTheLeave() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob").shown();
        out.add(ann.inbox.getRef(), one);
        out.add(bob.inbox.getRef(), two);
        bob.leaves();
        out.add(ann.inbox.getRef(), three);

        send();

        assertThat(bob.heard()).containsExactly(one, two);
        assertThat(ann.heard()).containsExactly(one, two, three);
    }

    @Test
    void aSubscriberOfOneRoundReceivesTheEventsInBetween() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob");
        out.add(ann.inbox.getRef(), one);
        bob.arrives();
        out.add(ann.inbox.getRef(), two);
        bob.leaves();
        out.add(ann.inbox.getRef(), three);

        send();

        assertThat(bob.heard()).containsExactly(two);
    }

    @Test
    void emptyPartsAreNotSent() {
        Guest ann = guest("ann").shown();
        send();
        assertThat(ann.inbox.hasMessages()).isFalse();
    }

    @Test
    void eachEventHasItsCause() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob").shown();
        out.add(ann.inbox.getRef(), one);
        out.add(null, two);
        out.add(bob.inbox.getRef(), three);

        send();

        EventBatch batch = (EventBatch) ann.inbox.receiveMessage();
        assertThat(batch.isCausedBy(ann.inbox.getRef(), 0)).isTrue();
        assertThat(batch.isCausedBy(ann.inbox.getRef(), 1)).isFalse();
        assertThat(batch.isCausedBy(ann.inbox.getRef(), 2)).isFalse();
        assertThat(batch.without(1).isCausedBy(bob.inbox.getRef(), 1)).isTrue();
        assertThat(batch.first(2).isCausedBy(ann.inbox.getRef(), 0)).isTrue();
    }

    @Test
    void restrictedEventsReachTheirReadersInOrder() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob").shown();
        Guest cyd = guest("cyd").shown();
        RoomEvent forOperators = new RoomEvent.Signalled(
                TestRoom.TEA,
                "s1",
                cyd.member.nick(),
                cyd.member.profile(),
                Attributes.NONE,
                Audience.OPERATORS,
                Some.NOON);
        out.add(cyd.inbox.getRef(), forOperators);
        out.add(cyd.inbox.getRef(), two);

        send();

        assertThat(ann.heard()).as("the operator").containsExactly(forOperators, two);
        assertThat(bob.heard()).containsExactly(two);
        EventBatch own = (EventBatch) cyd.inbox.receiveMessage();
        assertThat(own.events()).as("the author").containsExactly(forOperators, two);
        assertThat(own.isCausedBy(cyd.inbox.getRef(), 1)).isTrue();
    }

    @Test
    void aCatchUpHasMissedEventsThenWaitingOnes() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob").shown();
        subscribers.hold(bob.inbox.getRef(), 1, 0, () -> {});
        out.add(ann.inbox.getRef(), three);
        send();
        assertThat(bob.inbox.hasMessages()).isFalse();

        subscribers.release(bob.inbox.getRef(), new EventBatch(TestRoom.TEA, List.of(one, two)));

        assertThat(((EventBatch) bob.inbox.receiveMessage()).events()).containsExactly(one, two);
        assertThat(((EventBatch) bob.inbox.receiveMessage()).events()).containsExactly(three);
    }

    @Test
    void aSubscriberWhoLeavesWhileCatchingUpIsReleasedFirst() {
        Guest ann = guest("ann").shown();
        Guest bob = guest("bob").shown();
        EventBatch nothing = new EventBatch(TestRoom.TEA, List.of());
        subscribers.hold(bob.inbox.getRef(), 1, 0, () -> subscribers.release(bob.inbox.getRef(), nothing));
        out.add(ann.inbox.getRef(), one);
        send();

        out.add(ann.inbox.getRef(), two);
        bob.leaves();
        send();

        assertThat(bob.inbox.getAllReceived())
                .flatExtracting(batch -> ((EventBatch) batch).events())
                .containsExactly(one, two);
    }
}
