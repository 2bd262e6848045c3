package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.cluster.RelayMessage.Newest;
import io.teahouse.cluster.RelayedCommands.Pending;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import org.jspecify.annotations.Nullable;

/**
 * The phase of a {@link RoomRelay} in which it passes on commands: first again those that the former room has not
 * answered, then each as it comes, and never more than the room takes at once.
 */
final class ReadyRelay extends AttachedRelay {
    /** See {@link RelayedCommands#oldest}, at the last check. */
    private long oldest;

    /** See {@link RelayDeliveries#oldestLeaving}, at the last check. */
    private @Nullable ActorRef<RoomEvent> leaving;

    /** See {@link RelayDeliveries#next}, at the last check. */
    private long next;

    /** The same when the room had last said that this is all. */
    private long confirmed;

    /** Whether the room is to say how much it has sent. */
    private boolean hasAsked;

    static Behavior<Object> begin(RoomRelay relay, RelayDeliveries deliveries) {
        ReadyRelay ready = new ReadyRelay(relay, deliveries);
        ready.checkLater();
        ready.send();
        return ready;
    }

    private ReadyRelay(RoomRelay relay, RelayDeliveries deliveries) {
        super(relay, deliveries);
    }

    @Override
    public Receive<Object> createReceive() {
        return withDeliveries(newReceiveBuilder().onMessage(Newest.class, this::onNewest))
                .build();
    }

    @Override
    Behavior<Object> onCommand(RoomActor.Command command) {
        relay.accept(command);
        send();
        return this;
    }

    /** There may be an answer. */
    @Override
    Behavior<Object> onDelivered() {
        checkLater();
        send();
        return this;
    }

    @Override
    Behavior<Object> onIntroductions() {
        send();
        return this;
    }

    /** Sends what may be sent now. */
    private void send() {
        Pending next = relay.commands.next();
        while (next != null && relay.introductions.areDone()) {
            send(next);
            next = relay.commands.next();
        }
    }

    private void send(Pending next) {
        checkLater();
        relay.commands.sent(next);
        if (next.asked instanceof RoomActor.Join join && Introductions.isNeeded(join)) {
            relay.commands.settle(next);
            relay.introductions.begin(join);
            return;
        }
        if (next.asked instanceof RoomActor.Join join) {
            watch(join.user().owner());
        }
        deliveries.pass(next.number, next.sent, next.author());
        if (!isAnswered(next.asked)) {
            relay.commands.settle(next);
        }
    }

    private void watch(ActorRef<?> owner) {
        getContext().unwatch(owner); // Akka refuses to watch it once more
        getContext().watchWith(owner, new OwnerEnded(owner));
    }

    /** Whether the room answers it, or says later that it has happened. */
    private boolean isAnswered(RoomActor.Command command) {
        if (command instanceof RoomActor.Leave leave) {
            return relay.members.find(leave.user()).isPresent() || relay.commands.isJoining(leave.user());
        } else if (command instanceof RoomActor.Unsubscribe unsubscribe) {
            return relay.members.contains(unsubscribe.subscriber());
        } else if (command instanceof RoomActor.ServerOperator operator) {
            relay.members.serverOperator(operator.user(), operator.is());
        }
        return command instanceof RoomActor.Asking;
    }

    // Silence

    @Override
    Behavior<Object> onCheck() {
        long now = relay.commands.oldest();
        ActorRef<RoomEvent> nowLeaving = deliveries.oldestLeaving();
        boolean isQuiet = deliveries.next() == next;
        boolean isUnanswered = now != 0 && now == oldest;
        boolean isStillLeaving = nowLeaving != null && nowLeaving.equals(leaving);
        boolean isUnconfirmed = isQuiet && hasAsked;
        if (isUnanswered || isStillLeaving || isUnconfirmed) {
            return onSilence();
        }
        oldest = now;
        leaving = nowLeaving;
        next = deliveries.next();
        hasAsked = isQuiet && next != confirmed;
        if (hasAsked) {
            deliveries.askNewest();
        }
        if (now != 0 || nowLeaving != null || !isQuiet || hasAsked) {
            checkLater();
        }
        return this;
    }

    /** Something came in the meantime, perhaps, but nothing overtakes the answer. */
    private Behavior<Object> onNewest(Newest newest) {
        if (newest.attempt() != deliveries.attempt) {
            return this;
        } else if (newest.number() >= deliveries.next()) {
            return onHole(newest.number() - deliveries.next() + 1);
        }
        hasAsked = false;
        confirmed = deliveries.next();
        return this;
    }
}
