package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomDirectory.Location;
import io.teahouse.testkit.ProbeGuest;
import io.teahouse.testkit.RunningRoom;
import io.teahouse.testkit.ScriptedLogs;
import java.time.Duration;
import java.util.List;

/** Rooms that the subject of a contract suite opens and ends, with two guests. */
abstract class ManagedRooms {
    static final int MAX_ROOMS = 3;

    /** A directory of at most {@link #MAX_ROOMS} rooms with these logs, which ends them, too. */
    abstract Behavior<Command> create(RoomLogs logs, RoomSettings settings);

    final ScriptedLogs logs = new ScriptedLogs();
    final ActorTestKit akka;
    final ActorRef<Command> rooms;
    final TestProbe<Location> location;
    final ProbeGuest ann;
    final ProbeGuest bob;

    /** @param akka made with {@link ManualTime#config}, if time has to {@link #pass} */
    ManagedRooms(ActorTestKit akka) {
        this.akka = akka;
        rooms = akka.spawn(create(logs, RunningRoom.settings()));
        location = akka.createTestProbe();
        ann = new ProbeGuest("ann", akka);
        bob = new ProbeGuest("bob", akka);
    }

    final void locate(RoomName room) {
        rooms.tell(new RoomDirectory.Locate(room, location.ref()));
    }

    final ActorRef<RoomActor.Command> found(String room) {
        locate(RoomName.of(room));
        return location.expectMessageClass(RoomDirectory.Found.class).ref();
    }

    final List<RoomSummary> listing() {
        TestProbe<RoomDirectory.Listing> listing = akka.createTestProbe();
        rooms.tell(new RoomDirectory.ListRooms(listing.ref()));
        return listing.receiveMessage().rooms();
    }

    final void lists(String... summaries) {
        location.awaitAssert(() -> {
            assertThat(listing())
                    .map(room -> room.room() + " " + room.members() + " "
                            + room.topic().text())
                    .containsExactly(summaries);
            return null;
        });
    }

    final void ended(ActorRef<RoomActor.Command> room) {
        location.expectTerminated(room);
    }

    final void pass(Duration duration) {
        ManualTime.get(akka.system()).timePasses(duration);
    }
}
