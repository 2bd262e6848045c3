package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spawns the actors of users: one for all connections of an account. Guests live in the actors of their connections. After a
 * restart of the server it restores always-on users first; the server waits for that before it opens its doors.
 */
public final class UserSupervisor extends AbstractBehavior<UserSupervisor.Command> {
    public sealed interface Command
            permits AwaitRestore,
                    Ended,
                    Flush,
                    Found,
                    Gone,
                    Load,
                    Loaded,
                    LogIn,
                    LogOut,
                    RestoreUser,
                    Saved,
                    Settled,
                    UserActor.Attach {}

    /** Always-on users of before a restart of the server are being restored. Answered by {@link RestoreEnded}. */
    public record AwaitRestore(ActorRef<RestoreEnded> replyTo) implements Command {}

    /**
     * Always-on users are here again, and in their rooms as far as these can be opened.
     *
     * @param complete false: the store does not answer, and is asked again; nobody has been restored
     */
    public record RestoreEnded(boolean complete) {}

    /** The account has got its name just now: its always-on user, if it has one, is to be in their rooms again. No answer. */
    public record RestoreUser(String account) implements Command {}

    private record Found(Optional<AlwaysOnUsers.Stored> user) implements Command {}

    /** The server is about to end: save everything about always-on users. Answered by {@link Flushed}. */
    public record Flush(ActorRef<Flushed> replyTo) implements Command {}

    /** Everything is saved. */
    public record Flushed() {}

    /**
     * The user is about to be that of an account. Answered by {@link LoggedIn}.
     *
     * @param former the account that they had before; empty: none
     * @param user empty: a guest, who lives in the actor of the connection
     */
    public record LogIn(
            long number,
            String account,
            String former,
            Optional<ActorRef<UserActor.Command>> user,
            ActorRef<LoggedIn> replyTo)
            implements Command {}

    /**
     * Whose account it is now.
     *
     * @param user the actor of the account's user
     * @param fresh it is a new one, which is to {@linkplain UserActor.Adopt adopt} the guest
     */
    public record LoggedIn(long number, ActorRef<UserActor.Command> user, boolean fresh) {}

    /** The user no longer has an account. No answer. */
    public record LogOut(String account, ActorRef<UserActor.Command> user) implements Command {}

    /** The user has left; connections that come later are those of a new actor. Answered by {@link UserActor.Stop}. */
    public record Gone(String account, ActorRef<UserActor.Command> user) implements Command {}

    /** The user's rooms have let them in, or could not be opened for now. */
    public record Settled(ActorRef<UserActor.Command> user) implements Command {}

    /** Everything about the user is saved. */
    public record Saved(ActorRef<UserActor.Command> user) implements Command {}

    private record Load() implements Command {}

    private record Loaded(List<AlwaysOnUsers.Stored> users, Optional<Throwable> failure) implements Command {}

    private record Ended(String account, ActorRef<UserActor.Command> user) implements Command {}

