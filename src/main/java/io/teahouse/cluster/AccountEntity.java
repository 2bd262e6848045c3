package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.teahouse.room.UserId;
import io.teahouse.user.AlwaysOnUsers;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSettings;
import io.teahouse.user.UserSupervisor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One account in a cluster: the only place that has its user. Spawns the user's actor when the first {@link UserRelay} links
 * to it, and supervises it. A user who was here until just now, on a node that has ended, goes on: as a relay knows them, as
 * the store does, if they are always-on, or else as this node's directory does.
 */
final class AccountEntity extends AbstractBehavior<Object> {
    /** What a node shares with all accounts that run on it. */
    record Parts(
            UserServices services,
            ForeignUsers foreign,
            Duration returnWithin,
            ActorRef<UserSupervisor.Command> supervisor) {}

    /** The user may be expected: go on with them, if nobody has. Answered by {@link Awake}. */
    record Wake(ActorRef<Awake> replyTo) implements ClusterMessage {}

    record Awake(String account) implements ClusterMessage {}

    /** The entity is moved, or has nobody any more. */
    record Stop() implements ClusterMessage {}

    /** The server is about to end: save everything about the user. Answered by {@link UserSupervisor.Saved}. */
    enum Save {
        SAVE
    }

    private record Loaded(Optional<AlwaysOnUsers.Stored> user, boolean failed) {}

    private record Ended(ActorRef<Object> user) {}

    private enum Tick {
        UNUSED
    }

    /** How long an account without a user stays. */
    private static final Duration UNUSED = Duration.ofSeconds(10);

    private static final int MOST_WAITING = 1_000;

    private final Parts parts;
    private final String account;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final StashBuffer<Object> stash;
    private final ActorRef<UserSupervisor.Command> self;
    private @Nullable ActorRef<Object> user;

    /** All users that this entity has spawned and that are still there: some may have logged out. */
    private final Set<ActorRef<Object>> all = new HashSet<>(2);

    private boolean loading;
    private boolean hasLoaded;

    /** The store did not answer: nothing may be stored that could replace what is there. */
    private boolean hasFailed;

    private boolean restoring;
    private final Set<ActorRef<Awake>> waking = new HashSet<>(2);

