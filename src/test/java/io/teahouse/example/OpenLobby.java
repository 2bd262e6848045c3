package io.teahouse.example;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Tcp;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.Doors;
import io.teahouse.account.Cloak;
import io.teahouse.client.Peer;
import io.teahouse.net.ConnectionHost;
import io.teahouse.net.Framing;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.store.Stores;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A game that lets people without the game chat in its rooms: with {@code nc} at a port of the game's own, and with IRC clients
 * over whatever brings one line per message.
 */
public final class OpenLobby {
    private static final int MOST_ROOMS = 100;
    private static final int MARKERS_PER_ACCOUNT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Where are the rooms, and the doors to them? */
    public record Find(ActorRef<Open> replyTo) {}

    /**
     * The answer.
     *
     * @param rooms the actors of the game join these without a door
     * @param plain admits connections whose bytes are lines
     * @param irc admits connections whose messages are lines
     */
    public record Open(
            ActorRef<RoomDirectory.Command> rooms,
            ActorRef<ConnectionHost.Command> plain,
            ActorRef<ConnectionHost.Command> irc) {}

    private OpenLobby() {}

    /**
     * Opens the rooms and the doors.
     *
     * @param config limits, and how the doors behave: {@code ConfigFactory.load()}, or with changes
     */
    public static Behavior<Find> create(Config config) {
        return Behaviors.setup(context -> {
            MemoryRoomLogs logs = new MemoryRoomLogs();
            ActorRef<RoomDirectory.Command> rooms = context.spawn(
                    LocalRooms.builder().logs(logs).maxRooms(MOST_ROOMS).create(), "rooms");
            Doors doors = Doors.open(context, rooms, Stores.with(logs, logs, MARKERS_PER_ACCOUNT), Cloak.NONE, config);
            Open open = new Open(
                    rooms,
                    context.spawn(doors.plain(Framing.TERMINAL), "plain"),
                    context.spawn(doors.irc(Framing.FRAMES), "irc"));
            return Behaviors.receiveMessage(find -> {
                find.replyTo.tell(open);
                return Behaviors.same();
            });
        });
    }

    /**
     * Serves a door on a port. A peer that is refused is told why, and disconnected.
     *
     * @param port 0: any free one
     */
    public static CompletionStage<Tcp.ServerBinding> listen(
            ActorSystem<?> system, ActorRef<ConnectionHost.Command> door, int port) {
        return Tcp.get(system)
                .bind("127.0.0.1", port)
                .mapAsync(1, incoming -> serve(system, door, incoming))
                .to(Sink.ignore())
                .run(system);
    }

    private static CompletionStage<Done> serve(
            ActorSystem<?> system, ActorRef<ConnectionHost.Command> door, Tcp.IncomingConnection incoming) {
        Peer peer = new Peer(incoming.remoteAddress(), false, "lobby");
        return AskPattern.<ConnectionHost.Command, ConnectionHost.Decision>ask(
                        door, replyTo -> new ConnectionHost.Admit(peer, replyTo), PATIENCE, system.scheduler())
                .thenApply(decision -> {
                    decision.connection().over(incoming.flow()).run(system);
                    return Done.done();
                });
    }

    /** The plain door at port 2555: {@code nc 127.0.0.1 2555}. */
    public static void main(String[] args) {
        ActorSystem<Find> game = ActorSystem.create(create(ConfigFactory.load()), "game");
        AskPattern.ask(game, Find::new, PATIENCE, game.scheduler())
                .thenAccept(open -> listen(game, open.plain(), 2555));
    }
}
