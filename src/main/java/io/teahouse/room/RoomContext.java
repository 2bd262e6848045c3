package io.teahouse.room;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.support.MonotonicClock;

/**
 * What the parts of one {@link OpenRoom} share.
 *
 * @param actor the room's own
 * @param log opened
 * @param opened what the log told when it was opened
 * @param guard refuses what may not be done
 */
record RoomContext(
        ActorContext<RoomActor.Command> actor,
        TimerScheduler<RoomActor.Command> timers,
        Room room,
        RoomPolicy policy,
        RoomSettings settings,
        RoomLog log,
        RoomLog.Opened opened,
        MonotonicClock time,
        CommandGuard guard) {}
