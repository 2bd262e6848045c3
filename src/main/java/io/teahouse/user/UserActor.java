package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ExtensibleBehavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.Terminated;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One user: the only owner of their nick, profile, modes, metadata, rooms and connections. A guest has one connection; the
 * user of an account has any number, or none while they are away. Rooms watch it: when it ends, the user leaves them.
 *
 * <p>It is not on the path of messages. Connections join rooms and talk there directly; rooms tell this actor where the
 * user is, and this actor has its other connections subscribe.
 */
public final class UserActor extends ExtensibleBehavior<Object> {
    public sealed interface Command
            permits Active,
                    Asking,
                    Demote,
                    Detach,
                    DisconnectOthers,
                    EndConnection,
                    Hold,
                    Internal,
                    NotPlaced,
                    NotifyOthers,
                    RevokeToken,
                    RoomEnded,
                    Seen,
                    UserMessage {}

    /** A command that is answered to the connection, with its number. */
    public sealed interface Asking extends Command {
        long number();

        ActorRef<UserEvent> connection();
    }

    /** Commands that do not leave the node. */
    public sealed interface Internal extends Command {}

    /**
     * A connection that is to be attached.
     *
     * @param nick has been claimed under {@code claimant}, unless the account has a user already
     * @param ownsNick whether it is the name of the account
     * @param claimant see {@link NickRegistry.Claim#user}
     * @param profile with account and address
     * @param door the name of the door by which the connection came, to be shown to people
     * @param connection receives the events of the user
     * @param subscriber receives the events of their rooms
     */
    public record Newcomer(
            Nick nick,
            boolean ownsNick,
            UserId claimant,
            Profile profile,
            String door,
            boolean secure,
            ActorRef<UserEvent> connection,
            ActorRef<RoomEvent> subscriber) {}

    /** Attach a connection. Answered by {@link UserEvent.Attached} or {@link UserEvent.AttachRefused}. */
    public record Attach(long number, Newcomer newcomer) implements Asking, UserSupervisor.Command {
        @Override
        public ActorRef<UserEvent> connection() {
            return newcomer.connection();
        }
    }

    /**
     * The connection has ended. No answer.
     *
     * @param mayStay whether the user may stay in their rooms without a connection
     * @param seen up to which seq it was shown the events of its rooms
     * @param at when it ended: it was shown nothing after that
     */
    public record Detach(
            ActorRef<UserEvent> connection,
            Departure how,
            String text,
            boolean mayStay,
            List<UserRoom> seen,
            Instant at)
            implements Command {}

    /**
     * Take another nick. Answered by {@link UserEvent.Named} or {@link UserEvent.NickRefused}, then {@link
     * UserEvent.Done}.
     *
     * @param mine it belongs to the user's account, see {@link NickRegistry.Claim}
     */
    public record Rename(long number, ActorRef<UserEvent> connection, Nick to, boolean mine) implements Asking {}

    /**
     * The user is away from that connection, or back. They are away when all connections are. Answered by {@link
     * UserEvent.Done}.
     *
     * @param text why; empty: back
     */
    public record SetAway(long number, ActorRef<UserEvent> connection, String text) implements Asking {}

    /** Answered by {@link UserEvent.Done}. */
    public record SetRealName(long number, ActorRef<UserEvent> connection, String name) implements Asking {}

    /** Answered by {@link UserEvent.Done}. */
    public record SetMode(long number, ActorRef<UserEvent> connection, UserMode mode, boolean set) implements Asking {}

    /** The user is no operator of the server any more. No answer. */
    public record Demote(String why) implements Command {}

    /** {@code changes} as in {@link RoomEvent.MetadataChanged#changes}. Answered by {@link UserEvent.Done}. */
    public record ChangeMetadata(long number, ActorRef<UserEvent> connection, Map<String, String> changes)
            implements Asking {}

    /**
     * A connection has logged in to an account: the user becomes that of the account, or the connection that of the user
     * whom the account has. Answered by {@link UserEvent.Done}, or as {@link Attach}.
     *
     * @param newcomer with the new account
     */
    public record LogIn(long number, Newcomer newcomer) implements Asking {
        @Override
        public ActorRef<UserEvent> connection() {
            return newcomer.connection();
        }
    }

    /**
     * A guest has logged in: go on from where they are. Answered by {@link UserEvent.Adopted} and {@link UserEvent.Done}.
     *
     * @param newcomer their connection, with the account
     * @param guest who they are until then
     * @param refusal the number of the refusal, sent to {@code replyTo}: the account has another user, who is named there
     */
    public record Adopt(
            long number,
            Newcomer newcomer,
            UserSnapshot guest,
            List<UserRoom> rooms,
            long refusal,
            ActorRef<UserSupervisor.LoggedIn> replyTo)
            implements Asking {
        @Override
        public ActorRef<UserEvent> connection() {
            return newcomer.connection();
        }
    }

