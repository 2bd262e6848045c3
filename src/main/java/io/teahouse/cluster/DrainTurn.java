package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Lets the nodes of a cluster drain one after the other: clients who are sent away must not meet another node that sends them
 * away, nor all end at the last one. A node that drains is registered with the receptionist of Akka until it has left. Thread-safe.
 */
public final class DrainTurn {
    private static final ServiceKey<Object> DRAINING = ServiceKey.create(Object.class, "teahouse-draining");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** By then the nodes know which others are registered. */
    private static final Duration NOTICE = Duration.ofSeconds(2);

    private final ActorSystem<?> system;

    /** Stands for this node; gets no messages. */
    private final ActorRef<Object> self;

    private volatile boolean mustDrain;

    public DrainTurn(ActorSystem<?> system) {
        this.system = system;
        this.self = system.systemActorOf(Behaviors.ignore(), "teahouse-draining", Props.empty());
    }

    /** This node drains, whatever the others do. */
    public void announce() {
        mustDrain = true;
        register();
    }

    private void register() {
        system.receptionist().tell(Receptionist.register(DRAINING, self));
    }

    private void giveWay() {
        if (!mustDrain) {
            system.receptionist().tell(Receptionist.deregister(DRAINING, self));
        }
    }

    /**
     * Announces that this node drains, unless another one does. Of nodes that ask at the same time, one gets the turn.
     *
     * @return another node that is draining, as host and port; empty: it is this one's turn
     */
    public CompletionStage<Optional<String>> take() {
        return take(NOTICE);
    }

    CompletionStage<Optional<String>> take(Duration notice) {
        return others().thenCompose(before -> before.isEmpty()
                ? announceAndLook(notice)
                : CompletableFuture.completedFuture(before.stream().findFirst()));
    }

    private CompletionStage<Optional<String>> announceAndLook(Duration notice) {
        register();
        return CompletableFuture.supplyAsync(
                        this::others,
                        CompletableFuture.delayedExecutor(
                                notice.toMillis(), TimeUnit.MILLISECONDS, system.executionContext()::execute))
                .thenCompose(others -> others)
                .thenApply(others -> {
                    String here = hostPort(Cluster.get(system).selfMember().address());
                    return others.stream()
                            .filter(other -> other.compareTo(here) < 0)
                            .findFirst();
                })
                .whenComplete((first, failure) -> {
                    if (failure != null || first.isPresent()) {
                        giveWay();
                    }
                });
    }

    /** Other nodes that drain, and have not begun to leave. */
    CompletionStage<Set<String>> others() {
        return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                        system.receptionist(),
                        replyTo -> Receptionist.find(DRAINING, replyTo),
                        PATIENCE,
                        system.scheduler())
                .thenApply(listing -> listing.getServiceInstances(DRAINING).stream()
                        .map(each -> each.path().address())
                        .filter(ClusterMembers.answering(system)::contains)
                        .map(DrainTurn::hostPort)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static String hostPort(Address node) {
        return node.getHost().orElse("") + ":" + node.getPort().orElse(0);
    }
}
