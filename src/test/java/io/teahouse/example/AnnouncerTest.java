package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import io.teahouse.testkit.TestClient;
import io.teahouse.testkit.TestRooms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** ann, who came first, keeps order in the room; the announcer's name is crier. */
class AnnouncerTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();

    private final TestRooms rooms = TestRooms.on(AKKA);
    private final TestClient ann = rooms.client("ann").join("square");
    private final TestProbe<Announcer.Outcome> outcomes = AKKA.createTestProbe();
    private final ActorRef<Announcer.Command> crier =
            AKKA.spawn(Announcer.create(Nick.of("crier"), rooms.find("square")));

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private void announce(String text) {
        crier.tell(new Announcer.Announce(text, outcomes.ref()));
    }

    @Test
    void whatIsAnnouncedIsShownAndTheApplicationHearsOfIt() {
        announce("hear, hear");
        RoomEvent.Said said = ann.expectSaid("crier", "hear, hear");
        assertThat(outcomes.receiveMessage()).isEqualTo(new Announcer.Shown(said.seq()));
    }

    @Test
    void theApplicationHearsWhyItCannotBeSaid() {
        announce("hear, hear");
        outcomes.receiveMessage();
        ann.kick("crier").expectLeft("crier");
        announce("once more");
        assertThat(outcomes.expectMessageClass(Announcer.NotShown.class).why()).contains("not", "square");
    }

    @Test
    void theRoomNoticesWhenItEnds() {
        ann.expectJoined("crier");
        AKKA.stop(crier);
        assertThat(ann.expectLeft("crier").how()).isEqualTo(RoomEvent.Departure.LOST);
    }
}