    private static final Logger LOG = LoggerFactory.getLogger(UserSupervisor.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** How many users are restored at a time, so that no queue of the store overflows. */
    private static final int RESTORED_AT_A_TIME = 50;

    private final UserServices services;
    private final Map<String, ActorRef<UserActor.Command>> byAccount = new HashMap<>();
    private int spawned;

    private boolean restored;
    private final Deque<AlwaysOnUsers.Stored> toRestore = new ArrayDeque<>();
    private final Set<ActorRef<UserActor.Command>> restoring = new HashSet<>();
    private final List<ActorRef<RestoreEnded>> waiting = new ArrayList<>();

    private final Set<ActorRef<UserActor.Command>> unsaved = new HashSet<>();
    private final List<ActorRef<Flushed>> flushing = new ArrayList<>();

    public static Behavior<Command> create(UserServices services) {
        return Behaviors.setup(context -> new UserSupervisor(context, services));
    }

    private UserSupervisor(ActorContext<Command> context, UserServices services) {
        super(context);
        this.services = services;
        if (services.settings().alwaysOn().mode() == UserSettings.Mode.OFF) {
            restored = true;
        } else {
            load();
        }
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(UserActor.Attach.class, this::onAttach)
                .onMessage(AwaitRestore.class, this::onAwaitRestore)
                .onMessage(Load.class, load -> load())
                .onMessage(Loaded.class, this::onLoaded)
                .onMessage(Settled.class, this::onSettled)
                .onMessage(RestoreUser.class, this::onRestoreUser)
                .onMessage(Found.class, this::onFound)
                .onMessage(Flush.class, this::onFlush)
                .onMessage(Saved.class, this::onSaved)
                .onMessage(LogIn.class, this::onLogIn)
                .onMessage(LogOut.class, this::onLogOut)
                .onMessage(Gone.class, this::onGone)
                .onMessage(Ended.class, this::onEnded)
                .build();
    }

    private Behavior<Command> onAttach(UserActor.Attach attach) {
        user(attach.newcomer().profile().account()).tell(attach);
        return this;
    }

    private ActorRef<UserActor.Command> user(String account) {
        return byAccount.computeIfAbsent(account, any -> {
            ActorRef<UserActor.Command> user = spawn();
            getContext().watchWith(user, new Ended(account, user));
            return user;
        });
    }

    /** A user whose actor fails is gone, as if the connections had been lost; nobody else notices. */
    private ActorRef<UserActor.Command> spawn() {
        List<String> all = services.dispatchers();
        String dispatcher = all.get(Math.floorMod(spawned++, all.size()));
        return getContext()
                .spawnAnonymous(
                        UserActor.create(services, getContext().getSelf(), UserDelivery.DIRECT)
                                .narrow(),
                        DispatcherSelector.fromConfig(dispatcher));
    }

    private Behavior<Command> onLogIn(LogIn login) {
        boolean fresh = !byAccount.containsKey(login.account);
        if (fresh && login.user.isPresent()) {
            ActorRef<UserActor.Command> user = login.user.get();
            if (byAccount.remove(login.former, user)) {
                getContext().unwatch(user);
            }
            byAccount.put(login.account, user);
            getContext().watchWith(user, new Ended(login.account, user));
        }
        login.replyTo.tell(new LoggedIn(login.number, user(login.account), fresh));
        return this;
    }

    private Behavior<Command> onLogOut(LogOut logout) {
        if (byAccount.remove(logout.account, logout.user)) {
            getContext().unwatch(logout.user);
        }
        return this;
    }

    private Behavior<Command> onGone(Gone gone) {
        onLogOut(new LogOut(gone.account, gone.user));
        gone.user.tell(new UserActor.Stop());
        onSettled(new Settled(gone.user));
        return onSaved(new Saved(gone.user));
    }

    private Behavior<Command> onEnded(Ended ended) {
        byAccount.remove(ended.account, ended.user);
        onSettled(new Settled(ended.user));
        return onSaved(new Saved(ended.user));
    }

    // Always-on users of before a restart

    private Behavior<Command> load() {
        getContext()
                .pipeToSelf(
                        services.alwaysOn().all(services.settings().alwaysOn().mostUsers() + 1),
                        (users, failure) ->
                                new Loaded(users == null ? List.of() : users, Optional.ofNullable(failure)));
        return this;
    }

    private Behavior<Command> onLoaded(Loaded loaded) {
        if (loaded.failure.isPresent()) {
            LOG.warn(
                    "Could not read the always-on users; trying again: {}",
                    loaded.failure.get().getMessage());
            tellWaiting(false);
            getContext().scheduleOnce(RETRY, getContext().getSelf(), new Load());
        } else {
            int most = services.settings().alwaysOn().mostUsers();
            if (loaded.users.size() > most) {
                LOG.warn(
                        "Restoring the {} always-on users who were connected most recently, but not the others"
                                + " (teahouse.accounts.always-on.most-users)",
                        most);
            }
            Instant expired = Instant.now().minus(services.settings().alwaysOn().time());
            for (AlwaysOnUsers.Stored user : loaded.users.stream().limit(most).toList()) {
                if (user.lastConnected().isBefore(expired)) {
                    services.alwaysOn().remove(user.account());
                } else {
                    toRestore.add(user);
                }
            }
            LOG.info("Restoring {} always-on users", toRestore.size());
            restore();
        }
        return this;
    }

    private Behavior<Command> onRestoreUser(RestoreUser restore) {
        if (services.settings().alwaysOn().mode() != UserSettings.Mode.OFF) {
            getContext()
                    .pipeToSelf(
                            services.alwaysOn().find(restore.account),
                            (user, failure) -> new Found(user == null ? Optional.empty() : user));
        }
        return this;
    }

    private Behavior<Command> onFound(Found found) {
        found.user.ifPresent(stored -> user(stored.account()).tell(new UserActor.Restore(stored)));
        return this;
    }

    private void restore() {
        while (restoring.size() < RESTORED_AT_A_TIME && !toRestore.isEmpty()) {
            AlwaysOnUsers.Stored next = toRestore.remove();
            ActorRef<UserActor.Command> user = user(next.account());
            restoring.add(user);
            user.tell(new UserActor.Restore(next));
        }
        if (restoring.isEmpty() && !restored) {
            restored = true;
            tellWaiting(true);
        }
    }

    private Behavior<Command> onSettled(Settled settled) {
        if (restoring.remove(settled.user)) {
            restore();
        }
        return this;
    }

    private Behavior<Command> onAwaitRestore(AwaitRestore await) {
        waiting.add(await.replyTo);
        if (restored) {
            tellWaiting(true);
        }
        return this;
    }

    private void tellWaiting(boolean complete) {
        waiting.forEach(each -> each.tell(new RestoreEnded(complete)));
        waiting.clear();
    }

    // The end of the server

    private Behavior<Command> onFlush(Flush flush) {
        flushing.add(flush.replyTo);
        unsaved.addAll(byAccount.values());
        unsaved.forEach(user -> user.tell(new UserActor.Flush()));
        endIfFlushed();
        return this;
    }

    private Behavior<Command> onSaved(Saved saved) {
        if (unsaved.remove(saved.user)) {
            endIfFlushed();
        }
        return this;
    }

    private void endIfFlushed() {
        if (unsaved.isEmpty()) {
            flushing.forEach(each -> each.tell(new Flushed()));
            flushing.clear();
        }
    }
}
