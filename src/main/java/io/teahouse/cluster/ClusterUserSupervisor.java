package io.teahouse.cluster;

import akka.actor.Address;
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
import io.teahouse.cluster.AccountEntity.Awake;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.UserId;
import io.teahouse.user.AlwaysOnUsers;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSettings;
import io.teahouse.user.UserSupervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@link UserSupervisor} of a cluster, on one node. The user of an account is a sharded entity ({@link AccountEntity});
 * the connections of this node reach it by a {@link UserRelay}. After a start of the server, and when a node has ended, it
 * wakes the accounts whose users are expected to be there.
 */
public final class ClusterUserSupervisor extends AbstractBehavior<Object> {
    private static final EntityTypeKey<Object> ACCOUNT = EntityTypeKey.create(Object.class, "account");
    private static final ServiceKey<Object> NODES = ServiceKey.create(Object.class, "teahouse-accounts");
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** An account runs on this node now. */
    record Hosted(String account, ActorRef<Object> entity) {}

    private record EntityEnded(String account, ActorRef<Object> entity) {}

    /** The account needs another relay from now on. */
    record RelayEnded(String account, ActorRef<Object> relay) {}

    /** @param expected the number of the last {@link UserRelay.Expect} that the relay knows of */
    record RelayIdle(String account, ActorRef<Object> relay, long expected) {}

    private record Nodes(Set<ActorRef<Object>> nodes) {}

    private record Loaded(List<AlwaysOnUsers.Stored> users, boolean failed) {}

    private enum Tick {
        LOAD,
        AGAIN
    }

    private static final class Relay {
        final ActorRef<Object> ref;

        /** How often it was about to be used. */
        long uses;

        Relay(ActorRef<Object> ref) {
            this.ref = ref;
        }
    }

    /** How many accounts are woken at a time, so that no queue of the store overflows. */
    private static final int WOKEN_AT_A_TIME = 50;

    /** While shards are being moved, messages to them may be lost. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final TimerScheduler<Object> timers;
    private final UserServices services;
    private final ForeignUsers foreign;
    private final ClusterSharding sharding;
    private final Map<String, Relay> relays = new HashMap<>();
    private final Map<String, ActorRef<Object>> hosted = new HashMap<>();
    private Set<ActorRef<Object>> nodes = Set.of();

    private boolean restored;

    private final Set<String> toWake = new LinkedHashSet<>();

    /** Accounts that have not said that their users are back. */
    private final Set<String> waking = new LinkedHashSet<>();

    private final List<ActorRef<UserSupervisor.RestoreEnded>> waiting = new ArrayList<>();
    private final Set<ActorRef<?>> unsaved = new HashSet<>();
    private final List<ActorRef<UserSupervisor.Flushed>> flushing = new ArrayList<>();

