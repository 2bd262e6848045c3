package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Left;
import io.teahouse.testkit.ProbeGuest;
import io.teahouse.testkit.RunningRoom;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LostMemberTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());

    private final RunningRoom room = new RunningRoom(AKKA).start();
    private final ProbeGuest ann = room.enter("ann");

    LostMemberTest() {
        room.log().storesAtOnce(true);
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @Test
    void aLostMemberLeaves() {
        ProbeGuest bob = room.enter("bob");
        ann.hears("+bob");

        bob.events().stop();

        Left left = ann.events().expectMessageClass(Left.class);
        assertThat(left)
                .returns(bob.nick(), Left::nick)
                .returns(Departure.LOST, Left::how)
                .returns(bob.nick(), Left::by)
                .returns("", Left::text);
        room.ask(room.guest("bob").join());
        ann.hears("+bob");
    }

    @Test
    void aMemberWhoFailsIsLostAndTheOthersStay() {
        ActorRef<RoomEvent> failing = AKKA.spawn(Behaviors.receive(RoomEvent.class)
                .onMessage(RoomEvent.Said.class, said -> {
                    throw new IllegalStateException("cannot bear it");
                })
                .onAnyMessage(event -> Behaviors.same())
                .build());
        room.ask(new RoomActor.Join(Nick.of("bob"), failing, ann.replyTo()));
        ann.hears("+bob");

        room.ask(ann.say("hi"));

        ann.hears("1 ann: hi", "-bob LOST");
        room.ask(ann.say("still here"));
        ann.hears("2 ann: still here");
    }

    @Test
    void aMemberWhoEndsAfterLeavingLeavesOnce() {
        ProbeGuest bob = room.enter("bob");
        ann.hears("+bob");
        room.ask(bob.leave(Departure.QUIT, ""));
        ann.hears("-bob QUIT");

        bob.events().stop();
        room.ask(ann.say("hi"));

        ann.hears("1 ann: hi");
        room.nothingMoreFor(ann);
    }

    @Test
    void aMemberWhoEndedBeforeJoiningIsLostAtOnce() {
        ProbeGuest bob = room.guest("bob");
        bob.events().stop();
        room.ask(bob.join());
        ann.hears("+bob", "-bob LOST");
    }

    @Test
    void aMemberWhoRejoinsUnderAnotherIdIsStillWatched() {
        ProbeGuest bob = room.guest("bob");
        ActorRef<Void> owner = AKKA.spawn(Behaviors.empty());
        room.ask(join(bob, Profile.APPLICATION.withGuest(UserId.ofGuest("bob~1")), owner));
        ann.hears("+bob");

        room.ask(
                new RoomActor.Leave(UserId.ofGuest("bob~1"), Departure.PARTED, "", 0),
                join(bob, Profile.APPLICATION.withAccount("bob"), owner));
        ann.hears("-bob PARTED", "+bob");
        AKKA.stop(owner);

        ann.hears("-bob LOST");
    }

    private static RoomActor.Join join(ProbeGuest device, Profile profile, ActorRef<Void> owner) {
        return new RoomActor.Join(
                new RoomActor.Identity(profile.id(), device.nick(), profile, false, owner, Optional.empty()),
                "",
                device.member(),
                Delivery.EACH,
                Optional.empty(),
                0,
                device.replyTo());
    }

    @Test
    void aMemberWhoRejoinsInTheSameRoundIsStillWatched() {
        ProbeGuest bob = room.enter("bob");
        ann.hears("+bob");

        room.ask(bob.part(), bob.join());
        ann.hears("-bob PARTED", "+bob");
        bob.events().stop();

        ann.hears("-bob LOST");
    }
}
