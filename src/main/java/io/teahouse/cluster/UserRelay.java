package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.cluster.ClusterUsers.RemoteUser;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.Disconnect;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserActor.Newcomer;
import io.teahouse.user.UserActor.Returning;
import io.teahouse.user.UserEvent;
import io.teahouse.user.UserRoom;
import io.teahouse.user.UserSnapshot;
import io.teahouse.user.UserSupervisor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user of an account, for the connections of one node: they send it the commands of a {@link UserActor} and receive its
 * events. It outlives the user's actor, which may be on another node. When that ends, the relay has the account go on with the
 * user as they were, silently, and sends the commands again that were not answered. What it hears of the user is in the
 * directory of the node before a connection is told of it.
 */
final class UserRelay extends AbstractBehavior<Object> {
    /** The user as a relay knows them, with the connections of its node. */
    record Former(UserSnapshot user, List<Returning> connections) implements ClusterMessage {}

    /**
     * The relay delivers for its node from now on. Answered by {@link Linked}.
     *
     * @param former empty: the relay has not heard of the user yet
     */
    record Link(ActorRef<Object> relay, long attempt, Optional<Former> former) implements ClusterMessage {}

    record Linked(ActorRef<UserActor.Command> user, long attempt) implements ClusterMessage {}

    /** @param number counts the messages of the attempt: 1, 2, 3 … The network may lose one without notice */
    record Delivered(long attempt, long number, News news) implements ClusterMessage {}

    sealed interface News extends ClusterMessage {}

    /** Goes to a connection. */
    record Event(ActorRef<UserEvent> connection, UserEvent event) implements News {}

    /** Something about the user has changed. */
    record Changed(RemoteUser user) implements News {}

    /** The user has left. */
    record Left() implements News {}

    /**
     * The supervisor is about to use the relay.
     *
     * @param number 1, 2, 3 …
     */
    record Expect(long number) {}

    /** Nobody will use the relay any more. */
    record End() {}

    private enum Tick {
        LINK,
        CHECK,
        IDLE
    }

    private record Key(ActorRef<UserEvent> connection, long number) {}

    /** A connection of this node. */
    private static final class Connection {
        final Newcomer newcomer;

        /** See {@link ConnectionInfo#id}; 0: not attached yet. */
        long id;

        String away = "";

