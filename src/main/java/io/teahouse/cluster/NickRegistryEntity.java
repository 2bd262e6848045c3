package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.typed.Cluster;
import io.teahouse.cluster.ClusterNicks.AskHeld;
import io.teahouse.cluster.ClusterNicks.Held;
import io.teahouse.cluster.ClusterNicks.Holder;
import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRegistry.Claim;
import io.teahouse.user.NickRegistry.Command;
import io.teahouse.user.NickRegistry.Lost;
import io.teahouse.user.NickRegistryActor;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.OnlineUsers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The actor that decides for the whole cluster who has which nick. Before it takes its first claim, it asks all nodes which
 * nicks their users have: what it knew on another node is gone.
 */
final class NickRegistryEntity {
    /** How long a node may take to answer before it is asked again: a message may have been lost. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    /** Longer than it takes until a node that does not answer is known to be unreachable, or is removed. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_WAITING = 100_000;

    record Stop() implements NickRegistry.Internal, ClusterMessage {}

    private record Nodes(Set<ActorRef<Command>> nodes) implements NickRegistry.Internal {}

    private record Known(Held held) implements NickRegistry.Internal {}

    private enum Tick implements NickRegistry.Internal {
        AGAIN,
        LATE
    }

    private final ActorContext<Command> context;
    private final StashBuffer<Command> stash;
    private final OnlineUsers users;
    private final ActorRef<Held> replies;
    private Set<ActorRef<Command>> nodes = Set.of();

    /** What each node has said, by the numbers of the parts. */
    private final Map<ActorRef<Command>, Map<Integer, List<Holder>>> known = new HashMap<>();

    private final Set<ActorRef<Command>> complete = new HashSet<>();

    /** @param users who is listed, on all nodes: a user keeps the nick as long, although their node may have ended */
    static Behavior<Command> create(OnlineUsers users) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                MOST_WAITING, stash -> new NickRegistryEntity(context, timers, stash, users).waiting())));
    }

    private NickRegistryEntity(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            OnlineUsers users) {
        this.context = context;
        this.stash = stash;
        this.users = users;
        this.replies = context.messageAdapter(Held.class, Known::new);
        timers.startTimerWithFixedDelay(Tick.AGAIN, AGAIN);
        Peers.follow(context, ClusterNicks.NODES, Nodes::new);
        timers.startSingleTimer(Tick.LATE, PATIENCE);
    }

    private Behavior<Command> waiting() {
        return Behaviors.receive(Command.class)
                .onMessage(Nodes.class, this::onNodes)
                .onMessage(Known.class, this::onKnown)
                .onMessageEquals(Tick.AGAIN, this::ask)
                .onMessageEquals(Tick.LATE, this::open)
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .onAnyMessage(this::onOther)
                .build();
    }

    private Behavior<Command> onNodes(Nodes now) {
        nodes = now.nodes;
        return ask();
    }

    /** Asks those who have not said everything. */
    private Behavior<Command> ask() {
        for (ActorRef<Command> node : nodes) {
            if (!complete.contains(node)) {
                node.tell(new AskHeld(replies));
            }
        }
        return isComplete() ? open() : Behaviors.same();
    }

    private Behavior<Command> onKnown(Known message) {
        Held held = message.held;
        Map<Integer, List<Holder>> parts = known.computeIfAbsent(held.from(), node -> new HashMap<>());
        parts.put(held.part(), held.nicks());
        if (parts.size() == held.parts()) {
            complete.add(held.from());
        }
        return isComplete() ? open() : Behaviors.same();
    }

    /**
     * Whether all members of the cluster that can have said which nicks their users have. The others are silent for some seconds, or have sent their
     * users away: what this node's directory knows of them is all there is.
     */
    private boolean isComplete() {
        Set<Address> missing = ClusterMembers.answering(context.getSystem());
        Address self = Cluster.get(context.getSystem()).selfMember().address();
        for (ActorRef<Command> node : complete) {
            Address address = node.path().address();
            missing.remove(address.hasLocalScope() ? self : address);
        }
        return missing.isEmpty();
    }

    private Behavior<Command> onOther(Command command) {
        if (!stash.isFull()) {
            stash.stash(command); // otherwise the node sends it again
        }
        return Behaviors.same();
    }

    private Behavior<Command> open() {
        ActorRef<NickRegistry.Claimed> nobody = context.getSystem().ignoreRef();
        List<Claim> held = new ArrayList<>();
        known.values().stream()
                .flatMap(parts -> parts.values().stream())
                .flatMap(List::stream)
                .forEach(each -> held.add(new Claim(0, each.nick(), false, each.user(), each.owner(), nobody)));
        Set<UserId> certain = held.stream().map(Claim::user).collect(Collectors.toSet());
        for (OnlineUser each : users.online()) {
            UserId user = each.snapshot().id();
            if (!certain.contains(user)) { // their node has ended, and nobody speaks for them
                ActorRef<Lost> owner = each.actor().<Object>unsafeUpcast().narrow();
                held.add(new Claim(0, each.snapshot().nick(), false, user, owner, nobody));
            }
        }
        return stash.unstashAll(ending(NickRegistryActor.create(held, this::isListed)));
    }

    private boolean isListed(Nick nick) {
        return users.find(nick.text()).isPresent();
    }

    /** The registry, until the shard is moved; what is left of the start does not concern it. */
    private static Behavior<Command> ending(Behavior<Command> registry) {
        return Behaviors.intercept(Ending::new, registry);
    }

    private static final class Ending extends BehaviorInterceptor<Command, Command> {
        Ending() {
            super(Command.class);
        }

        @Override
        public Behavior<Command> aroundReceive(
                TypedActorContext<Command> context, Command command, ReceiveTarget<Command> target) {
            if (command instanceof Stop) {
                return Behaviors.stopped();
            }
            boolean isLate = command instanceof Nodes || command instanceof Known || command instanceof Tick;
            return isLate ? Behaviors.same() : target.apply(context, command);
        }
    }
}
