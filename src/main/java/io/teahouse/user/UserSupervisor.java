package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spawns the actors of users: one for all connections of an account. Guests live in the actors of their connections. */
public final class UserSupervisor extends AbstractBehavior<UserSupervisor.Command> {
    public sealed interface Command permits UserActor.Attach, LogIn, LogOut, Gone, Ended {}

    /**
     * The user is about to be that of an account. Answered by {@link LoggedIn}.
     *
     * @param former the account that they had before; empty: none
     * @param user empty: a guest, who lives in the actor of the connection
     */
    record LogIn(
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
    record LoggedIn(long number, ActorRef<UserActor.Command> user, boolean fresh) {}

    /** The user no longer has an account. No answer. */
    record LogOut(String account, ActorRef<UserActor.Command> user) implements Command {}

    /** The user has left; connections that come later are those of a new actor. Answered by {@link UserActor.Stop}. */
    record Gone(String account, ActorRef<UserActor.Command> user) implements Command {}

    private record Ended(String account, ActorRef<UserActor.Command> user) implements Command {}

    private final UserServices services;
    private final Map<String, ActorRef<UserActor.Command>> byAccount = new HashMap<>();
    private int spawned;

    public static Behavior<Command> create(UserServices services) {
        return Behaviors.setup(context -> new UserSupervisor(context, services));
    }

    private UserSupervisor(ActorContext<Command> context, UserServices services) {
        super(context);
        this.services = services;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(UserActor.Attach.class, this::onAttach)
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
                        UserActor.create(services, getContext().getSelf()), DispatcherSelector.fromConfig(dispatcher));
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
        return this;
    }

    private Behavior<Command> onEnded(Ended ended) {
        byAccount.remove(ended.account, ended.user);
        return this;
    }
}
