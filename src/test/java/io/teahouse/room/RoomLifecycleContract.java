package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.testkit.ProbeGuest;
import io.teahouse.testkit.RunningRoom;
import io.teahouse.testkit.ScriptedLog;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How rooms end and are reopened; one test class per implementation of {@link RoomLifecycle}. */
abstract class RoomLifecycleContract extends ManagedRooms {
    private static final Duration KEEP_EMPTY = RunningRoom.settings().keepEmpty();
    static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());

    RoomLifecycleContract() {
        super(AKKA);
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @Test
    void aRoomThatNobodyJoinedIsClosedAfterAWhile() {
        ActorRef<RoomActor.Command> room = found("tea");
        pass(KEEP_EMPTY.minusMillis(1));
        assertThat(found("tea")).isEqualTo(room);

        pass(Duration.ofMillis(1));

        ended(room);
        assertThat(found("tea")).isNotEqualTo(room);
    }

    @Test
    void aRoomIsClosedAWhileAfterTheLastMemberLeft() {
        ActorRef<RoomActor.Command> room = found("tea");
        room.tell(ann.join());
        lists("tea 1 ");
        pass(KEEP_EMPTY.multipliedBy(2));
        assertThat(found("tea")).isEqualTo(room);
        room.tell(ann.part());
        lists();
        pass(KEEP_EMPTY.minusMillis(1));
        assertThat(found("tea")).isEqualTo(room);

        pass(Duration.ofMillis(1));

        ended(room);
    }

    @Test
    void aFailedRoomThatNobodyRejoinsIsClosedToo() {
        ActorRef<RoomActor.Command> room = found("tea");
        room.tell(ann.join());
        lists("tea 1 ");
        ScriptedLog log = logs.of(RoomName.of("tea"));
        log.storesAtOnce(false);
        room.tell(ann.say("lost"));
        log.nextAppend().fenced();
        ended(room);
        lists();
        pass(KEEP_EMPTY.minusMillis(1));
        lists();
        assertThat(logs.putAway()).isEmpty();

        pass(Duration.ofMillis(1));

        location.awaitAssert(() -> {
            assertThat(logs.putAway()).containsExactly(RoomName.of("tea"));
            return null;
        });
    }

    @Test
    void aRoomThatWasStoppedWithMembersIsReopenedInItsLastState() {
        ActorRef<RoomActor.Command> room = found("tea");
        room.tell(ann.join());
        room.tell(bob.join());
        ann.hears("welcome ann after 0", "+ann", "+bob");
        bob.hears("welcome bob after 0", "+bob");
        room.tell(ann.say("hi"));
        bob.hears("1 ann: hi");

        room.tell(new RoomActor.Stop());

        ended(room);
        ActorRef<RoomActor.Command> again = location.awaitAssert(() -> {
            ActorRef<RoomActor.Command> now = found("tea");
            assertThat(now).isNotEqualTo(room);
            return now;
        });
        assertThat(logs.putAway()).isEmpty();
        ProbeGuest eve = eve();
        again.tell(eve.join());
        eve.hears("welcome eve after 1", "+eve");
        again.tell(eve.names());
        assertThat(eve.replies()
                        .expectMessageClass(RoomReply.NameList.class)
                        .members()
                        .get(0)
                        .ranks())
                .isEqualTo(Ranks.NONE);
    }

    private static ProbeGuest eve() {
        return new ProbeGuest("eve", AKKA);
    }

    @Test
    void aRoomThatIsJoinedWhileItIsAskedToEndStays() {
        ScriptedLog log = logs.of(RoomName.of("tea"));
        log.opensAtOnce(false);
        Duration soon = RunningRoom.APPEND_TIMEOUT.dividedBy(2);
        ActorRef<Command> hasty = AKKA.spawn(create(
                logs,
                RunningRoom.settings()
                        .withLog(new RoomSettings.Log(soon.multipliedBy(2), soon))
                        .withKeepEmpty(soon)));
        hasty.tell(new RoomDirectory.Locate(RoomName.of("tea"), location.ref()));
        ActorRef<RoomActor.Command> room =
                location.expectMessageClass(RoomDirectory.Found.class).ref();
        room.tell(ann.join());
        pass(soon);
        hasty.tell(new RoomDirectory.Locate(RoomName.of("tea"), location.ref()));

        log.nextOpen().answer();

        assertThat(location.expectMessageClass(RoomDirectory.Found.class).ref()).isEqualTo(room);
        ann.hears("welcome ann after 0", "+ann");
        pass(soon.multipliedBy(3));
        room.tell(ann.topic("here"));
        ann.hears("1 ann topic here");
    }

    @Test
    void locatingAnEndingRoomFindsTheNextOne() {
        ActorRef<RoomActor.Command> room = found("tea");
        pass(KEEP_EMPTY);
        locate(RoomName.of("tea"));
        ActorRef<RoomActor.Command> next =
                location.expectMessageClass(RoomDirectory.Found.class).ref();
        assertThat(next).isNotEqualTo(room);
        next.tell(ann.join());
        ann.hears("welcome ann after 0", "+ann");
    }

    @Test
    void aClosedRoomDoesNotCount() {
        found("one");
        found("two");
        ActorRef<RoomActor.Command> room = found("three");
        pass(KEEP_EMPTY);
        ended(room);
        location.awaitAssert(() -> found("four"));
    }

    @Test
    void emptyRoomsAreClosedWhenThereAreTooMany() {
        found("one").tell(ann.join());
        found("two");
        found("three");
        lists("one 1 ");

        locate(RoomName.of("four"));
        location.expectMessageClass(RoomDirectory.NotFound.class);

        location.awaitAssert(() -> {
            locate(RoomName.of("four"));
            return location.expectMessageClass(RoomDirectory.Found.class);
        });
        lists("one 1 ");
    }

    @Test
    void aConversationIsClosedWhenOneUserHasLeft() {
        ActorRef<RoomActor.Command> two = conversation();
        two.tell(ann.join());
        two.tell(bob.join());
        ann.hears("welcome ann after 0");
        bob.hears("welcome bob after 0");
        pass(KEEP_EMPTY.multipliedBy(2));
        assertThat(conversation()).isEqualTo(two);

        two.tell(bob.part());
        location.awaitAssert(() -> {
            pass(KEEP_EMPTY);
            ended(two);
            return null;
        });
        assertThat(conversation()).isNotEqualTo(two);
    }

    private ActorRef<RoomActor.Command> conversation() {
        locate(RoomName.conversation("n:ann", "n:bob"));
        return location.expectMessageClass(RoomDirectory.Found.class).ref();
    }

    @Test
    void aRoomWithoutItsLogIsStillLocated() {
        ScriptedLog log = logs.of(RoomName.of("tea"));
        log.opensAtOnce(false);
        ActorRef<RoomActor.Command> room = found("tea");
        room.tell(ann.join());
        log.nextOpen().fail();
        ann.wasRefused(Refusal.Reason.STORE_AWAY);

        pass(KEEP_EMPTY);

        found("tea");
    }

    @Test
    void membersWatchTheRoomThatTheyWereWelcomedBy() {
        ActorRef<RoomActor.Command> room = found("tea");
        room.tell(ann.join());
        TestProbe<Object> watcher = AKKA.createTestProbe();
        RoomEvent.Welcome welcome = ann.events().expectMessageClass(RoomEvent.Welcome.class);
        ann.hears("+ann");
        ScriptedLog log = logs.of(RoomName.of("tea"));
        log.storesAtOnce(false);
        room.tell(ann.say("hi"));
        log.nextAppend().fenced();
        watcher.expectTerminated(welcome.self());
    }
}
