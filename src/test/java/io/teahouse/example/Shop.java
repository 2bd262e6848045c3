package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.room.member.RoomMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A main program with all three examples, and a client of each: prints what they answer. */
public final class Shop {
    private static final int PATIENCE_MS = 20_000;

    private Shop() {}

    /** The arguments are the file of the support desk. */
    public static void main(String[] args) throws Exception {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "shop");
        try (SupportDesk desk = new SupportDesk(system, Path.of(args[0]), 0, 0)) {
            try {
                talk(system, desk);
            } finally {
                system.terminate();
                system.getWhenTerminated().toCompletableFuture().join();
            }
        }
    }

    private static void talk(ActorSystem<?> system, SupportDesk desk) throws Exception {
        System.out.println("lobby: " + lobby(system));
        System.out.println("order: " + order(system));
        System.out.println("desk: "
                + desk(desk.doors().toCompletableFuture().join().address("irc").getPort()));
    }

    /** Who greets the players: ann, or bob if the host comes after her. */
    private static String lobby(ActorSystem<?> system) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        ActorRef<GameLobby.Command> lobby = system.systemActorOf(GameLobby.create(), "lobby", Props.empty());
        ActorRef<RoomEvent> ann = system.systemActorOf(
                Behaviors.receiveMessage(event -> {
                    if (event instanceof RoomEvent.Said said) {
                        heard.complete(said.by() + " says something");
                    } else if (event instanceof RoomEvent.Joined joined
                            && joined.nick().text().equals("host")) {
                        lobby.tell(new GameLobby.Enter("bob", system.ignoreRef(), system.ignoreRef()));
                    }
                    return Behaviors.same();
                }),
                "ann",
                Props.empty());
        lobby.tell(new GameLobby.Enter("ann", ann, system.ignoreRef()));
        return heard.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    /** What the clerk says when an order is packed. */
    private static String order(ActorSystem<?> system) throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        ActorRef<RoomDirectory.Command> rooms = system.systemActorOf(LocalRooms.create(), "order-rooms", Props.empty());
        int port = OrderRoom.serve(system, rooms, 0)
                .toCompletableFuture()
                .join()
                .localAddress()
                .getPort();
        CompletableFuture<Void> joined = new CompletableFuture<>();
        system.systemActorOf(
                RoomMember.in(rooms, "order-1")
                        .as("ann")
                        .onJoined((me, welcome) -> joined.complete(null))
                        .onSaid((me, said) -> heard.complete(said.by() + ": " + said.text()))
                        .create(),
                "customer",
                Props.empty());
        joined.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        HttpRequest packed = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders/1/packed"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpClient.newHttpClient().send(packed, HttpResponse.BodyHandlers.discarding());
        return heard.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    /** What the desk answers an IRC client, once it is in the room. */
    private static String desk(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(PATIENCE_MS);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            send(client, "NICK ann\r\nUSER ann 0 * ann\r\nJOIN #help\r\n");
            await(lines, "desk");
            send(client, "PRIVMSG #help :what are your opening hours?\r\n");
            return await(lines, "NOTICE #help");
        }
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String await(BufferedReader lines, String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }
}
