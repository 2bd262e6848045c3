package io.teahouse.user;

import akka.actor.Cancellable;
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
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import io.teahouse.room.support.IdGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
                    Adopt,
                    Attach,
                    ChangeMetadata,
                    ChooseAlwaysOn,
                    Detach,
                    DisconnectOthers,
                    EndConnection,
                    Flush,
                    LogIn,
                    LogOut,
                    NotPlaced,
                    NotifyOthers,
                    Rename,
                    Restore,
                    RoomEnded,
                    Seen,
                    SetAway,
                    SetMode,
                    SetRealName,
                    Stop,
                    UserMessage {}

    /**
     * A connection that has said who it is.
     *
     * @param nick has been claimed under {@code claimant}, unless the account has a user already
     * @param ownsNick whether it is the name of the account
     * @param claimant see {@link NickRegistry.Claim#user}
     * @param profile with account and address
     * @param door the name of the door by which the connection came, for lines that people read
     * @param connection is told what happens to the user
     * @param subscriber is told what happens in their rooms
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
    public record Attach(long number, Newcomer newcomer) implements Command, UserSupervisor.Command {}

    /**
     * The connection has ended. No answer.
     *
     * @param mayStay whether the user may stay in their rooms without a connection
     * @param seen up to where it was shown what happened in its rooms
     */
    public record Detach(
            ActorRef<UserEvent> connection, Departure how, String text, boolean mayStay, List<UserRoom> seen)
            implements Command {}

    /**
     * Take another nick. Answered by {@link UserEvent.Named} or {@link UserEvent.NickRefused}, then {@link
     * UserEvent.Done}.
     *
     * @param mine it belongs to the user's account, see {@link NickRegistry.Claim}
     */
    public record Rename(long number, ActorRef<UserEvent> connection, Nick to, boolean mine) implements Command {}

    /**
     * The user is away from that connection, or back. They are away when all connections are. Answered by {@link
     * UserEvent.Done}.
     *
     * @param text why; empty: back
     */
    public record SetAway(long number, ActorRef<UserEvent> connection, String text) implements Command {}

    /** Answered by {@link UserEvent.Done}. */
    public record SetRealName(long number, ActorRef<UserEvent> connection, String name) implements Command {}

    /** Answered by {@link UserEvent.Done}. */
    public record SetMode(long number, ActorRef<UserEvent> connection, UserMode mode, boolean set) implements Command {}

    /** {@code changes} as in {@link RoomEvent.MetadataChanged#changes}. Answered by {@link UserEvent.Done}. */
    public record ChangeMetadata(long number, ActorRef<UserEvent> connection, Map<String, String> changes)
            implements Command {}

    /**
     * A connection has logged in to an account: the user becomes that of the account, or the connection that of the user
     * whom the account has. Answered by {@link UserEvent.Done}, or as {@link Attach}.
     *
     * @param newcomer with the new account
     */
    public record LogIn(long number, Newcomer newcomer) implements Command {}

    /**
     * A guest has logged in: go on from where they are. Answered by {@link UserEvent.Adopted} and {@link UserEvent.Done}.
     *
     * @param newcomer their connection, with the account
     * @param guest who they are until then
     */
    record Adopt(long number, Newcomer newcomer, UserId guest, List<UserRoom> rooms) implements Command {}

    /** The user, who has one connection, becomes a guest. Answered by {@link UserEvent.Done}. */
    public record LogOut(long number, ActorRef<UserEvent> connection) implements Command {}

    /** The user has just said something. No answer. */
    public record Active(ActorRef<UserEvent> connection) implements Command {}

    /** Tell the user's other connections. No answer. */
    public record NotifyOthers(ActorRef<UserEvent> connection, Notification what) implements Command {}

    /** End the connection with that {@link ConnectionInfo#id}, if it is still there. No answer. */
    public record EndConnection(String id, String reason) implements Command {}

    /** End the user's other connections. No answer. */
    public record DisconnectOthers(ActorRef<UserEvent> connection, String reason) implements Command {}

    /**
     * The account chooses whether its user is always-on. Answered by {@link UserEvent.Chosen}.
     *
     * @param choice empty: only asks
     */
    public record ChooseAlwaysOn(long number, ActorRef<UserEvent> connection, Optional<Boolean> choice)
            implements Command {}

    /** A connection has been shown what happened in its rooms up to there; answers {@link UserEvent.ReportSeen}. */
    public record Seen(List<UserRoom> rooms) implements Command {}

    /** A room has ended, and the connections join it again. No answer. */
    public record RoomEnded(ActorRef<RoomActor.Command> room) implements Command {}

    /** A room that had failed does not let the user in again. No answer. */
    public record NotPlaced(RoomName room) implements Command {}

    /** The server has restarted: the user was always-on. Answered by {@link UserSupervisor.Settled}. */
    record Restore(AlwaysOnUsers.Stored user) implements Command {}

    /** Everything about the user is to be saved. Answered by {@link UserSupervisor.Saved}. */
    record Flush() implements Command {}

    /** Nothing more will come: the user has left. */
    record Stop() implements Command {}

    /** One connection. */
    private static final class Connection {
        final ActorRef<UserEvent> ref;
        final ActorRef<RoomEvent> subscriber;
        ConnectionInfo info;

        /** Empty: the user is here. */
        String away = "";

        Connection(Newcomer newcomer, ConnectionInfo info) {
            this.ref = newcomer.connection();
            this.subscriber = newcomer.subscriber();
            this.info = info;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(UserActor.class);

    /** The away message of a user who is expected back soon. */
    private static final String LOST = "connection lost";

    /** The away message of an always-on user without connections. */
    private static final String OFFLINE = "not connected";

    /** What others see as the host of a user who has not been connected since the server was restarted. */
    private static final String NO_HOST = "always-on";

    /** How often an always-on user's connections report what they were shown. */
    private static final Duration REPORTS = Duration.ofSeconds(5);

    /** Longer delays are divided: the scheduler refuses those of many months. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    /**
     * The user has no connection.
     *
     * @param since when they had the last one
     */
    private record Absent(OnlineUsers.Absence how, Instant since) {}

    private final ActorContext<Object> context;
    private final UserServices services;
    private final ActorRef<UserSupervisor.Command> supervisor;
    private final PendingReplies replies;

    /** The user is a guest, and this runs in the actor of their connection. */
    private final boolean beside;

    private final UserRooms rooms;
    private UserId claimant = UserId.UNKNOWN;

    /** Not before the nick is certain. */
    private @Nullable OnlineUser online;

    private List<Connection> connections = List.of();
    private int attached;

    /** Connections that came before the nick was certain. */
    private List<Attach> early = List.of();

    /** Not for a guest beside a connection. */
    private final Optional<AlwaysOnUser> alwaysOn;

    /** Not for a guest beside a connection, who always has one that joins again. */
    private final Optional<RoomRejoiner> rejoiner;

    /** The user of before the restart is not in the directory yet. */
    private boolean restoring;

    private Optional<Absent> absent = Optional.empty();
    private Optional<Cancellable> absenceTimer = Optional.empty();
    private Optional<Cancellable> reportTimer = Optional.empty();

    /** What happens after the last connection has ended, as soon as it is known whether the user is always-on. */
    private Optional<Runnable> undecided = Optional.empty();

    /** An operator of the server has ended the user, who must not stay. */
    private boolean killed;

    /** The user has left; connections that still come are those of another actor. */
    private boolean gone;

    static Behavior<Command> create(UserServices services, ActorRef<UserSupervisor.Command> supervisor) {
        return Behaviors.<Object>setup(
                        context -> new UserActor(context, services, supervisor, new PendingReplies(), false))
                .narrow();
    }

    /**
     * A guest, who lives in the actor of the connection and ends with it: an actor more for each would cost memory. The
     * connection hands over each message that {@link #isFor} tells, and answers to the numbers of {@code replies}.
     */
    public static UserActor beside(
            ActorContext<Object> connection,
            UserServices services,
            ActorRef<UserSupervisor.Command> supervisor,
            PendingReplies replies) {
        return new UserActor(connection, services, supervisor, replies, true);
    }

    /** Whether the actor of a connection is told that for the guest who lives in it. */
    public static boolean isFor(Object message) {
        return message instanceof Command
                || message instanceof MemberEvent
                || message instanceof UserSupervisor.LoggedIn
                || message instanceof UserRooms.Continue;
    }

    private UserActor(
            ActorContext<Object> context,
            UserServices services,
            ActorRef<UserSupervisor.Command> supervisor,
            PendingReplies replies,
            boolean beside) {
        this.context = context;
        this.services = services;
        this.supervisor = supervisor;
        this.replies = replies;
        this.beside = beside;
        this.rooms = new UserRooms(context, replies, services.settings().answerTimeout());
        this.alwaysOn = beside
                ? Optional.empty()
                : Optional.of(new AlwaysOnUser(
                        context,
                        services.alwaysOn(),
                        services.settings().alwaysOn(),
                        supervisor,
                        this::stored,
                        this::onAlwaysOn));
        this.rejoiner = beside
                ? Optional.empty()
                : Optional.of(new RoomRejoiner(
                        context,
                        replies,
                        services.rooms(),
                        () -> online().identity(),
                        () -> connections.isEmpty(),
                        this::onNotPlaced,
                        this::settled));
    }

    /** A user as rooms get to know them. */
    static RoomActor.Identity identity(UserSnapshot user, Profile profile, ActorRef<Command> owner) {
        ActorRef<MemberEvent> observer = owner.<Object>unsafeUpcast().narrow();
        return new RoomActor.Identity(
                user.id(), user.nick(), profile, user.is(UserMode.OPERATOR), owner, Optional.of(observer));
    }

    /**
     * The user as a connection of theirs introduces them to rooms.
     *
     * @param profile with the address of the connection
     */
    public static RoomActor.Identity identity(UserSnapshot user, Nick nick, Profile profile, ActorRef<Command> owner) {
        return identity(user.withNick(nick), profile, owner);
    }

    private UserSnapshot user() {
        return online().snapshot();
    }

    private void publish(UserSnapshot next, long cause) {
        online().publish(next, cause);
        alwaysOn.ifPresent(AlwaysOnUser::changed);
    }

    private OnlineUser online() {
        return Objects.requireNonNull(online);
    }

    private ActorRef<Command> self() {
        return context.getSelf().narrow();
    }

    // Messages

    @Override
    public Behavior<Object> receive(TypedActorContext<Object> ctx, Object message) {
        if (message instanceof Stop) {
            return Behaviors.stopped();
        }
        on(message);
        return this;
    }

    /** Something is told to the user. */
    public void on(Object message) {
        if (gone) {
            sendElsewhere(message);
        } else if (message instanceof Command command) {
            onCommand(command);
        } else if (message instanceof MemberEvent event) {
            onMemberEvent(event);
        } else if (message instanceof RoomReply reply) {
            replies.answered(reply.number(), reply);
        } else if (message instanceof NickRegistry.Claimed claimed) {
            replies.answered(claimed.number(), claimed);
        } else if (message instanceof NickRegistry.Lost lost) {
            onLost(lost);
        } else if (message instanceof UserSupervisor.LoggedIn owned) {
            replies.answered(owned.number(), owned);
        } else if (message instanceof RoomDirectory.Location location) {
            replies.answered(location.number(), location);
        } else if (message instanceof UserSupervisor.RestoreEnded ended) {
            alwaysOn.ifPresent(mine -> mine.restoreEnded(ended.complete()));
        } else if (message instanceof UserRooms.Continue next) {
            next.step().run();
        }
    }

    /** Connections that come too late are those of the account's next user. */
    private void sendElsewhere(Object message) {
        if (message instanceof Attach attach) {
            supervisor.tell(attach);
        }
    }

    @Override
    public Behavior<Object> receiveSignal(TypedActorContext<Object> ctx, Signal signal) {
        if (signal instanceof Terminated ended) {
            onTerminated(ended.getRef());
        } else if (signal instanceof PostStop && online != null && !gone) {
            online().leave(); // it has failed
            endAbsence();
        }
        return this;
    }

    private void onTerminated(ActorRef<Void> ended) {
        Optional<Connection> connection = find(ended);
        if (connection.isPresent()) {
            detach(connection.get(), Departure.LOST, "the server failed", false);
        } else if (rejoiner.filter(mine -> mine.ended(ended)).isEmpty() && connections.isEmpty()) {
            rooms.ended(ended).ifPresent(this::rejoin);
        }
    }

    private void onCommand(Command command) {
        if (command instanceof Attach attach) {
            onAttach(attach);
        } else if (command instanceof Adopt adopt) {
            onAdopt(adopt);
        } else if (command instanceof Detach detach) {
            onDetach(detach);
        } else if (command instanceof Rename rename) {
            onRename(rename);
        } else if (command instanceof SetAway set) {
            onSetAway(set);
        } else if (command instanceof SetRealName set) {
            changeProfile(user().profile().withRealName(set.name), set.connection, done(set.connection, set.number));
        } else if (command instanceof SetMode set) {
            onSetMode(set);
        } else if (command instanceof ChangeMetadata change) {
            onChangeMetadata(change);
        } else if (command instanceof LogIn login) {
            onLogIn(login);
        } else if (command instanceof LogOut logout) {
            onLogOut(logout);
        } else if (command instanceof Active active) {
            onActive(active);
        } else if (command instanceof NotifyOthers notify) {
            others(notify.connection).forEach(each -> each.ref.tell(notify.what));
        } else if (command instanceof EndConnection end) {
            connections.stream()
                    .filter(each -> each.info.id().equals(end.id))
                    .forEach(each -> each.ref.tell(new Disconnect(end.reason)));
        } else if (command instanceof DisconnectOthers disconnect) {
            others(disconnect.connection).forEach(each -> each.ref.tell(new Disconnect(disconnect.reason)));
        } else if (command instanceof ChooseAlwaysOn choose) {
            alwaysOn.ifPresent(mine -> mine.choose(
                    choose.choice, answer -> choose.connection.tell(new UserEvent.Chosen(choose.number, answer))));
        } else if (command instanceof Seen seen) {
            onSeen(seen);
        } else if (command instanceof Restore restore) {
            onRestore(restore.user);
        } else if (command instanceof Flush) {
            alwaysOn.ifPresent(mine -> mine.whenSaved(() -> supervisor.tell(new UserSupervisor.Saved(self()))));
        } else if (command instanceof RoomEnded ended) {
            rooms.ended(ended.room);
        } else if (command instanceof NotPlaced not) {
            onNotPlaced(not.room);
        } else if (command instanceof Notification notification) {
            connections.forEach(each -> each.ref.tell(notification));
        } else if (command instanceof Disconnect disconnect) {
            onDisconnect(disconnect);
        }
    }

    private Stream<Connection> others(ActorRef<UserEvent> connection) {
        return connections.stream().filter(each -> !each.ref.equals(connection));
    }

    private static Runnable done(ActorRef<UserEvent> connection, long number) {
        return () -> connection.tell(new UserEvent.Done(number));
    }

    // Connections

    private void onAttach(Attach attach) {
        if (online != null) {
            attach(attach);
            return;
        }
        boolean first = early.isEmpty() && !restoring;
        early = Stream.concat(early.stream(), Stream.of(attach)).toList();
        if (first) {
            enter(attach.newcomer);
        }
    }

    private void enter(Newcomer first) {
        claimant = first.claimant;
        claim(first.nick, first.ownsNick, this::entered);
    }

    private void claim(Nick nick, boolean mine, Consumer<NickRegistry.Claimed> then) {
        long number = replies.nextNumber();
        replies.expect(number, NickRegistry.Claimed.class, then);
        services.nicks()
                .tell(new NickRegistry.Claim(
                        number,
                        nick,
                        mine,
                        claimant,
                        context.getSelf().narrow(),
                        context.getSelf().narrow()));
    }

    private void entered(NickRegistry.Claimed claimed) {
        List<Attach> waiting = early;
        early = List.of();
        if (claimed.obstacle().isPresent()) {
            waiting.forEach(each -> refuse(each, claimed.obstacle()));
            end(waiting.get(0).newcomer.profile().account());
            return;
        }
        Newcomer first = waiting.get(0).newcomer;
        ConnectionInfo info = ConnectionInfo.of(first, ++attached);
        online = services.users().enter(UserSnapshot.online(first.nick, first.profile, info), self());
        if (!first.profile.account().isEmpty()) {
            alwaysOn.ifPresent(mine -> mine.begin(first.profile.account()));
        }
        attach(waiting.get(0), info);
        waiting.stream().skip(1).forEach(this::attach);
        rejoiner.ifPresent(RoomRejoiner::start);
    }

    private void refuse(Attach attach, Optional<Nick> obstacle) {
        attach.newcomer
                .connection()
                .tell(new UserEvent.AttachRefused(
                        attach.number, obstacle, services.settings().connections()));
    }

    private void attach(Attach attach) {
        if (connections.size() >= services.settings().connections()) {
            refuse(attach, Optional.empty());
        } else {
            attach(attach, ConnectionInfo.of(attach.newcomer, ++attached));
        }
    }

    private void attach(Attach attach, ConnectionInfo info) {
        Newcomer newcomer = attach.newcomer;
        boolean alone = connections.isEmpty();
        Optional<Instant> absentSince = absent.map(Absent::since);
        boolean returns = absent.isPresent() || undecided.isPresent();
        if (returns) {
            undecided = Optional.empty();
            endAbsence();
            rooms.unwatch();
        }
        Connection connection = new Connection(newcomer, info);
        watch(connection);
        connections(List.copyOf(
                Stream.concat(connections.stream(), Stream.of(connection)).toList()));
        Profile profile = alone
                ? newcomer.profile.withGuest(user().profile().guest()).withAway("")
                : user().profile().withAway("");
        newcomer.connection.tell(new UserEvent.Attached(
                attach.number, self(), user(), info.id(), returns ? rooms.missed() : rooms.current(), absentSince));
        changeProfile(profile, newcomer.connection, () -> {});
        askForReports();
    }

    private void endAbsence() {
        absent.ifPresent(ended -> services.users().absenceEnded(ended.how));
        absent = Optional.empty();
        absenceTimer.ifPresent(Cancellable::cancel);
    }

    /** Who lives beside the connection ends with it. */
    private void watch(Connection connection) {
        if (!beside) {
            context.watch(connection.ref);
        }
    }

    private void connections(List<Connection> to) {
        connections = to;
        publish(user().withConnections(infos()), 0);
        online().subscribers(to.stream().map(each -> each.subscriber).toList());
    }

    private List<ConnectionInfo> infos() {
        return connections.stream().map(each -> each.info).toList();
    }

    private Optional<Connection> find(ActorRef<?> connection) {
        return connections.stream().filter(each -> each.ref.equals(connection)).findFirst();
    }

    private void onDetach(Detach detach) {
        find(detach.connection).ifPresent(each -> {
            rooms.seen(detach.seen);
            detach(each, detach.how, detach.text, detach.mayStay);
        });
    }

    private void detach(Connection connection, Departure how, String text, boolean mayStay) {
        context.unwatch(connection.ref);
        connections(connections.stream().filter(each -> each != connection).toList());
        if (!connections.isEmpty()) {
            rooms.unsubscribe(connection.subscriber);
            changeAway(connection.ref, () -> {});
        } else {
            undecided = Optional.of(() -> stayOrLeave(connection, how, text, mayStay));
            if (alwaysOn.filter(AlwaysOnUser::isUnknown).isEmpty()) {
                decide();
            }
        }
    }

    private void decide() {
        Optional<Runnable> next = undecided;
        undecided = Optional.empty();
        next.ifPresent(Runnable::run);
    }

    private void stayOrLeave(Connection last, Departure how, String text, boolean mayStay) {
        Optional<OnlineUsers.Absence> absence = killed ? Optional.empty() : mayBeAbsent(mayStay);
        if (absence.isPresent()) {
            stay(absence.get(), last);
        } else {
            leave(how, text);
        }
    }

    private void onDisconnect(Disconnect disconnect) {
        killed = true;
        if (connections.isEmpty()) {
            leave(Departure.QUIT, disconnect.reason());
        } else {
            connections.forEach(each -> each.ref.tell(disconnect));
        }
    }

    // Without connections

    private boolean isAlwaysOn() {
        return alwaysOn.filter(AlwaysOnUser::isOn).isPresent();
    }

    private Optional<OnlineUsers.Absence> mayBeAbsent(boolean lost) {
        UserSettings settings = services.settings();
        if (isAlwaysOn()
                && services.users()
                        .mayBeAbsent(
                                OnlineUsers.Absence.ALWAYS_ON,
                                settings.alwaysOn().mostUsers())) {
            return Optional.of(OnlineUsers.Absence.ALWAYS_ON);
        }
        boolean may = lost
                && !settings.absence().isZero()
                && !user().profile().account().isEmpty()
                && services.users().mayBeAbsent(OnlineUsers.Absence.LOST, settings.mostAbsent());
        return may ? Optional.of(OnlineUsers.Absence.LOST) : Optional.empty();
    }

    private void stay(OnlineUsers.Absence how, Connection last) {
        LOG.info("absent: {}", user().nick());
        absent = Optional.of(new Absent(how, Instant.now()));
        rooms.leaveConversations(user().id());
        rooms.unsubscribe(last.subscriber);
        rooms.watch();
        Profile profile = user().profile();
        String text = how == OnlineUsers.Absence.ALWAYS_ON ? OFFLINE : LOST;
        changeProfile(profile.isAway() ? profile : profile.withAway(text), () -> {});
        leaveInTime();
        alwaysOn.ifPresent(AlwaysOnUser::save);
    }

    /** Leaves when the time is up that the user may be absent. */
    private void leaveInTime() {
        absent.ifPresent(now -> {
            UserSettings settings = services.settings();
            Duration most = now.how == OnlineUsers.Absence.LOST
                    ? settings.absence()
                    : settings.alwaysOn().time();
            Duration left = Duration.between(Instant.now(), now.since.plus(most));
            if (left.isNegative() || left.isZero()) {
                leave(Departure.QUIT, "did not come back");
            } else {
                Duration delay = left.compareTo(LONGEST_DELAY) < 0 ? left : LONGEST_DELAY;
                absenceTimer = Optional.of(
                        context.scheduleOnce(delay, context.getSelf(), new UserRooms.Continue(this::leaveInTime)));
            }
        });
    }

    // Always-on

    /** It is known whether the user is always-on, or has changed. */
    private void onAlwaysOn() {
        decide();
        if (!gone
                && !isAlwaysOn()
                && absent.filter(now -> now.how == OnlineUsers.Absence.ALWAYS_ON)
                        .isPresent()) {
            leave(Departure.QUIT, "did not come back");
        }
        askForReports();
    }

    /** While the user is connected, what they have seen is saved every few seconds. */
    private void askForReports() {
        reportTimer.ifPresent(Cancellable::cancel);
        if (isAlwaysOn() && !connections.isEmpty()) {
            reportTimer = Optional.of(context.scheduleOnce(REPORTS, context.getSelf(), new UserRooms.Continue(() -> {
                connections.forEach(each -> each.ref.tell(new UserEvent.ReportSeen()));
                alwaysOn.ifPresent(AlwaysOnUser::changed);
                askForReports();
            })));
        }
    }

    private void onSeen(Seen seen) {
        if (rooms.seen(seen.rooms)) {
            alwaysOn.ifPresent(AlwaysOnUser::save);
        }
    }

    // After a restart of the server

    /** A connection may have come before. */
    private void onRestore(AlwaysOnUsers.Stored user) {
        rejoiner.ifPresent(mine -> mine.restore(user.memberships()));
        context.scheduleOnce(
                services.settings().answerTimeout(), context.getSelf(), new UserRooms.Continue(this::settled));
        if (online != null) {
            rejoiner.ifPresent(RoomRejoiner::start);
        } else if (early.isEmpty()) {
            restoring = true;
            claimant = UserId.generate();
            restore(user, user.nick());
        }
    }

    /** Under the nick of before; if another user has it, under the name of the account, which nobody else may have. */
    private void restore(AlwaysOnUsers.Stored user, Nick as) {
        boolean mine =
                services.users().key(user.account()).filter(as.key()::equals).isPresent();
        claim(as, mine, claimed -> {
            if (claimed.obstacle().isEmpty()) {
                restored(user, as);
            } else if (mine) {
                notRestored(
                        user, "another user has the name " + claimed.obstacle().get());
            } else {
                services.users()
                        .key(user.account())
                        .ifPresentOrElse(
                                key -> restore(user, new Nick(user.account(), key)),
                                () -> notRestored(user, "the name " + as + " is taken"));
            }
        });
    }

    private void restored(AlwaysOnUsers.Stored user, Nick nick) {
        if (!services.users()
                .mayBeAbsent(
                        OnlineUsers.Absence.ALWAYS_ON,
                        services.settings().alwaysOn().mostUsers())) {
            notRestored(user, "teahouse.accounts.always-on.most-users are here already");
            return;
        }
        restoring = false;
        String away = user.away().isEmpty() ? OFFLINE : user.away();
        String guest = UserId.guest(nick, IdGenerator.process().nextText());
        Profile profile = new Profile(user.user(), NO_HOST, user.realName(), user.account(), away, false, guest);
        online = services.users()
                .enter(UserSnapshot.absent(nick, profile, user.lastConnected(), user.metadata()), self());
        absent = Optional.of(new Absent(OnlineUsers.Absence.ALWAYS_ON, user.lastConnected()));
        alwaysOn.ifPresent(mine -> mine.restored(user));
        leaveInTime();
        rejoiner.ifPresent(RoomRejoiner::start);
        List<Attach> waiting = early;
        early = List.of();
        waiting.forEach(this::attach);
    }

    private void notRestored(AlwaysOnUsers.Stored user, String why) {
        LOG.warn("The always-on user {} is not restored: {}", user.nick(), why);
        restoring = false;
        if (early.isEmpty()) {
            end(user.account());
        } else {
            enter(early.get(0).newcomer);
        }
        settled();
    }

    /** The rooms of before the restart have let the user in, as far as they can. */
    private void settled() {
        supervisor.tell(new UserSupervisor.Settled(self()));
    }

    private AlwaysOnUsers.Stored stored() {
        UserSnapshot now = user();
        String away = now.profile().away();
        return new AlwaysOnUsers.Stored(
                now.profile().account(),
                now.nick(),
                now.profile().user(),
                now.profile().realName(),
                away.equals(OFFLINE) || away.equals(LOST) ? "" : away,
                absent.map(Absent::since).orElseGet(Instant::now),
                now.metadata(),
                Stream.concat(
                                rooms.memberships(now).stream(),
                                rejoiner.stream().flatMap(mine -> mine.restored().stream()))
                        .toList());
    }

    // Rooms that have failed

    /** A room has failed while the user has no connection that would join it again. */
    private void rejoin(UserRoom room) {
        Ranks ranks = user().place(room.room()).map(Place::ranks).orElse(Ranks.NONE);
        rejoiner.ifPresent(mine -> mine.rejoin(room.room(), ranks));
    }

    private void onNotPlaced(RoomName room) {
        rooms.remove(room);
        publish(user().withoutPlace(room), 0);
    }

    /** The rooms are told, then everybody who monitors the user; then the nick is free. */
    private void leave(Departure how, String text) {
        rooms.tell(new RoomActor.Leave(
                user().id(), how, text, IdGenerator.process().next()));
        online().leave();
        alwaysOn.ifPresent(AlwaysOnUser::end);
        endAbsence();
        end(user().profile().account());
    }

    private void end(String account) {
        gone = true;
        services.nicks()
                .tell(new NickRegistry.Release(claimant, context.getSelf().narrow()));
        if (!beside) {
            supervisor.tell(new UserSupervisor.Gone(account, self()));
        }
    }

    // Rooms

    private void onMemberEvent(MemberEvent event) {
        if (event instanceof MemberEvent.Placed placed) {
            onPlaced(placed);
        } else if (event instanceof MemberEvent.Removed removed && rooms.removed(removed.self())) {
            publish(user().withoutPlace(removed.room()), 0);
        }
    }

    private void onPlaced(MemberEvent.Placed placed) {
        RoomName before = rooms.name(placed.self()).orElse(placed.room());
        Optional<Long> restored = rejoiner.flatMap(mine -> mine.placed(placed));
        boolean fresh = rooms.placed(placed, restored);
        if (!placed.room().isConversation()) {
            Place place = new Place(placed.room(), placed.ranks(), placed.secret());
            publish(user().withRoomRenamed(before, placed.room()).withPlace(place), 0);
        }
        if (!fresh) {
            return;
        }
        rooms.rename( // another nick may have been taken while the user was joining
                user().id(), user().nick(), IdGenerator.process().next(), refused -> {}, () -> {});
        if (connections.size() > 1 || restored.isPresent()) {
            long since = restored.orElse(placed.seq());
            UserEvent subscribe = new UserEvent.Subscribe(new UserRoom(placed.room(), placed.self(), since));
            connections.forEach(each -> each.ref.tell(subscribe));
        }
    }

    // The nick

    private void onRename(Rename rename) {
        claim(rename.to, rename.mine, claimed -> {
            if (claimed.obstacle().isPresent()) {
                rename.connection.tell(new UserEvent.NickRefused(
                        rename.number, rename.to, claimed.obstacle().get()));
            } else {
                rename(rename);
            }
        });
    }

    private void rename(Rename rename) {
        Nick before = user().nick();
        connections.forEach(each -> each.ref.tell(
                new UserEvent.Named(each.ref.equals(rename.connection) ? rename.number : 0, rename.to, before, "")));
        rename(
                rename.to,
                refused -> {
                    rename.connection.tell(new UserEvent.RoomRefused(refused));
                    onRename(new Rename(0, rename.connection, before, rename.mine));
                },
                done(rename.connection, rename.number));
    }

    private void rename(Nick to, Consumer<RoomReply.Refused> refused, Runnable done) {
        long cause = IdGenerator.process().next();
        rooms.leaveConversations(user().id());
        publish(user().withNick(to), cause);
        rooms.rename(user().id(), to, cause, refused, done);
    }

    /** The owner of the nick has logged in. */
    private void onLost(NickRegistry.Lost lost) {
        if (online != null && user().nick().sameAs(lost.nick())) {
            String why = "the owner of the name " + lost.nick() + " has logged in";
            connections.forEach(each -> each.ref.tell(new UserEvent.Named(0, lost.instead(), lost.nick(), why)));
            rename(lost.instead(), refused -> {}, () -> {});
        }
    }

    private void onActive(Active active) {
        find(active.connection).ifPresent(each -> each.info = each.info.active());
        online().publish(user().active(infos()), 0);
    }

    // What others may know

    private void changeProfile(Profile to, Runnable done) {
        changeProfile(to, context.getSystem().ignoreRef(), done);
    }

    /** @param by the connection that has asked for it */
    private void changeProfile(Profile to, ActorRef<UserEvent> by, Runnable done) {
        UserSnapshot before = user();
        Profile profile = to.shown();
        if (before.profile().equals(profile)) {
            done.run();
            return;
        }
        if (!before.profile().account().equals(profile.account())) {
            rooms.leaveConversations(before.id());
        }
        long cause = IdGenerator.process().next();
        publish(before.withProfile(profile), cause);
        tellOthers(by, before);
        rooms.tell((number, replyTo) -> new RoomActor.ChangeProfile(before.id(), to, cause, number, replyTo), done);
    }

    private void tellOthers(ActorRef<UserEvent> by, UserSnapshot before) {
        others(by).forEach(each -> each.ref.tell(new UserEvent.Changed(before, user())));
    }

    private void onSetAway(SetAway set) {
        find(set.connection).ifPresent(each -> each.away = set.text);
        changeAway(set.connection, done(set.connection, set.number));
    }

    /** The user is away when all connections are: as the one says that was active last. */
    private void changeAway(ActorRef<UserEvent> by, Runnable done) {
        boolean away = connections.stream().noneMatch(each -> each.away.isEmpty());
        String text = !away ? "" : find(by).orElse(connections.get(connections.size() - 1)).away;
        changeProfile(user().profile().withAway(text), by, done);
    }

    private void onSetMode(SetMode set) {
        UserSnapshot before = user();
        publish(before.withMode(set.mode, set.set), 0);
        tellOthers(set.connection, before);
        Runnable done = done(set.connection, set.number);
        if (set.mode == UserMode.OPERATOR) {
            rooms.tell(new RoomActor.ServerOperator(user().id(), set.set));
        }
        if (set.mode == UserMode.BOT) {
            changeProfile(user().profile().withBot(set.set), set.connection, done);
        } else {
            done.run();
        }
    }

    private void onChangeMetadata(ChangeMetadata change) {
        long cause = IdGenerator.process().next();
        UserSnapshot before = user();
        publish(before.withMetadataChanged(change.changes), cause);
        tellOthers(change.connection, before);
        rooms.tell(
                (number, replyTo) -> new RoomActor.TellMetadata(user().id(), change.changes, cause, number, replyTo),
                done(change.connection, change.number));
    }

    // The account

    private void onLogIn(LogIn login) {
        String account = login.newcomer.profile().account();
        String former = user().profile().account();
        if (account.equals(former)) {
            done(login.newcomer.connection, login.number).run();
        } else if (!former.isEmpty() && connections.size() > 1) {
            moveTo(supervisor::tell, login);
        } else {
            long number = replies.nextNumber();
            replies.expect(number, UserSupervisor.LoggedIn.class, answer -> loggedIn(login, answer));
            Optional<ActorRef<Command>> user = beside ? Optional.empty() : Optional.of(self());
            supervisor.tell(new UserSupervisor.LogIn(
                    number, account, former, user, context.getSelf().narrow()));
        }
    }

    private void loggedIn(LogIn login, UserSupervisor.LoggedIn answer) {
        if (!answer.fresh()) {
            moveTo(answer.user()::tell, login);
        } else if (beside) {
            gone = true;
            answer.user().tell(new Adopt(login.number, login.newcomer, user().id(), rooms.missed()));
        } else {
            loggedIn(login.newcomer, done(login.newcomer.connection, login.number));
        }
    }

    private void loggedIn(Newcomer newcomer, Runnable done) {
        services.nicks().tell(new NickRegistry.Free(newcomer.nick, claimant)); // others must not use the account's name
        alwaysOn.ifPresent(AlwaysOnUser::end);
        changeProfile(user().profile().withAccount(newcomer.profile.account()), newcomer.connection, done);
        alwaysOn.ifPresent(mine -> mine.begin(newcomer.profile.account()));
    }

    private void onAdopt(Adopt adopt) {
        Newcomer newcomer = adopt.newcomer;
        if (online != null || !early.isEmpty()) { // another connection has logged in at the same time
            leaveAsGuest(adopt);
            onAttach(new Attach(adopt.number, newcomer));
            return;
        }
        online = services.users().online(adopt.guest).orElse(null);
        if (online == null) {
            return; // the connection has just ended
        }
        online.actor(self());
        Connection connection = new Connection(newcomer, user().connections().get(0));
        connection.away = user().profile().away();
        connections = List.of(connection);
        attached = connection.info.number();
        watch(connection);
        claimant = newcomer.claimant;
        claim(user().nick(), false, claimed -> {}); // as the owner from now on
        newcomer.connection.tell(new UserEvent.Adopted(self()));
        rooms.adopt(adopt.rooms, online.identity());
        loggedIn(newcomer, done(newcomer.connection, adopt.number));
    }

    /** A guest has become a user who is there already. */
    private void leaveAsGuest(Adopt adopt) {
        adopt.newcomer.connection.tell(new UserEvent.Detached());
        long cause = IdGenerator.process().next();
        String text = "logged in to " + adopt.newcomer.profile().account();
        for (UserRoom room : adopt.rooms) {
            room.ref()
                    .tell(new RoomActor.Unsubscribe(
                            adopt.newcomer.subscriber)); // it is not shown that the guest leaves
            room.ref().tell(new RoomActor.Leave(adopt.guest, Departure.QUIT, text, cause));
        }
        services.users().online(adopt.guest).ifPresent(OnlineUser::leave);
    }

    /** The connection becomes another user's. */
    private void moveTo(Consumer<Attach> user, LogIn login) {
        find(login.newcomer.connection).ifPresent(each -> {
            each.ref.tell(new UserEvent.Detached());
            rooms.unsubscribe(each.subscriber); // it is not shown that the user leaves
            detach(
                    each,
                    Departure.QUIT,
                    "logged in to " + login.newcomer.profile().account(),
                    false);
            user.accept(new Attach(login.number, login.newcomer));
        });
    }

    private void onLogOut(LogOut logout) {
        alwaysOn.ifPresent(AlwaysOnUser::end);
        supervisor.tell(new UserSupervisor.LogOut(user().profile().account(), self()));
        changeProfile(user().profile().withAccount(""), logout.connection, done(logout.connection, logout.number));
    }
}
