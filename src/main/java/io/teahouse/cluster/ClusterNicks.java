package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.ServiceKey;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRegistry.Claim;
import io.teahouse.user.NickRegistry.Claimed;
import io.teahouse.user.NickRegistry.Command;
import io.teahouse.user.NickRegistry.Lost;
import io.teahouse.user.OnlineUsers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@link NickRegistry} of a cluster, on one node. One actor decides for all nodes ({@link NickRegistryEntity}); it may
 * be on any of them. While it is being moved, claims wait here and are sent again.
 */
public final class ClusterNicks extends AbstractBehavior<Command> {
    static final EntityTypeKey<Command> REGISTRY = EntityTypeKey.create(Command.class, "nicks");

    /** The only entity. */
    static final String ALL = "all";

    static final ServiceKey<Command> NODES = ServiceKey.create(Command.class, "teahouse-nicks");

    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** A nick takes less than 500 bytes, and a message has to fit into a frame. */
    private static final int MOST_PER_MESSAGE = 250;

    /** Asks a node who of its users has which nick. */
    record AskHeld(ActorRef<Held> replyTo) implements NickRegistry.Internal, ClusterMessage {}

    /**
     * Some of the nicks of a node.
     *
     * @param part from 0 on, of as many as there are
     */
    record Held(ActorRef<Command> from, int part, int parts, List<Holder> nicks) implements ClusterMessage {}

    record Holder(Nick nick, UserId user, ActorRef<Lost> owner) implements ClusterMessage {}

    private record Answer(Claimed claimed) implements NickRegistry.Internal {}

    private enum Tick implements NickRegistry.Internal {
        AGAIN
    }

    private final OnlineUsers users;
    private final ForeignUsers foreign;
    private final RecipientRef<Command> registry;
    private final ActorRef<Claimed> answers;
    private final Map<Long, Claim> pending = new LinkedHashMap<>();
    private long numbers;

    /**
     * The registry as one node sees it.
     *
     * @param users the users of this node
     * @param foreign of whom another node says what their nick is
     */
    public static Behavior<Command> create(OnlineUsers users, ForeignUsers foreign) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ClusterNicks(context, timers, users, foreign)));
    }

    private ClusterNicks(
            ActorContext<Command> context, TimerScheduler<Command> timers, OnlineUsers users, ForeignUsers foreign) {
        super(context);
        this.users = users;
        this.foreign = foreign;
        ClusterSharding sharding = ClusterSharding.get(context.getSystem());
        sharding.init(Entity.of(REGISTRY, entity -> NickRegistryEntity.create(users))
                .withSettings(Peers.neverPassivated(context.getSystem()))
                .withStopMessage(new NickRegistryEntity.Stop()));
        this.registry = sharding.entityRefFor(REGISTRY, ALL);
        this.answers = context.messageAdapter(Claimed.class, Answer::new);
        Peers.register(context, NODES);
        timers.startTimerWithFixedDelay(Tick.AGAIN, AGAIN);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Claim.class, this::onClaim)
                .onMessage(Answer.class, this::onAnswer)
                .onMessage(AskHeld.class, this::onAskHeld)
                .onMessageEquals(Tick.AGAIN, this::onAgain)
                .onMessage(Command.class, this::onOther)
                .build();
    }

    private Behavior<Command> onClaim(Claim claim) {
        long number = ++numbers;
        pending.put(number, claim);
        send(number, claim);
        return this;
    }

    private void send(long number, Claim claim) {
        registry.tell(new Claim(number, claim.nick(), claim.mine(), claim.user(), claim.owner(), answers));
    }

    private Behavior<Command> onAnswer(Answer answer) {
        Claim claim = pending.remove(answer.claimed.number());
        if (claim != null) {
            claim.replyTo().tell(new Claimed(claim.number(), answer.claimed.nick(), answer.claimed.obstacle()));
        }
        return this;
    }

    private Behavior<Command> onAgain() {
        pending.forEach(this::send);
        return this;
    }

    private Behavior<Command> onAskHeld(AskHeld ask) {
        List<Holder> held = new ArrayList<>();
        users.online().forEach(user -> {
            if (foreign.isOwn(user)) {
                held.add(new Holder(
                        user.snapshot().nick(),
                        user.snapshot().id(),
                        user.actor().<Object>unsafeUpcast().narrow()));
            }
        });
        int parts = Math.max(1, (held.size() + MOST_PER_MESSAGE - 1) / MOST_PER_MESSAGE);
        for (int part = 0; part < parts; part++) {
            int from = part * MOST_PER_MESSAGE;
            List<Holder> some = held.subList(from, Math.min(held.size(), from + MOST_PER_MESSAGE));
            ask.replyTo.tell(new Held(getContext().getSelf(), part, parts, List.copyOf(some)));
        }
        return this;
    }

    private Behavior<Command> onOther(Command command) {
        registry.tell(command);
        return this;
    }
}
