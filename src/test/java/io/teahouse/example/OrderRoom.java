package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.member.RoomMember;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A room for each order, beside an HTTP service: {@code POST /orders/1/packed} says so in the room {@code order-1}, where customer and
 * shop talk about the order.
 */
public final class OrderRoom {
    /** The state of an order has changed. */
    public record Changed(String order, String state) {}

    private OrderRoom() {}

    /** The clerk of all orders: one user, who is a member of each order's room. */
    public static Behavior<Changed> clerks(ActorRef<RoomDirectory.Command> rooms) {
        return Behaviors.setup(context -> {
            Map<String, ActorRef<RoomMember.Command>> clerks = new HashMap<>();
            return Behaviors.receiveMessage(changed -> {
                clerks.computeIfAbsent(
                                changed.order,
                                order -> context.spawnAnonymous(RoomMember.in(rooms, "order-" + order)
                                        .as("clerk")
                                        .onSaid((me, said) -> me.notice("Thank you, we are on it."))
                                        .create()))
                        .tell(new RoomMember.Say("Your order is " + changed.state + "."));
                return Behaviors.same();
            });
        });
    }

    /** The HTTP service of the shop. */
    public static CompletionStage<ServerBinding> serve(
            ActorSystem<?> system, ActorRef<RoomDirectory.Command> rooms, int port) {
        ActorRef<Changed> clerks = system.systemActorOf(clerks(rooms), "clerks", Props.empty());
        return Http.get(system).newServerAt("127.0.0.1", port).bind((HttpRequest request) -> {
            request.discardEntityBytes(system);
            String[] path = request.getUri().path().split("/", -1);
            if (path.length == 4 && path[1].equals("orders")) {
                clerks.tell(new Changed(path[2], path[3]));
                return CompletableFuture.completedFuture(HttpResponse.create().withStatus(StatusCodes.ACCEPTED));
            }
            return CompletableFuture.completedFuture(HttpResponse.create().withStatus(StatusCodes.NOT_FOUND));
        });
    }
}
