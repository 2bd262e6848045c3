package io.teahouse.simulation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * What an actor receives from other nodes: in order, at most once, delayed or lost. As with Artery, nobody is told of a loss. An actor
 * of a node that has died receives nothing.
 */
final class Link extends BehaviorInterceptor<Object, Object> {
    private enum Arrival {
        ARRIVAL
    }

    private static final int LONG_DELAY = 1500;

    private final ClusterWorld world;
    private final Node node;
    private final Predicate<Object> isFromElsewhere;
    private final Queue<Object> underWay = new ArrayDeque<>();

    @SuppressWarnings("unchecked") // the interceptor has a message of its own
    static <T> Behavior<T> before(Behavior<T> actor, ClusterWorld world, Node node, Predicate<Object> isFromElsewhere) {
        return (Behavior<T>) (Behavior<?>) Behaviors.intercept(
                () -> new Link(world, node, isFromElsewhere), (Behavior<Object>) (Behavior<?>) actor);
    }

    private Link(ClusterWorld world, Node node, Predicate<Object> isFromElsewhere) {
        super(Object.class);
        this.world = world;
        this.node = node;
        this.isFromElsewhere = isFromElsewhere;
    }

    @Override
    public Behavior<Object> aroundReceive(
            TypedActorContext<Object> context, Object message, ReceiveTarget<Object> target) {
        if (!node.alive) {
            return Behaviors.stopped();
        } else if (message == Arrival.ARRIVAL) {
            return target.apply(context, underWay.remove());
        } else if (!isFromElsewhere.test(message) || (world.isReliable() && underWay.isEmpty())) {
            return target.apply(context, message);
        } else if (world.loses()) {
            world.trace.add(
                    "lost on the way to %s: %s", node.name(), message.getClass().getSimpleName());
            return Behaviors.same();
        }
        underWay.add(message);
        ActorRef<Object> self = context.asJava().getSelf();
        if (world.delays()) {
            Duration delay = Duration.ofMillis(world.random.nextInt(LONG_DELAY));
            context.asJava().scheduleOnce(delay, self, Arrival.ARRIVAL);
        } else {
            self.tell(Arrival.ARRIVAL);
        }
        return Behaviors.same();
    }
}
