package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.user.UserActor.Adopt;
import io.teahouse.user.UserActor.Attach;
import io.teahouse.user.UserActor.LogIn;
import io.teahouse.user.UserActor.LogOut;
import io.teahouse.user.UserActor.Newcomer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Logs one user in to an account and out of it: the user becomes that of the account, or the connection that of the user whom
 * the account has. Belongs to a {@link UserActor}; without state, and made for each request.
 */
final class AccountHandler {
    private final UserState user;

    /** Empty: a guest, who lives in the actor of their only connection. */
    private final Optional<UserAbsence> absence;

    private final ConnectionHandler connections;

    AccountHandler(UserState user, Optional<UserAbsence> absence, ConnectionHandler connections) {
        this.user = user;
        this.absence = absence;
        this.connections = connections;
    }

    void onLogIn(LogIn login) {
        String account = login.newcomer().profile().account();
        String former = user.snapshot().profile().account();
        if (account.equals(former)) {
            user.done(login.newcomer().connection(), login.number()).run();
        } else if (!former.isEmpty() && user.connections().size() > 1) {
            moveTo(user.supervisor()::tell, login);
        } else {
            long number = user.replies().nextNumber();
            user.replies().expect(number, UserSupervisor.LoggedIn.class, answer -> loggedIn(login, answer));
            Optional<ActorRef<UserActor.Command>> actor = absence.map(any -> user.self());
            user.supervisor()
                    .tell(new UserSupervisor.LogIn(
                            number,
                            account,
                            former,
                            actor,
                            user.context().getSelf().narrow()));
        }
    }

    private void loggedIn(LogIn login, UserSupervisor.LoggedIn answer) {
        if (!answer.fresh()) {
            moveTo(answer.user()::tell, login);
        } else if (absence.isEmpty()) {
            askToAdopt(login, answer.user());
        } else {
            becomeUserOf(login.newcomer(), login.number());
        }
    }

    /** The guest goes on until the connection is told that they are adopted. */
    private void askToAdopt(LogIn login, ActorRef<UserActor.Command> by) {
        long refusal = user.replies().nextNumber();
        user.replies().expect(refusal, UserSupervisor.LoggedIn.class, refused -> moveTo(refused.user()::tell, login));
        by.tell(new Adopt(
                login.number(),
                login.newcomer(),
                user.snapshot(),
                user.rooms().missed(),
                refusal,
                user.context().getSelf().narrow()));
    }

    private void becomeUserOf(Newcomer newcomer, long number) {
        String account = newcomer.profile().account();
        user.freeNick(newcomer.nick()); // others must not use the account's name
        if (!user.snapshot().profile().account().isEmpty()) {
            user.demote("you have logged in to another account");
        }
        Runnable done = user.done(newcomer.connection(), number);
        user.changeProfile(user.snapshot().profile().withAccount(account), newcomer.connection(), done);
        user.claimForAccount();
        absence.ifPresent(mine -> mine.account(account));
    }

    /** The connection becomes another user's. */
    private void moveTo(Consumer<Attach> other, LogIn login) {
        user.connections().find(login.newcomer().connection()).ifPresent(each -> {
            each.tell(new UserEvent.Detached());
            user.rooms().unsubscribe(each.subscriber()); // it is not shown that the user leaves
            connections.detach(each, Departure.QUIT, loggedInTo(login.newcomer()), false, Instant.now());
            other.accept(new Attach(login.number(), login.newcomer()));
        });
    }

    private static String loggedInTo(Newcomer newcomer) {
        return "logged in to " + newcomer.profile().account();
    }

    void onAdopt(Adopt adopt) {
        Newcomer newcomer = adopt.newcomer();
        if (absence.isEmpty() || !connections.isUnused()) { // another connection has logged in at the same time
            adopt.replyTo().tell(new UserSupervisor.LoggedIn(adopt.refusal(), user.self(), false));
        } else if (user.adopt(adopt.guest().id())) { // else the connection has just ended
            connections.adopt(newcomer);
            user.tell(newcomer.connection(), new UserEvent.Adopted(user.self(), adopt.refusal()));
            absence.get().hold(adopt.rooms(), () -> becomeUserOf(newcomer, adopt.number()));
        }
    }

    void onLogOut(LogOut logout) {
        absence.ifPresent(mine -> mine.account(""));
        user.demote("you have logged out");
        user.supervisor()
                .tell(new UserSupervisor.LogOut(user.snapshot().profile().account(), user.self()));
        user.changeProfile(
                user.snapshot().profile().withAccount(""),
                logout.connection(),
                user.done(logout.connection(), logout.number()));
    }
}
