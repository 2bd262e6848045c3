package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.support.IdGenerator;
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
            UserState.done(login.newcomer().connection(), login.number()).run();
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
            user.gone();
            answer.user()
                    .tell(new Adopt(
                            login.number(),
                            login.newcomer(),
                            user.snapshot().id(),
                            user.rooms().missed()));
        } else {
            becomeUserOf(login.newcomer(), login.number());
        }
    }

    private void becomeUserOf(Newcomer newcomer, long number) {
        String account = newcomer.profile().account();
        user.freeNick(newcomer.nick()); // others must not use the account's name
        Runnable done = UserState.done(newcomer.connection(), number);
        user.changeProfile(user.snapshot().profile().withAccount(account), newcomer.connection(), done);
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
        if (!connections.isUnused()) { // another connection has logged in at the same time
            leaveAsGuest(adopt);
            connections.onAttach(new Attach(adopt.number(), newcomer));
        } else if (user.adopt(adopt.guest())) { // else the connection has just ended
            connections.adopt(newcomer);
            newcomer.connection().tell(new UserEvent.Adopted(user.self()));
            user.rooms().adopt(adopt.rooms(), user.online().identity());
            becomeUserOf(newcomer, adopt.number());
        }
    }

    /** A guest has become a user who is there already. */
    private void leaveAsGuest(Adopt adopt) {
        adopt.newcomer().connection().tell(new UserEvent.Detached());
        long cause = IdGenerator.process().next();
        for (UserRoom room : adopt.rooms()) {
            room.ref()
                    .tell(new RoomActor.Unsubscribe(
                            adopt.newcomer().subscriber())); // it is not shown that the guest leaves
            room.ref().tell(new RoomActor.Leave(adopt.guest(), Departure.QUIT, loggedInTo(adopt.newcomer()), cause));
        }
        user.services().users().online(adopt.guest()).ifPresent(OnlineUser::leave);
    }

    void onLogOut(LogOut logout) {
        absence.ifPresent(mine -> mine.account(""));
        user.supervisor()
                .tell(new UserSupervisor.LogOut(user.snapshot().profile().account(), user.self()));
        user.changeProfile(
                user.snapshot().profile().withAccount(""),
                logout.connection(),
                UserState.done(logout.connection(), logout.number()));
    }
}
