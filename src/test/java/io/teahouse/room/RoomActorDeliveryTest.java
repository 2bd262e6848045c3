package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.testkit.InboxGuest;
import io.teahouse.testkit.TestRoom;
import io.teahouse.testkit.Transcript;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomActorDeliveryTest {
    private final TestRoom room = new TestRoom();
    private final InboxGuest ann = room.enter("ann");

    private InboxGuest enterBatched(String name) {
        InboxGuest guest = new InboxGuest(name);
        room.ask(guest.joinBatched());
        guest.heard();
        ann.heard();
        return guest;
    }

    @Test
    void subscribersWithEachGetOneMessagePerEvent() {
        room.ask(ann.say("1"), ann.say("2"));
        assertThat(ann.heard()).hasSize(2).doesNotHaveAnyElementsOfTypes(EventBatch.class);
    }

    @Test
    void subscribersWithBatchedGetOneBatchPerRound() {
        InboxGuest bob = enterBatched("bob");

        room.ask(ann.say("1"), ann.rename("anna"), ann.say("2"));

        List<RoomEvent> events = bob.heard();
        assertThat(events).hasSize(1).hasOnlyElementsOfType(EventBatch.class);
        EventBatch batch = (EventBatch) events.get(0);
        assertThat(Transcript.of(batch.events())).containsExactly("1 ann: 1", "ann > anna", "2 anna: 2");
        assertThat(batch.events()).isEqualTo(ann.heard());
        assertThat(batch.lastSeq()).isEqualTo(2);
        assertThat(batch.changesMembers()).isTrue();
    }

    @Test
    void aSingleEventIsABatchToo() {
        InboxGuest bob = enterBatched("bob");
        room.ask(ann.say("1"));
        EventBatch batch = bob.heard(EventBatch.class);
        assertThat(batch.events()).hasSize(1);
        assertThat(batch.changesMembers()).isFalse();
    }

    @Test
    void subscribersShareABatchAndItsRenderings() {
        InboxGuest bob = enterBatched("bob");
        InboxGuest cyd = enterBatched("cyd");
        bob.heard();

        room.ask(ann.say("1"));

        assertThat(bob.heard(EventBatch.class)).isSameAs(cyd.heard(EventBatch.class));
    }

    @Test
    void laterEventsAreAnotherBatch() {
        InboxGuest bob = enterBatched("bob");
        room.ask(ann.say("1"));
        room.ask(ann.say("2"));
        assertThat(bob.heard()).hasSize(2);
    }

    @Test
    void aLargeRoomPublishesJoinsTogetherAndDelaysNoMessage() {
        for (int i = 0; i < 300; i++) {
            room.enter("guest" + i);
        }
        room.fire();
        ann.heard();
        InboxGuest bob = new InboxGuest("bob");
        InboxGuest cyd = new InboxGuest("cyd");

        room.ask(bob.join());
        room.ask(cyd.join());
        assertThat(ann.hasHeardAnything()).isFalse();
        room.fire();
        assertThat(ann.lines()).containsExactly("+bob", "+cyd");

        room.ask(bob.part());
        room.ask(ann.say("hi"));
        assertThat(ann.lines()).containsExactly("-bob PARTED", "1 ann: hi");
    }
}