    /** A connection that the user had in another actor. */
    public record Returning(Newcomer newcomer, ConnectionInfo info, String away) {}

    /**
     * The user had another actor, which has ended without a word: go on from where they were. If the user is here already,
     * only connections are added. Nobody is told. No answer.
     *
     * @param patience how long a user without connections is expected back
     */
    public record Resume(UserSnapshot user, List<Returning> connections, Duration patience) implements Internal {}

    /** A connection of the user has joined a room, which does not know this actor yet. No answer. */
    public record Hold(UserRoom room) implements Command {}

    /**
     * The node of a connection has ended. No answer.
     *
     * @param patience how long a user whose last connection it was is expected back
     */
    public record LoseConnection(ActorRef<UserEvent> connection, Duration patience) implements Internal {}

    /** The user, who has one connection, becomes a guest. Answered by {@link UserEvent.Done}. */
    public record LogOut(long number, ActorRef<UserEvent> connection) implements Asking {}

    /** The user has just said something. No answer. */
    public record Active(ActorRef<UserEvent> connection) implements Command {}

    /** Tell the user's other connections. No answer. */
    public record NotifyOthers(ActorRef<UserEvent> connection, Notification what) implements Command {}

    /** End the connection with that {@link ConnectionInfo#id}, if it is still there. No answer. */
    public record EndConnection(long id, String reason) implements Command {}

    /** End the user's other connections. No answer. */
    public record DisconnectOthers(ActorRef<UserEvent> connection, String reason) implements Command {}

    /**
     * End the user's other connections that have logged in by a token. No answer.
     *
     * @param token its {@link io.teahouse.account.LoginToken#id}
     */
    public record RevokeToken(ActorRef<UserEvent> connection, String token, String reason) implements Command {}

    /**
     * The account chooses whether its user is always-on. Answered by {@link UserEvent.Chosen}.
     *
     * @param choice empty: only asks
     */
    public record ChooseAlwaysOn(long number, ActorRef<UserEvent> connection, Optional<Boolean> choice)
            implements Asking {}

    /** Up to which seq a connection was shown the events of its rooms. Answers {@link UserEvent.ReportSeen}. */
    public record Seen(List<UserRoom> rooms) implements Command {}

    /** A room has ended; the connections rejoin it. No answer. */
    public record RoomEnded(ActorRef<RoomActor.Command> room) implements Command {}

    /** A room that had failed refuses to let the user rejoin. No answer. */
    public record NotPlaced(RoomName room) implements Command {}

    /** The server has restarted: the user was always-on. Answered by {@link UserSupervisor.Settled}. */
    public record Restore(AlwaysOnUsers.Stored user) implements Internal {}

    /** Everything about the user is to be saved. Answered by {@link UserSupervisor.Saved}. */
    public record Flush() implements Internal {}

    /** Stops the actor of a user who has left: nobody sends it anything any more. */
    public record Stop() implements Internal {}

    private final UserState user;

    /** Empty: a guest, who lives in the actor of their connection and ends with it. */
    private final Optional<UserAbsence> absence;

    private final ConnectionHandler connections;

    /** A user apart from their connections. Takes commands, and the events and answers of rooms and registry. */
    public static Behavior<Object> create(
            UserServices services, ActorRef<UserSupervisor.Command> supervisor, UserDelivery delivery) {
        return Behaviors.setup(context -> {
            UserState user = new UserState(context, services, supervisor, new PendingReplies(), delivery);
            return new UserActor(user, Optional.of(new UserAbsence(user)));
        });
    }

    /**
     * Creates a guest who lives in the actor of the connection and ends with it, because one more actor for each guest would
     * cost memory. The connection passes on each message for which {@link #isFor} is true, and the answers to questions whose
     * numbers are from {@code replies}.
     */
    public static UserActor forGuest(
            ActorContext<Object> connection,
            UserServices services,
            ActorRef<UserSupervisor.Command> supervisor,
            PendingReplies replies) {
        return new UserActor(
                new UserState(connection, services, supervisor, replies, UserDelivery.DIRECT), Optional.empty());
    }

    /** Whether the actor of a connection passes that message on to the guest who lives in it. */
    public static boolean isFor(Object message) {
        return message instanceof Command
                || message instanceof MemberEvent
                || message instanceof UserSupervisor.LoggedIn
                || message instanceof UserRooms.Continue;
    }

    private UserActor(UserState user, Optional<UserAbsence> absence) {
        this.user = user;
        this.absence = absence;
        this.connections = new ConnectionHandler(user, absence);
    }

    @Override
    public Behavior<Object> receive(TypedActorContext<Object> ctx, Object message) {
        if (message instanceof Stop) {
            return Behaviors.stopped();
        }
        on(message);
        return this;
    }

    /** Handles a message to the user. */
    public void on(Object message) {
        if (!user.isGone()) {
            onMessage(message);
            connections.settle();
        } else if (message instanceof Attach attach) { // it comes too late, and is for the account's next user
            user.supervisor().tell(attach);
        }
    }

