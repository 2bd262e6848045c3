package io.teahouse.simulation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Owns the membership of a {@link User}, as the actor of the server does: ends it without connections, or keeps it. */
final class UserActor extends AbstractBehavior<Object> {
    /** A connection of the user has ended. */
    record Disconnected(ActorRef<RoomEvent> connection) {}

    /** A connection is in the room, and the user may not know it. */
    record Hold(ActorRef<RoomActor.Command> room) {}

    /** The room has refused a connection that came back: the user has left, or was removed. */
    record NotPlaced() {}

    private record Ended(ActorRef<?> ref) {}

    private enum Retry {
        RETRY
    }

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    private final User user;

    /** Where it runs. */
    private final Node home;

    private final TimerScheduler<Object> timers;
    private final List<ActorRef<RoomEvent>> ended = new ArrayList<>();

    /** The room that was asked to let the user in again. */
    private Optional<ActorRef<RoomActor.Command>> asked = Optional.empty();

    /** The room that the user has left, until it says so. */
    private Optional<ActorRef<RoomActor.Command>> left = Optional.empty();

    static Behavior<Object> create(User user) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new UserActor(context, timers, user)));
    }

    private UserActor(ActorContext<Object> context, TimerScheduler<Object> timers, User user) {
        super(context);
        this.timers = timers;
        this.user = user;
        this.home = user.node.orElseThrow();
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Object.class, any -> !home.alive, any -> Behaviors.stopped())
                .onMessage(MemberEvent.Placed.class, this::onPlaced)
                .onMessage(MemberEvent.Removed.class, this::onRemoved)
                .onMessage(Disconnected.class, this::onDisconnected)
                .onMessage(RoomDirectory.Found.class, this::onFound)
                .onMessage(RoomReply.Refused.class, this::onRefused)
                .onMessage(RoomReply.class, reply -> this)
                .onMessage(Hold.class, this::onHold)
                .onMessage(NotPlaced.class, not -> notPlaced())
                .onMessage(Ended.class, this::onEnded)
                .onMessageEquals(Retry.RETRY, this::onRetry)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Object> onPlaced(MemberEvent.Placed placed) {
        user.world.trace.add("%s is in the room %s", user.nick, placed.ranks().marks());
        if (placed.ranks().mayModerate()) {
            user.world.operators.add(user.nick);
        }
        timers.cancel(Retry.RETRY);
        asked = Optional.empty();
        getContext().watch(placed.self());
        user.place = Optional.of(new User.Place(placed.self(), placed.ranks()));
        ended.forEach(connection -> placed.self().tell(new RoomActor.Unsubscribe(connection)));
        if (!user.isConnected()) {
            leave();
        }
        return this;
    }

    private Behavior<Object> onHold(Hold hold) {
        if (user.place.isEmpty()) {
            hold.room.tell(RoomActor.Join.away(
                    user.identity(),
                    new RoomActor.Back(Screen.NOTHING, user.ranks(), true),
                    1,
                    getContext().getSelf().narrow()));
        }
        return this;
    }

    private Behavior<Object> onRemoved(MemberEvent.Removed removed) {
        user.world.trace.add("%s is in the room no longer", user.nick);
        left = left.filter(room -> !room.equals(removed.self()));
        user.place = user.place.filter(place -> !place.room.equals(removed.self()));
        return this;
    }

    private Behavior<Object> onDisconnected(Disconnected lost) {
        ended.add(lost.connection);
        user.place.ifPresent(place -> place.room.tell(new RoomActor.Unsubscribe(lost.connection)));
        if (!user.isConnected()) {
            leave();
        }
        return this;
    }

    /** There is no connection any more. */
    private void leave() {
        user.place.ifPresent(place -> {
            if (place.ended) {
                onEnded();
            } else if (!user.alwaysOn) {
                user.world.tell(place.room, new RoomActor.Leave(user.id(), Departure.QUIT, "", 0));
                left = Optional.of(place.room);
                user.place = Optional.empty();
            }
        });
    }

    /** What the room has sent before is still in the mailbox, which a signal overtakes. */
    private Behavior<Object> onTerminated(Terminated room) {
        getContext().getSelf().tell(new Ended(room.getRef()));
        return this;
    }

    private Behavior<Object> onEnded(Ended room) {
        user.vanished |= left.filter(room.ref::equals).isPresent();
        if (asked.filter(room.ref::equals).isPresent()) {
            again();
        }
        user.place.filter(place -> place.room.equals(room.ref)).ifPresent(place -> {
            place.ended = true;
            onRetry();
        });
        return this;
    }

    /** The room has ended, and no connection joins it again. */
    private void onEnded() {
        if (user.alwaysOn) {
            user.world.locate(user, getContext().getSelf().narrow());
        } else {
            user.vanish();
        }
    }

    private Behavior<Object> onFound(RoomDirectory.Found found) {
        if (user.place.filter(place -> place.ended).isPresent()) {
            found.ref()
                    .tell(RoomActor.Join.away(
                            user.identity(),
                            new RoomActor.Back(Screen.NOTHING, user.ranks()),
                            1,
                            getContext().getSelf().narrow()));
            getContext().watch(found.ref());
            asked = Optional.of(found.ref());
        }
        return this;
    }

    private Behavior<Object> onRefused(RoomReply.Refused refused) {
        return refused.refusal().reason() == Refusal.Reason.STORE_AWAY ? again() : notPlaced();
    }

    private Behavior<Object> notPlaced() {
        user.world.trace.add("%s is not in the room", user.nick);
        asked = Optional.empty();
        user.place = Optional.empty();
        return this;
    }

    private Behavior<Object> again() {
        asked = Optional.empty();
        return later();
    }

    private Behavior<Object> later() {
        timers.startSingleTimer(Retry.RETRY, RETRY_INTERVAL);
        return this;
    }

    private Behavior<Object> onRetry() {
        if (user.place.filter(place -> place.ended).isEmpty()) {
            return this;
        } else if (!user.isConnected() && asked.isEmpty()) {
            onEnded();
        }
        return later(); // the connections may give up
    }
}
