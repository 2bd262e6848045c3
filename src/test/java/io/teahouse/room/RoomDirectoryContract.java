package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The contract of room directories; one test class per directory. */
abstract class RoomDirectoryContract extends ManagedRooms {
    static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());

    RoomDirectoryContract() {
        super(AKKA);
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @Test
    void anotherSpellingIsTheSameRoom() {
        ActorRef<RoomActor.Command> room = found("tea");
        assertThat(found("TEA")).isEqualTo(room);
        assertThat(found("rice")).isNotEqualTo(room);
    }

    @Test
    void allClientsLocateTheSameRoom() {
        found("tea").tell(ann.join());
        ann.hears("welcome ann after 0", "+ann");
        found("Tea").tell(bob.join());
        ann.hears("+bob");
    }

    @Test
    void aRoomThatFailedIsReopenedWithItsHistory() {
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

    /** The directory notices the end by watching, like everybody else. */
    private ActorRef<RoomActor.Command> reopened(String name, ActorRef<RoomActor.Command> before) {
        return location.awaitAssert(() -> {
            ActorRef<RoomActor.Command> now = found(name);
            assertThat(now).isNotEqualTo(before);
            return now;
        });
    }

    @Test
    void theNumberOfRoomsIsLimited() {
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
    void theListHasTheRoomsWithMembersByName() {
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