    /**
     * The supervisor as one node sees it.
     *
     * @param returnWithin how long users whose node is gone are expected back
     */
    public static Behavior<UserSupervisor.Command> create(
            UserServices services, ForeignUsers foreign, Duration returnWithin) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(
                        timers -> new ClusterUserSupervisor(context, timers, services, foreign, returnWithin)))
                .narrow();
    }

    private ClusterUserSupervisor(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            UserServices services,
            ForeignUsers foreign,
            Duration returnWithin) {
        super(context);
        this.timers = timers;
        this.services = services;
        this.foreign = foreign;
        this.sharding = ClusterSharding.get(context.getSystem());
        AccountEntity.Parts parts = new AccountEntity.Parts(
                services, foreign, returnWithin, context.getSelf().narrow());
        sharding.init(Entity.of(ACCOUNT, entity -> AccountEntity.create(entity.getEntityId(), entity.getShard(), parts))
                .withSettings(Peers.neverPassivated(context.getSystem()))
                .withStopMessage(new AccountEntity.Stop()));
        Peers.register(context, NODES);
        Peers.follow(context, NODES, Nodes::new);
        if (services.settings().alwaysOn().mode() == UserSettings.Mode.OFF) {
            restored = true;
        } else {
            load();
        }
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(UserActor.Attach.class, this::onAttach)
                .onMessage(UserSupervisor.LogIn.class, this::onLogIn)
                .onMessage(UserSupervisor.RestoreUser.class, this::onRestoreUser)
                .onMessage(UserSupervisor.AwaitRestore.class, this::onAwaitRestore)
                .onMessage(UserSupervisor.Flush.class, this::onFlush)
                .onMessage(UserSupervisor.Saved.class, saved -> onSaved(saved.user()))
                .onMessage(Hosted.class, this::onHosted)
                .onMessage(EntityEnded.class, this::onEntityEnded)
                .onMessage(RelayEnded.class, this::onRelayEnded)
                .onMessage(RelayIdle.class, this::onRelayIdle)
                .onMessage(Nodes.class, this::onNodes)
                .onMessage(Loaded.class, this::onLoaded)
                .onMessage(Awake.class, this::onAwake)
                .onMessageEquals(Tick.LOAD, this::load)
                .onMessageEquals(Tick.AGAIN, this::onAgain)
                .onMessage(UserSupervisor.Command.class, any -> this) // of guests, who need no supervisor
                .build();
    }

    /** The account, wherever it is. */
    static RecipientRef<Object> entity(ClusterSharding sharding, String account) {
        return sharding.entityRefFor(ACCOUNT, account);
    }

    private RecipientRef<Object> entity(String account) {
        return entity(sharding, account);
    }

    // Connections

    /** Also of connections of another node, which have been another user's until then. */
    private Behavior<Object> onAttach(UserActor.Attach attach) {
        Address node = attach.newcomer().connection().path().address();
        if (node.hasLocalScope()) {
            relay(attach.newcomer().profile().account()).tell(attach);
        } else {
            nodes.stream().filter(each -> each.path().address().equals(node)).forEach(there -> there.tell(attach));
        }
        return this;
    }

    /** A guest of this node logs in. Whether the account has a user, its entity knows. */
    private Behavior<Object> onLogIn(UserSupervisor.LogIn login) {
        login.replyTo()
                .tell(new UserSupervisor.LoggedIn(
                        login.number(), relay(login.account()).narrow(), true));
        return this;
    }

    /** The relay of the account, which does not end before it is used. */
    private ActorRef<Object> relay(String account) {
        Relay relay = relays.computeIfAbsent(account, any -> {
            ActorRef<Object> self = getContext().getSelf();
            ActorRef<Object> ref = getContext()
                    .spawnAnonymous(UserRelay.create(account, entity(account), self, services.users(), foreign));
            getContext().watchWith(ref, new RelayEnded(account, ref));
            return new Relay(ref);
        });
        relay.ref.tell(new UserRelay.Expect(++relay.uses));
        return relay.ref;
    }

    private Behavior<Object> onRelayEnded(RelayEnded ended) {
        Relay current = relays.get(ended.account);
        if (current != null && current.ref.equals(ended.relay)) {
            relays.remove(ended.account);
        }
        return this;
    }

    /** The relay may end, unless it has been sent something in the meantime. */
    private Behavior<Object> onRelayIdle(RelayIdle idle) {
        Relay current = relays.get(idle.account);
        if (current == null || !current.ref.equals(idle.relay)) { // its user has logged out
            idle.relay.tell(new UserRelay.End());
        } else if (current.uses == idle.expected) {
            relays.remove(idle.account);
            idle.relay.tell(new UserRelay.End());
        }
        return this;
    }

    // Users who are expected

    private Behavior<Object> load() {
        getContext()
                .pipeToSelf(
                        services.alwaysOn().all(services.settings().alwaysOn().mostUsers()),
                        (users, failure) -> new Loaded(users == null ? List.of() : users, failure != null));
        return this;
    }

    private Behavior<Object> onLoaded(Loaded loaded) {
        if (loaded.failed) {
            getContext().getLog().warn("Could not read the always-on users; trying again");
            tellWaiting(false);
            timers.startSingleTimer(Tick.LOAD, RETRY);
            return this;
        }
        Instant expired = Instant.now().minus(services.settings().alwaysOn().time());
        for (AlwaysOnUsers.Stored user : loaded.users) {
            if (user.lastConnected().isBefore(expired)) {
                services.alwaysOn().remove(user.account());
            } else if (services.users().find(UserId.ofAccount(user.account())).isEmpty()) {
                toWake.add(user.account());
            }
        }
        return wakeNext();
    }

    private Behavior<Object> wake(String account) {
        toWake.add(account);
        return wakeNext();
    }

    private Behavior<Object> wakeNext() {
        Iterator<String> next = toWake.iterator();
        while (next.hasNext() && waking.size() < WOKEN_AT_A_TIME) {
            String account = next.next();
            next.remove();
            if (waking.add(account)) {
                tellToWake(account);
            }
        }
        if (waking.isEmpty()) {
            restored = true;
            tellWaiting(true);
        } else if (!timers.isTimerActive(Tick.AGAIN)) {
            timers.startSingleTimer(Tick.AGAIN, AGAIN);
        }
        return this;
    }

    private void tellToWake(String account) {
        entity(account).tell(new AccountEntity.Wake(getContext().getSelf().narrow()));
    }

    private Behavior<Object> onAgain() {
        waking.forEach(this::tellToWake);
        return wakeNext();
    }

    private Behavior<Object> onAwake(Awake awake) {
        waking.remove(awake.account());
        return wakeNext();
    }

    private Behavior<Object> onRestoreUser(UserSupervisor.RestoreUser restore) {
        return wake(restore.account());
    }

    private Behavior<Object> onAwaitRestore(UserSupervisor.AwaitRestore await) {
        waiting.add(await.replyTo());
        if (restored) {
            tellWaiting(true);
        }
        return this;
    }

    private void tellWaiting(boolean complete) {
        waiting.forEach(each -> each.tell(new UserSupervisor.RestoreEnded(complete)));
        waiting.clear();
    }

    /** Of a node that is gone, users without connections elsewhere have nobody who would link to them. */
    private Behavior<Object> onNodes(Nodes now) {
        Set<Address> gone = new HashSet<>();
        nodes.forEach(each -> gone.add(each.path().address()));
        now.nodes.forEach(each -> gone.remove(each.path().address()));
        nodes = now.nodes;
        if (!gone.isEmpty()) {
            for (OnlineUser each : services.users().online()) {
                UserId id = each.snapshot().id();
                if (id.isAccount() && gone.contains(each.actor().path().address()) && !isConnected(each)) {
                    wake(id.name());
                }
            }
        }
        return this;
    }

    private boolean isConnected(OnlineUser user) {
        Set<Address> members = ClusterMembers.addresses(getContext().getSystem());
        for (ActorRef<RoomEvent> each : user.subscribers()) {
            Address node = each.path().address();
            if (node.hasLocalScope() || members.contains(node)) {
                return true;
            }
        }
        return false;
    }

    // Accounts that run on this node

    private Behavior<Object> onHosted(Hosted entity) {
        hosted.put(entity.account, entity.entity);
        getContext().watchWith(entity.entity, new EntityEnded(entity.account, entity.entity));
        return this;
    }

    /** An entity that was moved takes its user with it, who may have no connection. */
    private Behavior<Object> onEntityEnded(EntityEnded ended) {
        hosted.remove(ended.account, ended.entity);
        UserId id = UserId.ofAccount(ended.account);
        if (foreign.isMoved(id)
                && services.users()
                        .online(id)
                        .filter(user -> !isConnected(user))
                        .isPresent()) {
            wake(ended.account);
        }
        return onSaved(ended.entity);
    }

    private Behavior<Object> onFlush(UserSupervisor.Flush flush) {
        flushing.add(flush.replyTo());
        unsaved.addAll(hosted.values());
        hosted.values().forEach(each -> each.tell(AccountEntity.Save.SAVE));
        return onSaved(getContext().getSelf());
    }

    private Behavior<Object> onSaved(ActorRef<?> entity) {
        unsaved.remove(entity);
        if (unsaved.isEmpty()) {
            flushing.forEach(each -> each.tell(new UserSupervisor.Flushed()));
            flushing.clear();
        }
        return this;
    }
}
