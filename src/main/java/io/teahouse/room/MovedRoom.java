package io.teahouse.room;

import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.RoomActor.Command;
import java.time.Duration;

/**
 * The last phase of a room that goes on under another name as another actor: for a while it tells relays so that have not
 * noticed it. They send other commands again to the new one.
 */
final class MovedRoom {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private MovedRoom() {}

    static Behavior<Command> create(Fanout.Factory fanout, RoomName to) {
        return Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new RoomActor.Stop(), PATIENCE);
            return Behaviors.receive(Command.class)
                    .onMessage(RoomActor.Stop.class, stop -> Behaviors.stopped())
                    .onMessage(RoomActor.Attach.class, attach -> {
                        fanout.moved(attach, to);
                        return Behaviors.same();
                    })
                    .onMessage(Command.class, late -> Behaviors.same())
                    .onSignal(Terminated.class, ended -> Behaviors.same())
                    .build();
        });
    }
}
