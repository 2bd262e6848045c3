package io.teahouse.example;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import io.teahouse.testkit.TestClient;
import io.teahouse.testkit.TestRooms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How an application tests an actor that talks in a room: the example of {@code doc/embedding.md}. */
class ClerksTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();

    private final TestRooms rooms = TestRooms.on(AKKA);
    private final TestClient ann = rooms.client("ann").join("order-1");
    private final ActorRef<OrderRoom.Changed> clerks = AKKA.spawn(OrderRoom.clerks(rooms.ref()));

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @Test
    void theClerkSaysWhatHasBecomeOfAnOrder() {
        clerks.tell(new OrderRoom.Changed("1", "packed"));
        ann.expectSaid("clerk", "Your order is packed.");
        ann.say("great").expectSaid("clerk", "Thank you, we are on it.");
    }

    @Test
    void theClerkComesBackWhenTheRoomHasFailed() {
        clerks.tell(new OrderRoom.Changed("1", "packed"));
        ann.expectSaid("clerk", "Your order is packed.");

        rooms.failRoom("order-1");

        ann.join("order-1").say("where is it?").expectSaid("clerk", "Thank you, we are on it.");
    }

    @Test
    void nobodyIsToldWhatIsNotStored() {
        rooms.log("order-1").hang();
        clerks.tell(new OrderRoom.Changed("1", "packed"));
        ann.expectJoined("clerk");
        ann.expectNothing();
        rooms.log("order-1").recover();
        ann.expectSaid("clerk", "Your order is packed.");
    }
}
