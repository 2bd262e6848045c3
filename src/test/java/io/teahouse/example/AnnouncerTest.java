package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** ann, who came first, keeps order in the room; the announcer's name is crier. */
class AnnouncerTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();
    private static final Nick CRIER = Nick.of("crier");

    private final ActorRef<RoomActor.Command> room = AKKA.spawn(RoomActor.create(RoomName.of("square")));
    private final TestProbe<RoomEvent> ann = AKKA.createTestProbe();
    private final TestProbe<RoomReply> replies = AKKA.createTestProbe();
    private final TestProbe<Announcer.Outcome> outcomes = AKKA.createTestProbe();
    private final ActorRef<Announcer.Command> crier = AKKA.spawn(annComesFirst());

    private Behavior<Announcer.Command> annComesFirst() {
        room.tell(new RoomActor.Join(Nick.of("ann"), ann.ref(), replies.ref()));
        return Announcer.create(CRIER, room);
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private <E extends RoomEvent> E annHears(Class<E> type) {
        return type.cast(ann.fishForMessage(
                        Duration.ofSeconds(3),
                        event -> type.isInstance(event)
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore())
                .get(0));
    }

    private void announce(String text) {
        crier.tell(new Announcer.Announce(text, outcomes.ref()));
    }

    @Test
    void whatIsAnnouncedIsShownAndTheApplicationHearsOfIt() {
        announce("hear, hear");
        RoomEvent.Said said = annHears(RoomEvent.Said.class);
        assertThat(said.text()).isEqualTo("hear, hear");
        assertThat(said.by()).isEqualTo(CRIER);
        assertThat(outcomes.receiveMessage()).isEqualTo(new Announcer.Shown(said.seq()));
    }

    @Test
    void theApplicationHearsWhyItCannotBeSaid() {
        announce("hear, hear");
        outcomes.receiveMessage();
        room.tell(new RoomActor.Kick(ann.ref(), CRIER, "too loud", replies.ref()));
        annHears(RoomEvent.Left.class);
        announce("once more");
        assertThat(outcomes.expectMessageClass(Announcer.NotShown.class).why()).contains("not", "square");
    }

    @Test
    void theRoomNoticesWhenItEnds() {
        annHears(RoomEvent.Joined.class);
        annHears(RoomEvent.Joined.class);
        AKKA.stop(crier);
        RoomEvent.Left left = annHears(RoomEvent.Left.class);
        assertThat(left.nick()).isEqualTo(CRIER);
        assertThat(left.how()).isEqualTo(RoomEvent.Departure.LOST);
    }
}
