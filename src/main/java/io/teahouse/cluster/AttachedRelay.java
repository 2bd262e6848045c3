package io.teahouse.cluster;

import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ReceiveBuilder;
import io.teahouse.cluster.RelayMessage.CommandLost;
import io.teahouse.cluster.RelayMessage.Relayed;
import io.teahouse.cluster.RoomRelay.Tick;
import java.time.Duration;

/** A phase of a {@link RoomRelay} in which a room delivers to it: {@link RejoiningRelay} or {@link ReadyRelay}. */
abstract class AttachedRelay extends RelayPhase {
    /**
     * After once or twice that time without an answer to a command, or to the rejoin of a member, the room is asked again from
     * the beginning: a message was lost, and nothing came after it that would have shown the hole. A room answers sooner, also
     * when its store is away. When the room has fallen silent for that time, it is asked for the number of its newest message.
     */
    private static final Duration CHECK = Duration.ofSeconds(10);

    final RelayDeliveries deliveries;

    AttachedRelay(RoomRelay relay, RelayDeliveries deliveries) {
        super(relay);
        this.deliveries = deliveries;
    }

    /** Something was delivered. */
    abstract Behavior<Object> onDelivered();

    /** A while has passed. */
    abstract Behavior<Object> onCheck();

    final ReceiveBuilder<Object> withDeliveries(ReceiveBuilder<Object> own) {
        return withCommon(own.onMessage(Relayed.class, this::onRelayed)
                .onMessage(CommandLost.class, this::onCommandLost)
                .onMessageEquals(Tick.CHECK, this::onCheck)
                .onSignal(Terminated.class, ended -> onRoomEnded()));
    }

    private Behavior<Object> onRelayed(Relayed message) {
        if (message.attempt() != deliveries.attempt) {
            return this; // of an earlier room, which may live on for a while
        } else if (message.number() != deliveries.next()) {
            return onHole(message.number() - deliveries.next());
        }
        deliveries.deliver(message.what());
        return deliveries.hasMoved() ? attachAgain() : onDelivered();
    }

    /** Messages of the room were lost. */
    final Behavior<Object> onHole(long count) {
        relay.log().warn("room {}: {} messages of it were lost", relay.name, count);
        return attachAgain();
    }

    private Behavior<Object> onCommandLost(CommandLost lost) {
        if (lost.attempt() != deliveries.attempt) {
            return this;
        }
        relay.log().warn("room {}: a command to it was lost", relay.name);
        return attachAgain();
    }

    /** Looks after a while whether anything is still unanswered. */
    final void checkLater() {
        if (!relay.timers.isTimerActive(Tick.CHECK)) {
            relay.timers.startSingleTimer(Tick.CHECK, CHECK);
        }
    }

    final Behavior<Object> attachAgain() {
        lose();
        return AttachingRelay.now(relay);
    }

    private Behavior<Object> onRoomEnded() {
        relay.log().debug("room {} has ended", relay.name);
        lose();
        // otherwise the room has been closed, because it is empty
        return relay.isNeeded() ? AttachingRelay.now(relay) : new DetachedRelay(relay);
    }

    private void lose() {
        relay.timers.cancel(Tick.CHECK);
        deliveries.end();
    }

    /** The room does not answer. */
    final Behavior<Object> onSilence() {
        relay.log().warn("room {} does not answer: its members join again", relay.name);
        return attachAgain();
    }
}
