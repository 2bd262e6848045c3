package io.teahouse.cluster;

import akka.actor.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.ClusterEvent;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.typed.Cluster;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Whether this node can serve its cluster, and what it has of it: for probes and metrics. Thread-safe. */
public final class ClusterProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ActorSystem<?> system;

    /** Whether a coordinator has taken the shards of this node in. Afterwards it may be away for a while: rooms go on. */
    private volatile boolean isRegistered;

    public ClusterProbe(ActorSystem<?> system) {
        this.system = system;
    }

    /** Whether this node is a member whose shards answer. Completes within some seconds, and does not fail. */
    public CompletionStage<Boolean> answers() {
        if (Cluster.get(system).selfMember().status() != MemberStatus.up()) {
            return CompletableFuture.completedFuture(false);
        }
        ClusterSharding sharding = ClusterSharding.get(system);
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (String type : sharding.getShardTypeNames()) {
            ActorRef region = sharding.shardRegion(type);
            answers.add(state(region).thenApply(state -> state.getFailed().isEmpty()));
            if (!isRegistered) {
                answers.add(ask(region, ShardRegion.getCurrentRegionsInstance()).thenApply(regions -> true));
            }
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    isRegistered = true;
                    return answers.stream().allMatch(CompletableFuture::join);
                })
                .exceptionally(late -> false);
    }

    private static CompletableFuture<Object> ask(ActorRef region, Object question) {
        return Patterns.ask(region, question, PATIENCE).toCompletableFuture();
    }

    private static CompletableFuture<ShardRegion.CurrentShardRegionState> state(ActorRef region) {
        return ask(region, ShardRegion.getShardRegionStateInstance())
                .thenApply(ShardRegion.CurrentShardRegionState.class::cast);
    }

    /** The nodes of the cluster, as this one sees it. */
    public int members() {
        return ClusterMembers.addresses(system).size();
    }

    /** Whether a node other than this one is a member that answers, and does not leave. */
    public boolean hasOthers() {
        return ClusterMembers.hasOthers(system);
    }

    /** Those of them that do not answer. */
    public int unreachable() {
        ClusterEvent.CurrentClusterState state = Cluster.get(system).state();
        return state.getUnreachable().size();
    }

    /** The rooms that run on this node; -1 if it is not known. Waits for the answer. */
    public int hostedRooms() {
        try {
            return state(ClusterSharding.get(system).shardRegion(HostedRooms.ROOM.name())).join().getShards().stream()
                    .mapToInt(shard -> shard.getEntityIds().size())
                    .sum();
        } catch (CompletionException e) {
            return -1;
        }
    }
}
