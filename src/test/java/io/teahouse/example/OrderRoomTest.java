package io.teahouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.teahouse.testkit.TestClient;
import io.teahouse.testkit.TestRooms;
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
        TestRooms rooms = TestRooms.on(AKKA);
        TestClient ann = rooms.client("ann").join("order-1");
        int port = OrderRoom.serve(AKKA.system(), rooms.ref(), 0)
                .toCompletableFuture()
                .join()
                .localAddress()
                .getPort();

        assertThat(post(port, "/orders/1/packed")).isEqualTo(202);
        ann.expectSaid("clerk", "Your order is packed.");
        ann.say("great").expectSaid("clerk", "Thank you, we are on it.");
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
