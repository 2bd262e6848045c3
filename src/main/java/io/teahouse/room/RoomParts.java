package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The collaborators of a room.
 *
 * @param clock gives the time of events
 * @param observer receives a summary after every change of members, topic or modes
 * @param lifecycle decides whether the room may be renamed; empty: it may
 * @param former returns the last state of the room if its members are about to rejoin
 * @param fanout delivers what the room publishes
 */
public record RoomParts(
        RoomName name,
        RoomLog log,
        RoomPolicy policy,
        RoomSettings settings,
        InstantSource clock,
        Optional<ActorRef<RoomSummary>> observer,
        Optional<RecipientRef<RoomLifecycle.Command>> lifecycle,
        FormerState former,
        Fanout.Factory fanout) {

    /** A room that tells its subscribers directly. */
    public RoomParts(
            RoomName name,
            RoomLog log,
            RoomPolicy policy,
            RoomSettings settings,
            InstantSource clock,
            Optional<ActorRef<RoomSummary>> observer,
            Optional<RecipientRef<RoomLifecycle.Command>> lifecycle,
            FormerState former) {
        this(name, log, policy, settings, clock, observer, lifecycle, former, (room, generation) -> new Subscribers());
    }

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

    /** The same with a policy of the application. */
    public RoomParts governedBy(RoomPolicy by) {
        return new RoomParts(name, log, by, settings, clock, observer, lifecycle, former, fanout);
    }

    /** The same with an observer, which receives a summary after every change. */
    public RoomParts observedBy(ActorRef<RoomSummary> by) {
        return new RoomParts(name, log, policy, settings, clock, Optional.of(by), lifecycle, former, fanout);
    }

    /** The same with a port that is asked for the former state before the room opens. */
    public RoomParts restoringFrom(FormerState state) {
        return new RoomParts(name, log, policy, settings, clock, observer, lifecycle, state, fanout);
    }

    /** The same with an actor that ends and renames the room. */
    public RoomParts ownedBy(RecipientRef<RoomLifecycle.Command> by) {
        return new RoomParts(name, log, policy, settings, clock, observer, Optional.of(by), former, fanout);
    }

    /** The same with another way to deliver what it publishes. */
    public RoomParts deliveredBy(Fanout.Factory by) {
        return new RoomParts(name, log, policy, settings, clock, observer, lifecycle, former, by);
    }
}
