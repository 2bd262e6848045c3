package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Keeps the users of a node that is gone in one room for a while, when it starts again elsewhere: a user who reconnects
 * to another node in time stays a member. The others leave as lost: this actor owns their memberships, and ends then.
 */
final class StrandedUsers extends AbstractBehavior<Object> {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private enum Tick {
        OVER
    }

    /** The room could not be opened yet. */
    private record Again(long number) {}

    private final TimerScheduler<Object> timers;
    private final ActorRef<RoomActor.Command> room;
    private final RoomName name;
    private final List<UserSnapshot> users;

    /** The users who were in that room, on nodes that are gone. */
    static List<UserSnapshot> of(RoomName room, OnlineUsers users, Set<Address> members) {
        return StreamSupport.stream(users.online().spliterator(), false)
                .filter(user -> isGone(user.actor().path().address(), members))
                .map(OnlineUser::snapshot)
                .filter(user -> user.place(room).isPresent())
                .toList();
    }

    private static boolean isGone(Address node, Set<Address> members) {
        return node.hasGlobalScope() && !members.contains(node);
    }

    static Behavior<Object> create(
            RoomName name, ActorRef<RoomActor.Command> room, List<UserSnapshot> users, Duration returnWithin) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(Tick.OVER, returnWithin);
            context.watchWith(room, Tick.OVER);
            return new StrandedUsers(context, timers, name, room, users);
        }));
    }

    private StrandedUsers(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            RoomName name,
            ActorRef<RoomActor.Command> room,
            List<UserSnapshot> users) {
        super(context);
        this.timers = timers;
        this.name = name;
        this.room = room;
        this.users = users;
        for (int i = 0; i < users.size(); i++) {
            join(i);
        }
    }

    /** @param number the index of the user */
    private void join(long number) {
        UserSnapshot user = users.get((int) number);
        RoomActor.Identity identity = new RoomActor.Identity(
                user.id(), user.nick(), user.profile(), false, getContext().getSelf(), Optional.empty());
        RoomActor.Back back =
                new RoomActor.Back(-1, user.place(name).orElseThrow().ranks());
        room.tell(RoomActor.Join.away(
                identity, back, number, getContext().getSelf().narrow()));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(RoomReply.Refused.class, this::onRefused)
                .onMessage(Again.class, this::onAgain)
                .onMessageEquals(Tick.OVER, Behaviors::stopped)
                .build();
    }

    private Behavior<Object> onRefused(RoomReply.Refused refused) {
        Again again = new Again(refused.number());
        timers.startSingleTimer(again, again, RETRY);
        return this;
    }

    private Behavior<Object> onAgain(Again again) {
        join(again.number);
        return this;
    }
}
