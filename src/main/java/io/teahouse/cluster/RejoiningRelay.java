package io.teahouse.cluster;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.cluster.RelayMessage.Attached;
import io.teahouse.room.RoomActor;

/**
 * The phase of a {@link RoomRelay} in which its members join the room again, which the others do not see. It ends when
 * all subscribers have seen what they missed. Commands wait.
 */
final class RejoiningRelay extends AttachedRelay {
    /** The first phase with a room. */
    static Behavior<Object> begin(RoomRelay relay, Attached attached) {
        RejoiningRelay rejoining = new RejoiningRelay(relay, new RelayDeliveries(relay, attached));
        rejoining.rejoin();
        return rejoining.onDelivered();
    }

    private RejoiningRelay(RoomRelay relay, RelayDeliveries deliveries) {
        super(relay, deliveries);
    }

    @Override
    public Receive<Object> createReceive() {
        return withDeliveries(newReceiveBuilder()).build();
    }

    private void rejoin() {
        checkLater();
        relay.members.subscriptions().forEach(deliveries::rejoin);
        relay.members.away().forEach(deliveries::rejoin);
    }

    @Override
    Behavior<Object> onCommand(RoomActor.Command command) {
        relay.accept(command);
        return this;
    }

    @Override
    Behavior<Object> onDelivered() {
        return deliveries.areComplete() ? ReadyRelay.begin(relay, deliveries) : this;
    }

    @Override
    Behavior<Object> onCheck() {
        return onSilence();
    }
}