    private void onMessage(Object message) {
        if (message instanceof Command command) {
            onCommand(command);
        } else if (message instanceof MemberEvent.Placed placed) {
            user.placed(placed, absence.flatMap(mine -> mine.placed(placed)));
            absence.ifPresent(UserAbsence::afterPlaced);
        } else if (message instanceof MemberEvent.Removed removed) {
            user.removed(removed);
        } else if (message instanceof RoomReply reply) {
            user.replies().answered(reply.number(), reply);
        } else if (message instanceof NickRegistry.Claimed claimed) {
            user.replies().answered(claimed.number(), claimed);
        } else if (message instanceof NickRegistry.Lost lost) {
            user.loseNick(lost);
        } else if (message instanceof UserSupervisor.LoggedIn owned) {
            user.replies().answered(owned.number(), owned);
        } else if (message instanceof RoomDirectory.Location location) {
            user.replies().answered(location.number(), location);
        } else if (message instanceof UserSupervisor.RestoreEnded ended) {
            absence.ifPresent(mine -> mine.restoreEnded(ended));
        } else if (message instanceof UserRooms.Continue next) {
            next.step().run();
        }
    }

    private void onCommand(Command command) {
        if (command instanceof Attach attach) {
            connections.onAttach(attach);
        } else if (command instanceof Detach detach) {
            connections.onDetach(detach);
        } else if (command instanceof Restore restore) {
            connections.onRestore(restore);
        } else if (command instanceof Disconnect disconnect) {
            connections.onDisconnect(disconnect);
        } else if (command instanceof AccountRenamed renamed) {
            connections.onAccountRenamed(renamed);
        } else if (command instanceof LogIn login) {
            accounts().onLogIn(login);
        } else if (command instanceof Adopt adopt) {
            accounts().onAdopt(adopt);
        } else if (command instanceof LogOut logout) {
            accounts().onLogOut(logout);
        } else if (command instanceof Resume resume) {
            connections.onResume(resume);
        } else if (command instanceof LoseConnection lose) {
            connections.onLose(lose);
        } else if (command instanceof Hold hold) {
            absence.ifPresent(mine -> mine.hold(hold.room));
        } else if (command instanceof RoomEnded ended) {
            user.rooms().ended(ended.room);
        } else if (command instanceof NotPlaced not) {
            user.notPlaced(not.room);
        } else if (command instanceof Seen seen) {
            user.rooms().seen(seen.rooms);
        } else if (command instanceof ChooseAlwaysOn choose) {
            absence.ifPresent(mine -> mine.choose(
                    choose.choice, answer -> user.tell(choose.connection, UserEvent.Chosen.of(choose.number, answer))));
        } else if (command instanceof Flush) {
            absence.ifPresent(
                    mine -> mine.whenSaved(() -> user.supervisor().tell(new UserSupervisor.Saved(user.self()))));
        } else {
            onChange(command);
        }
    }

    private void onChange(Command command) {
        if (command instanceof Rename rename) {
            user.rename(rename);
        } else if (command instanceof SetAway set) {
            user.setAway(set);
        } else if (command instanceof SetRealName set) {
            user.setRealName(set);
        } else if (command instanceof SetMode set) {
            user.setMode(set);
        } else if (command instanceof Demote demote) {
            user.demote(demote.why);
        } else if (command instanceof ChangeMetadata change) {
            user.changeMetadata(change);
        } else if (command instanceof Active active) {
            user.active(active.connection);
        } else if (command instanceof NotifyOthers notify) {
            user.connections().tellOthers(notify.connection, notify.what);
        } else if (command instanceof DisconnectOthers disconnect) {
            user.end(user.connections().others(disconnect.connection), disconnect.reason);
        } else if (command instanceof RevokeToken revoke) {
            user.connections().tellOthers(revoke.connection, new UserEvent.TokenRevoked(revoke.token, revoke.reason));
        } else if (command instanceof EndConnection end) {
            user.end(user.connections().withId(end.id), end.reason);
        } else if (command instanceof Notification notification) {
            user.connections().tell(notification);
        }
    }

    private AccountHandler accounts() {
        return new AccountHandler(user, absence, connections);
    }

    @Override
    public Behavior<Object> receiveSignal(TypedActorContext<Object> ctx, Signal signal) {
        if (signal instanceof Terminated ended && !user.isGone()) {
            user.connections()
                    .find(ended.getRef())
                    .ifPresentOrElse(
                            each -> connections.detach(each, Departure.LOST, "the server failed", false, Instant.now()),
                            () -> absence.ifPresent(mine -> mine.roomEnded(ended.getRef())));
            connections.settle();
        } else if (signal instanceof PostStop && user.isOnline() && !user.isGone()) { // it has failed, or was moved
            if (!user.outlivesActor()) {
                user.online().leave();
            }
            absence.ifPresent(UserAbsence::end);
        }
        return this;
    }
}
