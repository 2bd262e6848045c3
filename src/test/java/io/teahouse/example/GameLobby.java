package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;

/** A game with a lobby: an application of its own, which holds a chat room and a host who greets whoever comes. */
public final class GameLobby {
    /** A player comes in. He is told what happens in the lobby, and why something that he wants cannot be done. */
    public record Enter(String name, ActorRef<RoomEvent> player, ActorRef<RoomReply> replyTo) {}

    private GameLobby() {}

    /** Opens the room, sends the host in, and lets players enter. */
    public static Behavior<Enter> create() {
        return Behaviors.setup(context -> {
            ActorRef<RoomActor.Command> room = context.spawn(RoomActor.create(RoomName.of("lobby")), "lobby");
            ActorRef<RoomEvent> host = context.spawn(Host.create(room), "host");
            room.tell(new RoomActor.Join(Host.NAME, host, context.getSystem().ignoreRef()));
            return Behaviors.receiveMessage(enter -> {
                room.tell(new RoomActor.Join(Nick.of(enter.name), enter.player, enter.replyTo));
                return Behaviors.same();
            });
        });
    }

    /** A member like any other: an actor that is told what happens in the room. */
    private static final class Host {
        static final Nick NAME = Nick.of("host");

        static Behavior<RoomEvent> create(ActorRef<RoomActor.Command> room) {
            return Behaviors.setup(context -> {
                ActorRef<RoomEvent> self = context.getSelf();
                ActorRef<RoomReply> replies = context.getSystem().ignoreRef();
                return Behaviors.receive(RoomEvent.class)
                        .onMessage(RoomEvent.Joined.class, joined -> {
                            if (!joined.nick().sameAs(NAME)) {
                                room.tell(new RoomActor.Say(self, "Welcome, " + joined.nick() + "!", replies));
                            }
                            return Behaviors.same();
                        })
                        .onAnyMessage(event -> Behaviors.same())
                        .build();
            });
        }
    }

    /** A game in which ann comes in; what she is told is printed. */
    public static void main(String[] args) {
        Behavior<Void> game = Behaviors.setup(context -> {
            ActorRef<Enter> lobby = context.spawn(GameLobby.create(), "lobby");
            ActorRef<Object> ann = context.spawn(
                    Behaviors.receiveMessage(told -> {
                        System.out.println(told);
                        return Behaviors.same();
                    }),
                    "ann");
            lobby.tell(new Enter("ann", ann.narrow(), ann.narrow()));
            return Behaviors.empty();
        });
        ActorSystem.create(game, "game");
    }
}
