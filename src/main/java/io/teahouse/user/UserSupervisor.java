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

/** Spawns the actor of each user: one for a guest, and one for all connections of an account. */
public final class UserSupervisor extends AbstractBehavior<UserSupervisor.Command> {
    public sealed interface Command permits UserActor.Attach, LogIn, LogOut, Gone, Ended {}

    /**
     * The user is about to be that of an account. Answered by {@link LoggedIn}.
     *
     * @param former the account that they had before; empty: none
     */
    record LogIn(
            long number, String account, String former, ActorRef<UserActor.Command> user, ActorRef<LoggedIn> replyTo)
            implements Command {}

    /**
     * Whose account it is now.
     *
     * @param other another user has the account already; empty: the one who asked has it
     */
    record LoggedIn(long number, Optional<ActorRef<UserActor.Command>> other) {}

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
        String account = attach.newcomer().profile().account();
        if (account.isEmpty()) {
            spawn().tell(attach);
        } else {
            byAccount
                    .computeIfAbsent(account, any -> {
                        ActorRef<UserActor.Command> user = spawn();
                        getContext().watchWith(user, new Ended(account, user));
                        return user;
                    })
                    .tell(attach);
        }
        return this;
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
        ActorRef<UserActor.Command> other = byAccount.putIfAbsent(login.account, login.user);
        if (other == null) {
            if (byAccount.remove(login.former, login.user)) {
                getContext().unwatch(login.user);
            }
            getContext().watchWith(login.user, new Ended(login.account, login.user));
        }
        login.replyTo.tell(
                new LoggedIn(login.number, Optional.ofNullable(other).filter(found -> !found.equals(login.user))));
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