    static Behavior<Object> create(String account, ActorRef<ClusterSharding.ShardCommand> shard, Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                MOST_WAITING, stash -> new AccountEntity(context, timers, stash, account, shard, parts))));
    }

    private AccountEntity(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            StashBuffer<Object> stash,
            String account,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Parts parts) {
        super(context);
        this.stash = stash;
        this.account = account;
        this.shard = shard;
        this.parts = parts;
        this.self = context.getSelf().narrow();
        timers.startTimerWithFixedDelay(Tick.UNUSED, UNUSED);
        parts.supervisor.<Object>unsafeUpcast().tell(new ClusterUserSupervisor.Hosted(account, context.getSelf()));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .onMessage(Loaded.class, this::onLoaded)
                .onMessage(Ended.class, this::onEnded)
                .onMessageEquals(Tick.UNUSED, this::onUnused)
                .onMessage(UserSupervisor.AwaitRestore.class, this::onAwaitRestore)
                .onMessage(UserSupervisor.LogIn.class, this::onLogIn)
                .onMessage(UserSupervisor.LogOut.class, this::onLogOut)
                .onMessage(UserSupervisor.Gone.class, this::onGone)
                .onMessage(UserSupervisor.Settled.class, settled -> awake())
                .onMessage(UserSupervisor.Saved.class, this::onSaved)
                .onMessage(UserSupervisor.RestoreUser.class, this::onRestoreUser)
                .onMessage(Object.class, this::onOutside)
                .build();
    }

    // From relays and other users

    private Behavior<Object> onOutside(Object message) {
        if (hasLoaded || (!loading && isRelayed(message))) {
            hasLoaded = true;
            handle(message);
            return this;
        }
        if (!stash.isFull()) {
            stash.stash(message); // otherwise a relay links again
        }
        return loading ? this : load();
    }

    /** Whether a relay knows the user who is to go on. */
    private static boolean isRelayed(Object message) {
        return message instanceof UserRelay.Link link && link.former().isPresent();
    }

    private void handle(Object message) {
        if (message instanceof UserRelay.Link) {
            user().tell(message);
        } else if (message instanceof Wake wake) {
            waking.add(wake.replyTo);
            if (!restoring) {
                awake();
            }
        } else if (message instanceof UserActor.Attach attach
                && !attach.newcomer().profile().account().equals(account)) {
            parts.supervisor.tell(attach); // the connection has logged in to another account
        } else if (message instanceof Save) {
            if (user == null) {
                parts.supervisor.tell(
                        new UserSupervisor.Saved(self.<Object>unsafeUpcast().narrow()));
            } else {
                user.tell(new UserActor.Flush());
            }
        } else if (message instanceof UserActor.Command && user != null) {
            user.tell(message);
        }
    }

    private Behavior<Object> awake() {
        restoring = false;
        waking.forEach(each -> each.tell(new Awake(account)));
        waking.clear();
        return this;
    }

    private ActorRef<Object> user() {
        if (user == null) {
            List<String> threads = parts.services.dispatchers();
            String thread = threads.get(Math.floorMod(account.hashCode(), threads.size()));
            user = getContext()
                    .spawnAnonymous(
                            LinkedUser.create(parts.services, self, parts.foreign, parts.returnWithin),
                            DispatcherSelector.fromConfig(thread));
            all.add(user);
            getContext().watchWith(user, new Ended(user));
        }
        return user;
    }

    // The start

    private boolean isAlwaysOnPossible() {
        return parts.services.settings().alwaysOn().mode() != UserSettings.Mode.OFF;
    }

    private Behavior<Object> load() {
        loading = true;
        if (!isAlwaysOnPossible()) {
            return onLoaded(new Loaded(Optional.empty(), false));
        }
        getContext()
                .pipeToSelf(
                        parts.services.alwaysOn().find(account),
                        (stored, failure) -> new Loaded(stored == null ? Optional.empty() : stored, failure != null));
        return this;
    }

    private Behavior<Object> onLoaded(Loaded loaded) {
        loading = false;
        boolean first = !hasLoaded;
        hasLoaded = true;
        hasFailed = loaded.failed;
        if (loaded.user.isPresent()) {
            restoring = true;
            user().tell(new UserActor.Restore(loaded.user.get()));
        } else if (first) {
            resume();
        }
        return first ? stash.unstashAll(this) : this;
    }

    /** The directory still shows the user: their node has ended. */
    private void resume() {
        Optional<OnlineUser> known = parts.services.users().online(UserId.ofAccount(account));
        known.ifPresent(before -> user().tell(new UserActor.Resume(before.snapshot(), List.of(), parts.returnWithin)));
    }

    // The user's questions to their supervisor

    private Behavior<Object> onAwaitRestore(UserSupervisor.AwaitRestore await) {
        await.replyTo().tell(new UserSupervisor.RestoreEnded(!hasFailed && !loading));
        return hasFailed && !loading ? load() : this;
    }

    /** The user becomes that of another account: the connection moves. */
    private Behavior<Object> onLogIn(UserSupervisor.LogIn login) {
        login.replyTo()
                .tell(new UserSupervisor.LoggedIn(
                        login.number(), parts.supervisor.<Object>unsafeUpcast().narrow(), false));
        return this;
    }

    private Behavior<Object> onLogOut(UserSupervisor.LogOut logout) {
        forget(logout.user());
        return this;
    }

    private Behavior<Object> onGone(UserSupervisor.Gone gone) {
        forget(gone.user());
        gone.user().tell(new UserActor.Stop());
        return awake();
    }

    private void forget(ActorRef<?> former) {
        if (former.equals(user)) {
            user = null;
        }
    }

    private Behavior<Object> onSaved(UserSupervisor.Saved saved) {
        parts.supervisor.tell(
                new UserSupervisor.Saved(self.<Object>unsafeUpcast().narrow()));
        return this;
    }

    /** The account has another name, which is another entity. */
    private Behavior<Object> onRestoreUser(UserSupervisor.RestoreUser restore) {
        parts.supervisor.tell(restore);
        return this;
    }

    private Behavior<Object> onEnded(Ended ended) {
        all.remove(ended.user);
        forget(ended.user);
        return onUnused();
    }

    /** Only an account without a user may say so: Akka never starts it again otherwise. */
    private Behavior<Object> onUnused() {
        if (all.isEmpty() && !loading) {
            shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        }
        return this;
    }
}
