package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import java.util.Set;
import java.util.function.Function;

/** The actors that do the same work on all nodes of the cluster: each registers under a key that they share. */
final class Peers {
    private Peers() {}

    /** By default, Akka ends an entity that got no message through the shards for a while, although actors talk to it directly. */
    static ClusterShardingSettings neverPassivated(ActorSystem<?> system) {
        return ClusterShardingSettings.create(system).withNoPassivationStrategy();
    }

    /** The peers of an actor are told of it. */
    static <T> void register(ActorContext<T> context, ServiceKey<T> key) {
        context.getSystem().receptionist().tell(Receptionist.register(key, context.getSelf()));
    }

    /**
     * Tells an actor who is registered, now and whenever it changes.
     *
     * @param message creates the message from the actors of all nodes, perhaps with the receiver itself
     */
    static <T, M> void follow(ActorContext<M> context, ServiceKey<T> key, Function<Set<ActorRef<T>>, M> message) {
        ActorRef<Receptionist.Listing> listings = context.messageAdapter(
                Receptionist.Listing.class, listing -> message.apply(listing.getServiceInstances(key)));
        context.getSystem().receptionist().tell(Receptionist.subscribe(key, listings));
    }
}
