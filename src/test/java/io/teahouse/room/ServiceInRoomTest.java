package io.teahouse.room;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import io.teahouse.testkit.ProbeGuest;
import io.teahouse.testkit.RunningRoom;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A service that runs on two nodes, which are one member. */
class ServiceInRoomTest {
    private static final ActorTestKit AKKA = ActorTestKit.create(ManualTime.config());

    private final RunningRoom room = new RunningRoom(AKKA).start();
    private final ProbeGuest ann = room.enter("ann");
    private final ProbeGuest first = room.guest("news");
    private final ProbeGuest second = room.guest("news");

    ServiceInRoomTest() {
        room.log().storesAtOnce(true);
        room.ask(join(first), join(second));
        first.hears("welcome news after 0", "+news");
        second.hears("welcome news after 0");
        ann.hears("+news");
    }

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    private static RoomActor.Join join(ProbeGuest service) {
        ActorRef<RoomEvent> self = service.member();
        UserId id = UserId.ofService("news");
        return new RoomActor.Join(
                new RoomActor.Identity(
                        id, service.nick(), Profile.APPLICATION.withGuest(id), false, self, Optional.empty()),
                "",
                self,
                Delivery.EACH,
                Optional.empty(),
                0,
                service.replyTo());
    }

    @Test
    void itLeavesWithTheLastSubscriber() {
        room.ask(new RoomActor.Unsubscribe(first.member()), second.say("I go on"));
        ann.hears("1 news: I go on");

        room.ask(new RoomActor.Unsubscribe(second.member()));
        ann.hears("-news PARTED");
    }

    @Test
    void itGoesOnWhenTheFirstSubscriberEnds() {
        first.events().stop();
        room.awaitIdle();
        room.ask(second.say("I go on"));
        ann.hears("1 news: I go on");

        second.events().stop();
        ann.hears("-news LOST");
    }
}
