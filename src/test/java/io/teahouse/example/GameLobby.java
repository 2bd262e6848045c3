package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.room.member.RoomMember;
import java.time.Duration;
import java.util.Optional;

/** A game with a lobby, and a host in it that greets everybody who joins. Players are actors of the game. */
public final class GameLobby {
    private static final RoomName LOBBY = RoomName.of("lobby");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public sealed interface Command {}

    /** A player enters the lobby. The player receives what happens in it, and {@code replyTo} whether it was refused. */
    public record Enter(String name, ActorRef<RoomEvent> player, ActorRef<RoomReply> replyTo) implements Command {}

    private record Entering(Enter enter, Optional<RoomDirectory.Location> lobby) implements Command {}

    private GameLobby() {}

    /** Opens the rooms, and sends the host in. */
    public static Behavior<Command> create() {
        return Behaviors.setup(context -> {
            ActorRef<RoomDirectory.Command> rooms = context.spawn(LocalRooms.create(), "rooms");
            context.spawn(host(rooms), "host");
            return Behaviors.receive(Command.class)
                    .onMessage(Enter.class, enter -> {
                        context.ask(
                                RoomDirectory.Location.class,
                                rooms,
                                PATIENCE,
                                replyTo -> new RoomDirectory.Locate(LOBBY, replyTo),
                                (lobby, failure) -> new Entering(enter, Optional.ofNullable(lobby)));
                        return Behaviors.same();
                    })
                    .onMessage(Entering.class, entering -> {
                        if (entering.lobby.orElse(null) instanceof RoomDirectory.Found found) {
                            Enter enter = entering.enter;
                            found.ref().tell(new RoomActor.Join(Nick.of(enter.name), enter.player, enter.replyTo));
                        }
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private static Behavior<RoomMember.Command> host(ActorRef<RoomDirectory.Command> rooms) {
        return RoomMember.in(rooms, "lobby")
                .as("host")
                .onEvent((me, event) -> {
                    if (event instanceof RoomEvent.Joined joined
                            && !joined.nick().sameAs(me.nick())) {
                        me.say("Welcome, " + joined.nick() + "!");
                    }
                })
                .create();
    }
}
