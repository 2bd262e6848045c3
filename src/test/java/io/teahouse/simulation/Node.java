package io.teahouse.simulation;

import akka.actor.PoisonPill;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Adapter;
import io.teahouse.room.RoomActor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One node of a simulation: an actor system, whose actors end together. */
final class Node {
    private final SimulatedSystem system;
    private final String prefix;
    private final List<ActorRef<?>> actors = new ArrayList<>();
    boolean alive = true;

    /** Stands for the room on this node, if the room has relays. */
    Optional<ActorRef<RoomActor.Command>> relay = Optional.empty();

    /** @param prefix of the names of its actors */
    Node(SimulatedSystem system, String prefix) {
        this.system = system;
        this.prefix = prefix;
    }

    String name() {
        return system.akka.name();
    }

    <T> ActorRef<T> spawn(String name, Behavior<T> behavior) {
        ActorRef<T> actor = system.akka.systemActorOf(behavior, prefix + name, Props.empty());
        actors.add(actor);
        return actor;
    }

    void advance(Duration duration) {
        system.time.advance(duration);
    }

    static void stop(ActorRef<?> actor) {
        Adapter.toClassic(actor).tell(PoisonPill.getInstance(), akka.actor.ActorRef.noSender());
    }

    /** Ends all its actors. */
    void die() {
        alive = false;
        actors.forEach(Node::stop);
    }
}
