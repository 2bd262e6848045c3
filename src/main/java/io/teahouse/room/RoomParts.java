package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a room is made of.
 *
 * @param clock tells the time of events
 * @param observer is told a summary after every change of members, topic or modes
 * @param lifecycle decides whether the room may be renamed; empty: it may
 * @param former answers whether the room was open before, and who is about to rejoin
 */
public record RoomParts(
        RoomName name,
        RoomLog log,
        RoomPolicy policy,
        RoomSettings settings,
        InstantSource clock,
        Optional<ActorRef<RoomSummary>> observer,
        Optional<RecipientRef<RoomLifecycle.Command>> lifecycle,
        FormerState former) {

    /** A room that anybody may enter, with the system's clock and no observer. */
    public RoomParts(RoomName name, RoomLog log, RoomSettings settings) {
        this(
                name,
                log,
                new StandardPolicy(settings),
                settings,
                InstantSource.system(),
                Optional.empty(),
                Optional.empty(),
                FormerState.NONE);
    }

    /** The same, with an observer that is told a summary after every change. */
    public RoomParts observedBy(ActorRef<RoomSummary> by) {
        return new RoomParts(name, log, policy, settings, clock, Optional.of(by), lifecycle, former);
    }

    /** The same, which asks that port who is here before it opens. */
    public RoomParts goingOnFrom(FormerState state) {
        return new RoomParts(name, log, policy, settings, clock, observer, lifecycle, state);
    }

    /** The same, ended and renamed by that actor. */
    public RoomParts ownedBy(RecipientRef<RoomLifecycle.Command> by) {
        return new RoomParts(name, log, policy, settings, clock, observer, Optional.of(by), former);
    }
}
