package io.teahouse.cluster;

import akka.Done;
import akka.actor.Address;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import akka.cluster.typed.Subscribe;
import akka.pattern.Patterns;
import akka.remote.RemoteTransportException;
import com.typesafe.config.Config;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the cluster, says when this node is a member, and logs who comes and goes. */
public final class ClusterNode extends AbstractBehavior<ClusterNode.Event> {
    /** What happens in the cluster. */
    sealed interface Event {}

    private record MembershipChanged(ClusterEvent.MemberEvent event) implements Event {}

    private record ReachabilityChanged(ClusterEvent.ReachabilityEvent event) implements Event {}

    private enum Tick implements Event {
        TICK
    }

    /** This node is a member; sent once. */
    public enum Joined {
        JOINED
    }

    /** The one for membership: this actor, too, must not wait for the chat. */
    public static final DispatcherSelector DISPATCHER = DispatcherSelector.fromConfig("teahouse-cluster-dispatcher");

    /** Longer than many rooms need; what is left goes on when the cluster notices that this node is gone. */
    private static final Duration HAND_OVER = Duration.ofSeconds(4);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Map<CoordinatedShutdown.Reason, String> REASONS = Map.of(
            CoordinatedShutdown.clusterDowningReason(),
            "it was cut off from the majority of its cluster for too long, or the others have removed it because it did not answer",
            CoordinatedShutdown.incompatibleConfigurationDetectedReason(),
            "its settings of Akka do not fit those of the cluster that it should join");

    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

    private final Cluster cluster;
    private final Member self;
    private final ActorRef<Joined> replyTo;
    private final Duration longestPause;
    private long tickedAt = System.nanoTime();

    /**
     * Joins at once.
     *
     * @param replyTo is told when this node has become a member
     */
    public static Behavior<Event> create(ClusterSettings settings, ActorRef<Joined> replyTo) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Tick.TICK, INTERVAL);
            return new ClusterNode(context, settings, replyTo);
        }));
    }

    /** Where the other nodes reach this one. */
    public static InetSocketAddress address(ActorSystem<?> system) {
        Address address = Cluster.get(system).selfMember().address();
        return new InetSocketAddress(
                address.getHost().orElseThrow(), address.getPort().orElseThrow());
    }

    /**
     * Why the node cannot be started, if it is because of where it should listen: one line for the operator.
     *
     * @param failure of the creation of the actor system
     */
    public static Optional<String> cannotListen(ClusterSettings settings, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = root.getMessage() == null ? root.toString() : root.getMessage();
        return failure instanceof RemoteTransportException
                ? Optional.of("the cluster port cannot listen on " + settings.bindHost() + ":" + settings.bindPort()
                        + " (teahouse.cluster.host, teahouse.cluster.port, or bind-host, bind-port): " + why)
                : Optional.empty();
    }

    /**
     * Moves what is sharded to other nodes. Comes before Akka's coordinated shutdown, which would do it, too: during that shutdown Akka does not
     * tell other nodes that an actor has ended, so the relays would learn only when this node is removed that their rooms have moved. Afterwards
     * nobody on this node reaches a room.
     *
     * @return completes when it is done, or has taken too long; does not fail
     */
    public static CompletionStage<Done> handOver(ActorSystem<?> system) {
        if (Cluster.get(system).selfMember().status() != MemberStatus.up()) {
            return CompletableFuture.completedFuture(Done.getInstance()); // it has been removed: nobody would take them
        }
        ClusterSharding sharding = ClusterSharding.get(system);
        List<CompletableFuture<Boolean>> regions = new ArrayList<>();
        for (String type : sharding.getShardTypeNames()) {
            regions.add(
                    Patterns.gracefulStop(sharding.shardRegion(type), HAND_OVER, ShardRegion.gracefulShutdownInstance())
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(regions.toArray(CompletableFuture[]::new))
                .handle((done, late) -> Done.getInstance());
    }

    /**
     * Runs at once when the cluster has removed this node, or does not take it: the node must end.
     *
     * @param then gets the reason, on any thread
     */
    public static void whenRemoved(ActorSystem<?> system, Consumer<String> then) {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "removed", () -> {
            shutdown.getShutdownReason().map(REASONS::get).ifPresent(then);
            return CompletableFuture.completedFuture(Done.getInstance());
        });
    }

    private ClusterNode(ActorContext<Event> context, ClusterSettings settings, ActorRef<Joined> replyTo) {
        super(context);
        this.replyTo = replyTo;
        this.cluster = Cluster.get(context.getSystem());
        this.self = cluster.selfMember();
        this.longestPause = longestPause(context.getSystem().settings().config());
        cluster.subscriptions()
                .tell(Subscribe.create(
                        context.messageAdapter(ClusterEvent.MemberEvent.class, MembershipChanged::new),
                        ClusterEvent.MemberEvent.class));
        cluster.subscriptions()
                .tell(Subscribe.create(
                        context.messageAdapter(ClusterEvent.ReachabilityEvent.class, ReachabilityChanged::new),
                        ClusterEvent.ReachabilityEvent.class));
        if (settings.isDiscovered()) {
            return; // the extension that finds the others joins them
        }
        cluster.manager()
                .tell(
                        settings.seedNodes().isEmpty()
                                ? Join.create(self.address())
                                : new JoinSeedNodes(settings.seedNodes()));
    }

    /** The other nodes remove one that is silent for longer. */
    private static Duration longestPause(Config config) {
        return config.getDuration("akka.cluster.failure-detector.acceptable-heartbeat-pause")
                .plus(config.getDuration("akka.cluster.split-brain-resolver.stable-after"));
    }

    @Override
    public Receive<Event> createReceive() {
        return newReceiveBuilder()
                .onMessageEquals(Tick.TICK, this::onTick)
                .onMessage(MembershipChanged.class, this::onMembershipChanged)
                .onMessage(ReachabilityChanged.class, this::onReachabilityChanged)
                .build();
    }

    /**
     * A process that was stopped and continues must not serve until it finds out by silence that the others have removed it: the silence
     * itself has made its failure detector patient.
     */
    private Behavior<Event> onTick() {
        long now = System.nanoTime();
        Duration paused = Duration.ofNanos(now - tickedAt);
        tickedAt = now;
        if (paused.compareTo(longestPause) > 0) {
            LOG.warn("cluster: this node was paused for {} ms: the others may have removed it", paused.toMillis());
            cluster.manager().tell(new Down(self.address()));
        }
        return this;
    }

    private Behavior<Event> onMembershipChanged(MembershipChanged changed) {
        Member member = changed.event.member();
        if (changed.event instanceof ClusterEvent.MemberUp) {
            LOG.info("cluster: member joined: {}", shown(member));
            if (member.uniqueAddress().equals(self.uniqueAddress())) {
                replyTo.tell(Joined.JOINED);
            }
        } else if (changed.event instanceof ClusterEvent.MemberRemoved removed && !cluster.isTerminated()) {
            if (removed.previousStatus() == MemberStatus.down()) {
                LOG.warn("cluster: member removed, because it did not answer: {}", shown(member));
            } else {
                LOG.info("cluster: member left: {}", shown(member));
            }
        }
        return this;
    }

    private Behavior<Event> onReachabilityChanged(ReachabilityChanged changed) {
        if (changed.event instanceof ClusterEvent.UnreachableMember) {
            LOG.warn("cluster: member does not answer: {}", shown(changed.event.member()));
        } else {
            LOG.info("cluster: member answers again: {}", shown(changed.event.member()));
        }
        return this;
    }

    private static String shown(Member member) {
        return member.address().hostPort().substring(member.address().system().length() + 1);
    }
}
