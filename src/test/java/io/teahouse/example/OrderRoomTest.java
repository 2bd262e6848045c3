package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.room.member.RoomMember;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An order changes by HTTP, and its room hears of it. */
class OrderRoomTest {
    private static final ActorTestKit AKKA = ActorTestKit.create();

    @AfterAll
    static void shutDown() {
        AKKA.shutdownTestKit();
    }

    @Test
    void theClerkSaysWhatHasBecomeOfAnOrder() throws Exception {
        ActorRef<RoomDirectory.Command> rooms = AKKA.spawn(LocalRooms.create());
        TestProbe<String> customer = AKKA.createTestProbe();
        ActorRef<RoomMember.Command> ann = AKKA.spawn(RoomMember.in(rooms, "order-1")
                .as("ann")
                .onJoined((me, welcome) -> customer.ref().tell("joined"))
                .onSaid((me, said) -> customer.ref().tell(said.by() + ": " + said.text()))
                .onEvent((me, event) -> {
                    if (event instanceof RoomEvent.Said said && said.kind() == RoomEvent.Kind.NOTICE) {
                        customer.ref().tell(said.by() + ": " + said.text());
                    }
                })
                .create());
        customer.expectMessage("joined");
        int port = OrderRoom.serve(AKKA.system(), rooms, 0)
                .toCompletableFuture()
                .join()
                .localAddress()
                .getPort();

        assertThat(post(port, "/orders/1/packed")).isEqualTo(202);
        customer.expectMessage("clerk: Your order is packed.");
        ann.tell(new RoomMember.Say("great"));
        customer.expectMessage("clerk: Thank you, we are on it.");
        assertThat(post(port, "/nothing")).isEqualTo(404);
    }

    private static int post(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
