package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal.Reason;
import org.junit.jupiter.api.Test;

/** The contract of room directories; one test class per directory. */
abstract class RoomDirectoryContract extends ManagedRooms {
    RoomDirectoryContract(ActorTestKit akka) {
        super(akka);
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
