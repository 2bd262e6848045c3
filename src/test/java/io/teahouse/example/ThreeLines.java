package io.teahouse.example;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.TeahouseDoors;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.room.member.RoomMember;

/** Rooms, a member of the application and doors: the example of the README. */
public final class ThreeLines {
    private ThreeLines() {}

    /** {@code nc 127.0.0.1 25555} and IRC clients find a host who answers. */
    public static void main(String[] args) {
        ActorSystem.create(
                Behaviors.setup(context -> {
                    ActorRef<RoomDirectory.Command> rooms = context.spawn(LocalRooms.create(), "rooms");
                    context.spawn(
                            RoomMember.in(rooms, "lobby")
                                    .as("host")
                                    .onSaid((me, said) -> me.say("hi, " + said.by()))
                                    .create(),
                            "host");
                    TeahouseDoors.on(context.getSystem(), rooms)
                            .plain(25555)
                            .irc(6667)
                            .start();
                    return Behaviors.empty();
                }),
                "chat");
    }
}