        Connection(Newcomer newcomer) {
            this.newcomer = newcomer;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** After twice that time without an answer, a message was lost. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int MOST_WAITING = 10_000;

    private final TimerScheduler<Object> timers;
    private final String name;
    private final RecipientRef<Object> account;
    private final ActorRef<Object> supervisor;
    private final OnlineUsers users;
    private final ForeignUsers foreign;
    private final ActorRef<UserActor.Command> self;
    private final Map<ActorRef<UserEvent>, Connection> connections = new LinkedHashMap<>();
    private final Map<Key, UserActor.Command> unanswered = new LinkedHashMap<>();
    private final Map<Long, UserActor.Adopt> adoptions = new HashMap<>(1);

    /** The conversations of the user, which no snapshot has. */
    private final Set<RoomName> conversations = new LinkedHashSet<>();

    /** Commands without an answer that came while there was no user. */
    private final Deque<UserActor.Command> waiting = new ArrayDeque<>(0);

    private @Nullable ActorRef<UserActor.Command> user;
    private long attempt;
    private long next;
    private @Nullable RemoteUser known;
    private @Nullable OnlineUser entry;

    /** The oldest unanswered command at the last check. */
    private @Nullable Key oldest;

    private boolean used = true;

    /** The number of the last {@link Expect}. */
    private long expected;

    private boolean hasLoggedOut;

    /**
     * @param name of the account
     * @param account the entity
     * @param supervisor is told when the user has logged out: the account needs another relay for its next user; and
     *     when nobody uses the relay: it may end then
     */
    static Behavior<Object> create(
            String name,
            RecipientRef<Object> account,
            ActorRef<Object> supervisor,
            OnlineUsers users,
            ForeignUsers foreign) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new UserRelay(context, timers, name, account, supervisor, users, foreign)));
    }

    private UserRelay(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            String name,
            RecipientRef<Object> account,
            ActorRef<Object> supervisor,
            OnlineUsers users,
            ForeignUsers foreign) {
        super(context);
        this.timers = timers;
        this.name = name;
        this.account = account;
        this.supervisor = supervisor;
        this.users = users;
        this.foreign = foreign;
        this.self = context.getSelf().narrow();
        timers.startTimerWithFixedDelay(Tick.IDLE, IDLE);
        timers.startTimerWithFixedDelay(Tick.CHECK, CHECK);
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Delivered.class, this::onDelivered)
                .onMessage(Linked.class, this::onLinked)
                .onMessage(Expect.class, this::onExpect)
                .onMessage(End.class, this::onEnd)
                .onMessage(UserActor.Adopt.class, this::onAdopt)
                .onMessage(UserSupervisor.LoggedIn.class, this::onNotAdopted)
                .onMessage(UserActor.Command.class, this::onCommand)
                .onMessage(MemberEvent.Placed.class, this::onPlaced)
                .onMessage(MemberEvent.Removed.class, this::onRemoved)
                .onMessageEquals(Tick.LINK, this::onLinkAgain)
                .onMessageEquals(Tick.CHECK, this::onCheck)
                .onMessageEquals(Tick.IDLE, this::onIdle)
                .onSignal(Terminated.class, ended -> onTerminated(ended.getRef()))
                .build();
    }

    // The user's actor comes and goes

    private void link() {
        attempt++;
        next = 1;
        account.tell(new Link(getContext().getSelf(), attempt, former()));
        timers.startSingleTimer(Tick.LINK, PATIENCE);
    }

    private Optional<Former> former() {
        if (known == null) {
            return Optional.empty();
        }
        UserSnapshot last = known.snapshot();
        List<Returning> mine = new ArrayList<>();
        for (Connection each : connections.values()) {
            last.connections().stream()
                    .filter(info -> info.id() == each.id)
                    .findFirst()
                    .ifPresent(info -> mine.add(new Returning(each.newcomer, info, each.away)));
        }
        return mine.isEmpty() ? Optional.empty() : Optional.of(new Former(last, mine));
    }

    private Behavior<Object> onLinkAgain() {
        if (user == null && isNeeded() && !hasLoggedOut) {
            link();
        }
        return this;
    }

    private boolean isNeeded() {
        return !connections.isEmpty() || !unanswered.isEmpty() || !waiting.isEmpty();
    }

    private Behavior<Object> onLinked(Linked linked) {
        if (linked.attempt == attempt && user == null) {
            timers.cancel(Tick.LINK);
            user = linked.user;
            getContext().watch(linked.user);
            if (former().isPresent()) { // the actor may be new to them
                conversations.forEach(each -> linked.user.tell(new UserActor.Hold(new UserRoom(each, -1))));
            }
            unanswered.values().forEach(linked.user::tell);
            while (!waiting.isEmpty()) {
                send(waiting.poll());
            }
        }
        return this;
    }

    private Behavior<Object> onCheck() {
        Key before = oldest;
        oldest = unanswered.isEmpty() ? null : unanswered.keySet().iterator().next();
        if (user != null && oldest != null && oldest.equals(before)) {
            getContext().getLog().warn("{} does not answer: its connections attach again", account);
            loseUser();
            link();
        }
        return this;
    }

    private void loseUser() {
        if (user != null) {
            getContext().unwatch(user);
        }
        user = null;
        oldest = null;
    }

    private Behavior<Object> onTerminated(ActorRef<Void> ended) {
        if (user != null && ended.path().equals(user.path())) {
            loseUser();
            if (hasLoggedOut) { // nobody would go on with them
                connections
                        .keySet()
                        .forEach(each -> each.tell(new Disconnect("the server failed, please connect again")));
            } else if (isNeeded()) {
                link();
            }
        } else {
            ActorRef<UserEvent> connection = ended.<Object>unsafeUpcast().narrow();
            connections.remove(connection);
            unanswered.keySet().removeIf(each -> each.connection.equals(connection));
        }
        return this;
    }

    private Behavior<Object> onIdle() {
        if (!used && !isNeeded()) {
            supervisor.tell(
                    new ClusterUserSupervisor.RelayIdle(name, getContext().getSelf(), expected));
        }
        used = false;
        return this;
    }

    private Behavior<Object> onExpect(Expect expect) {
        used = true;
        expected = expect.number;
        return this;
    }

    private Behavior<Object> onEnd(End end) {
        if (isNeeded()) { // a guest who had asked for the relay before has logged in only now
            return this;
        }
        endFollowing();
        return Behaviors.stopped();
    }

    /** What the other nodes tell of the user counts from now on. */
    private void endFollowing() {
        if (known != null && entry != null) {
            UserId id = known.snapshot().id();
            if (foreign.isFollowed(id)) {
                entry.actor(known.actor());
                entry.route(account);
                foreign.end(id);
            }
        }
    }

    // Commands

    private Behavior<Object> onCommand(UserActor.Command command) {
        used = true;
        if (command instanceof UserActor.Attach attach) {
            connect(attach.newcomer());
        } else if (command instanceof UserActor.SetAway set) {
            Connection from = connections.get(set.connection());
            if (from != null) {
                from.away = set.text();
            }
        }
        if (command instanceof UserActor.Asking asking && asking.number() != 0) {
            unanswered.put(new Key(asking.connection(), asking.number()), command);
            if (user == null) {
                linkUnlessUnderWay();
                return this;
            }
        }
        send(command);
        return this;
    }

    private void linkUnlessUnderWay() {
        if (!timers.isTimerActive(Tick.LINK)) {
            link();
        }
    }

    private void connect(Newcomer newcomer) {
        Connection before = connections.put(newcomer.connection(), new Connection(newcomer));
        if (before == null) {
            getContext().watch(newcomer.connection());
        }
    }

    private void send(UserActor.Command command) {
        if (user != null) {
            if (command instanceof UserActor.Detach detach) {
                disconnect(detach.connection());
            }
            user.tell(command);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(command);
            linkUnlessUnderWay();
        }
    }

    private void disconnect(ActorRef<UserEvent> connection) {
        if (connections.remove(connection) != null) {
            getContext().unwatch(connection);
        }
        unanswered.keySet().removeIf(each -> each.connection.equals(connection));
    }

    private Behavior<Object> onAdopt(UserActor.Adopt adopt) {
        adoptions.put(adopt.refusal(), adopt);
        connect(adopt.newcomer());
        return onCommand(RecordCodec.copy(adopt, "replyTo", getContext().getSelf()));
    }

    private Behavior<Object> onNotAdopted(UserSupervisor.LoggedIn refused) {
        UserActor.Adopt adopt = adoptions.remove(refused.number());
        if (adopt != null) {
            disconnect(adopt.newcomer().connection());
            adopt.replyTo().tell(new UserSupervisor.LoggedIn(refused.number(), self, false));
        }
        return this;
    }

    /** A connection of this node has joined a room; or the user is in a conversation. */
    private Behavior<Object> onPlaced(MemberEvent.Placed placed) {
        note(placed.room());
        return onCommand(new UserActor.Hold(new UserRoom(placed.room(), placed.seq())));
    }

    private void note(RoomName room) {
        if (room.isConversation()) {
            conversations.add(room);
        }
    }

    private Behavior<Object> onRemoved(MemberEvent.Removed removed) {
        conversations.remove(removed.room());
        return this;
    }

    // News

    private Behavior<Object> onDelivered(Delivered delivered) {
        if (delivered.attempt != attempt || user == null) {
            return this;
        } else if (delivered.number != next) {
            getContext().getLog().warn("{}: {} messages of it were lost", account, delivered.number - next);
            loseUser();
            link();
            return this;
        }
        next++;
        if (delivered.news instanceof Changed changed) {
            change(changed.user);
        } else if (delivered.news instanceof Left) {
            leave();
        } else if (delivered.news instanceof Event event) {
            tell(event.connection, event.event);
        }
        return this;
    }

    private void change(RemoteUser to) {
        UserSnapshot now = to.snapshot();
        UserId before = known == null ? now.id() : known.snapshot().id();
        known = to;
        if (before.isAccount() && !now.id().isAccount()) {
            hasLoggedOut = true;
            supervisor.tell(
                    new ClusterUserSupervisor.RelayEnded(name, getContext().getSelf()));
        }
        if (to.actor().path().address().hasLocalScope()) {
            entry = users.online(now.id()).orElse(null); // the actor itself writes it
            return;
        }
        OnlineUser mine = find(to);
        if (!before.equals(now.id())) {
            foreign.end(before);
        }
        foreign.follow(now.id());
        mine.actor(self);
        mine.publish(now, 0);
        mine.subscribers(to.subscribers());
        entry = mine;
    }

    /** The entry in the directory: of before, of the guest who has logged in, or a new one. */
    private OnlineUser find(RemoteUser user) {
        if (entry != null) {
            return entry;
        }
        UserSnapshot now = user.snapshot();
        return users.online(now.id())
                .or(() -> users.online(now.profile().guest())
                        .filter(guest -> connections.keySet().stream().anyMatch(guest.actor()::equals)))
                .orElseGet(() -> users.enter(now, self, user.subscribers()));
    }

    private void leave() {
        if (known != null
                && entry != null
                && foreign.isFollowed(known.snapshot().id())) {
            entry.leave();
            foreign.end(known.snapshot().id());
        }
        known = null;
        entry = null;
        conversations.clear();
    }

    private void tell(ActorRef<UserEvent> to, UserEvent event) {
        Connection connection = connections.get(to);
        if (event instanceof UserEvent.Attached attached) {
            settle(to, attached.number());
            attached.rooms().forEach(each -> note(each.room()));
            if (connection != null) {
                connection.id = attached.connection();
            }
            to.tell(RecordCodec.copy(attached, "actor", self));
        } else if (event instanceof UserEvent.Adopted adopted) {
            UserActor.Adopt adopt = adoptions.remove(adopted.refusal());
            if (connection != null && adopt != null) {
                connection.id = adopt.guest().connections().get(0).id();
            }
            to.tell(RecordCodec.copy(adopted, "actor", self));
        } else {
            if (event instanceof UserEvent.Detached) {
                disconnect(to);
            } else if (event instanceof UserEvent.AttachRefused refused) {
                settle(to, refused.number());
                disconnect(to);
            } else if (event instanceof UserEvent.Done done) {
                settle(to, done.number());
            } else if (event instanceof UserEvent.Chosen chosen) {
                settle(to, chosen.number());
            } else if (event instanceof UserEvent.NickRefused refused) {
                settle(to, refused.number());
            }
            to.tell(event);
        }
    }

    private void settle(ActorRef<UserEvent> connection, long number) {
        unanswered.remove(new Key(connection, number));
    }
}
