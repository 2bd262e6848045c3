package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal.Reason;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What every directory of rooms does; one test class per directory. */
abstract class RoomDirectoryContract {
    static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());
    static final int MAX_ROOMS = 3;

    /** A directory of at most {@link #MAX_ROOMS} rooms with these logs. */
    abstract ActorRef<Command> create(RoomLogs logs, RoomSettings settings);

    /** Logs that fail when told to, and are never forgotten. */
    static final class ScriptedLogs implements RoomLogs {
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

        /** What becomes of being called otherwise; it is done as soon as it is {@link Outcome#STORED}. */
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
    final ActorRef<Command> rooms = create(logs, RunningRoom.settings());
    final TestProbe<Location> location = AKKA.createTestProbe();
    final ProbeGuest ann = new ProbeGuest("ann", AKKA);
    final ProbeGuest bob = new ProbeGuest("bob", AKKA);

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    final void locate(RoomName room) {
        rooms.tell(new RoomDirectory.Locate(room, location.ref()));
    }

    final ActorRef<RoomActor.Command> found(String room) {
        locate(RoomName.of(room));
        return location.expectMessageClass(RoomDirectory.Found.class).ref();
    }

    final List<RoomSummary> listing() {
        TestProbe<RoomDirectory.Listing> listing = AKKA.createTestProbe();
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

    static void pass(Duration duration) {
        ManualTime.get(AKKA.system()).timePasses(duration);
    }

    @Test
    void anotherSpellingIsTheSameRoom() {
        ActorRef<RoomActor.Command> room = found("tea");
        assertThat(found("TEA")).isEqualTo(room);
        assertThat(found("rice")).isNotEqualTo(room);
    }

    @Test
    void membersOfOneRoomMeetWhoeverLocatedIt() {
        found("tea").tell(ann.join());
        ann.hears("welcome ann after 0", "+ann");
        found("Tea").tell(bob.join());
        ann.hears("+bob");
    }

    @Test
    void aRoomThatFailedIsOpenedAgainAndNothingStoredIsLost() {
        ActorRef<RoomActor.Command> room = found("tea");
        room.tell(ann.join());
        room.tell(ann.topic("green"));
        room.tell(ann.say("kept"));
        ann.hears("welcome ann after 0", "+ann", "1 ann topic green", "2 ann: kept");
        ScriptedLog log = logs.of(RoomName.of("tea"));
        log.storesAtOnce = false;
        room.tell(ann.say("lost"));
        log.nextAppend().fenced();
        ended(room);
        log.storesAtOnce = true;

        ActorRef<RoomActor.Command> again = reopened("tea", room);
        again.tell(ann.resume(1));
        again.tell(ann.say("next"));

        ann.hears("welcome ann after 2", "2 ann: kept", "3 ann: next");
    }

    /** The directory learns of the end by watching, as anybody else. */
    private ActorRef<RoomActor.Command> reopened(String name, ActorRef<RoomActor.Command> before) {
        return location.awaitAssert(() -> {
            ActorRef<RoomActor.Command> now = found(name);
            assertThat(now).isNotEqualTo(before);
            return now;
        });
    }

    @Test
    void thereAreOnlySoManyRooms() {
        found("one").tell(ann.join());
        found("two").tell(ann.join());
        ActorRef<RoomActor.Command> three = found("three");
        three.tell(ann.join());

        locate(RoomName.of("four"));

        RoomDirectory.NotFound not = location.expectMessageClass(RoomDirectory.NotFound.class);
        assertThat(not.refusal().reason()).isEqualTo(Reason.TOO_MANY_ROOMS);
        assertThat(not.room()).isEqualTo(RoomName.of("four"));
        assertThat(found("three")).isEqualTo(three);
    }

    @Test
    void theListHasTheRoomsThatSomebodyIsInByName() {
        found("tea").tell(ann.join());
        ActorRef<RoomActor.Command> rice = found("rice");
        rice.tell(ann.join());
        rice.tell(bob.join());
        rice.tell(bob.topic("basmati"));
        found("empty");
        lists("rice 2 basmati", "tea 1 ");

        rice.tell(bob.part());
        rice.tell(ann.part());
        lists("tea 1 ");
    }

    @Test
    void aConversationIsNotListed() {
        found("tea").tell(ann.join());
        locate(RoomName.conversation("n:ann", "n:bob"));
        ActorRef<RoomActor.Command> two =
                location.expectMessageClass(RoomDirectory.Found.class).ref();
        two.tell(ann.join());
        two.tell(bob.join());
        two.tell(bob.say("hi"));
        bob.hears("welcome bob after 0", "1 bob: hi");
        lists("tea 1 ");
    }
}
