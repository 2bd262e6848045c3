package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomDirectory.Location;
import io.teahouse.room.RoomLog.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rooms that the subject of a contract suite opens and ends, with two guests. */
abstract class ManagedRooms {
    static final int MAX_ROOMS = 3;

    /** A directory of at most {@link #MAX_ROOMS} rooms with these logs, which ends them, too. */
    abstract Behavior<Command> create(RoomLogs logs, RoomSettings settings);

    /** Logs that fail on demand, and are never forgotten. */
    static class ScriptedLogs implements RoomLogs {
        final List<RoomName> putAway = new CopyOnWriteArrayList<>();
        final ConcurrentMap<String, ScriptedLog> logs = new ConcurrentHashMap<>();

        @Override
        public ScriptedLog of(RoomName room) {
            return logs.computeIfAbsent(room.key(), key -> {
                ScriptedLog log = new ScriptedLog();
                log.storesAtOnce = true;
                return log;
            });
        }

        /** The outcome of a rename, which takes effect as soon as it is {@link Outcome#STORED}. */
        volatile CompletableFuture<Outcome> renaming = CompletableFuture.completedFuture(Outcome.STORED);

        @Override
        public CompletionStage<Outcome> rename(RoomName from, RoomName to) {
            return renaming.thenApply(outcome -> {
                if (outcome == Outcome.STORED) {
                    logs.put(to.key(), Objects.requireNonNull(logs.remove(from.key())));
                }
                return outcome;
            });
        }

        @Override
        public void putAway(RoomName room) {
            putAway.add(room);
        }
    }

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
