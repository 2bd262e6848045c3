package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.ServiceKey;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.UserId;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the other nodes who is online on this one, and puts what they tell into this node's directory. Each node alone
 * writes what is known of its users; ten times a second it sends what has changed. A node that is gone is forgotten after
 * a while.
 */
public final class ClusterUsers extends AbstractBehavior<ClusterUsers.Command> {
    public sealed interface Command {}

    private static final ServiceKey<Command> NODES = ServiceKey.create(Command.class, "teahouse-users");
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** How many bytes one message has at most, about, so that it fits into a frame. */
    private static final int MOST_BYTES = 128 * 1024;

    private static final int BYTES_OF_USER = 300;
    private static final int BYTES_OF_PART = 100;
    private static final int BYTES_OF_LETTER = 3;

    /** A user of another node. */
    record RemoteUser(UserSnapshot snapshot, ActorRef<UserActor.Command> actor, List<ActorRef<RoomEvent>> subscribers)
            implements ClusterMessage {}

    /**
     * @param lost how many users of the node are without a connection, because they have lost the last one
     * @param alwaysOn how many are, because they are always-on
     */
    record Changes(List<RemoteUser> changed, List<UserId> gone, int lost, int alwaysOn) implements ClusterMessage {}

    /**
     * What has changed on a node.
     *
     * @param number counts the messages to this receiver; with 1 begins all that there is
     */
    record Changed(ActorRef<Command> from, long number, Encoded<Changes> changes) implements Command, ClusterMessage {}

    /** Ends what began with number 1: of other users, the receiver knows by former messages. */
    record All(ActorRef<Command> from, long number) implements Command, ClusterMessage {}

    /** A message was lost: the receiver wants to know all that there is. */
    record AskAll(ActorRef<Command> from) implements Command, ClusterMessage {}

    private record Nodes(Set<ActorRef<Command>> nodes) implements Command {}

    private record Forget(ActorRef<Command> node) implements Command {}

    private record ForgetMoved(UserId user) implements Command {}

    private enum Tick implements Command {
        SHARE
    }

    /** A node that is told of our users. */
    private static final class Receiver {
        long number;
    }

    /** A node whose users are known here. */
    private static final class Sender {
        long number;
        int lost;
        int alwaysOn;
        final Map<UserId, ActorRef<UserActor.Command>> users = new HashMap<>();

        /** Those that have not been among all that there is, while that is coming in. */
        final Set<UserId> unconfirmed = new HashSet<>();

        /** When everything was asked for, by {@link System#nanoTime}; 0: it has come. */
        long askedAt;
    }

    private final TimerScheduler<Command> timers;
    private final OnlineUsers users;
    private final ForeignUsers foreign;
    private final ClusterSharding sharding;
    private final Duration forgetAfter;
    private final List<UserId> alsoGone = new ArrayList<>(0);
    private Map<UserId, RemoteUser> told = new HashMap<>();
    private int toldLost;
    private int toldAlwaysOn;
    private final Map<ActorRef<Command>, Receiver> receivers = new HashMap<>();
    private final Map<ActorRef<Command>, Sender> senders = new HashMap<>();

    /**
     * The exchange with the other nodes.
     *
     * @param users the directory of this node
     * @param foreign of whom other nodes are told by another one
     * @param forgetAfter how long the users of a node that is gone are still known
     */
    public static Behavior<Command> create(OnlineUsers users, ForeignUsers foreign, Duration forgetAfter) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new ClusterUsers(context, timers, users, foreign, forgetAfter)));
    }

    private ClusterUsers(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            OnlineUsers users,
            ForeignUsers foreign,
            Duration forgetAfter) {
        super(context);
        this.timers = timers;
        this.users = users;
        this.foreign = foreign;
        this.sharding = ClusterSharding.get(context.getSystem());
        this.forgetAfter = forgetAfter;
        Peers.register(context, NODES);
        Peers.follow(context, NODES, Nodes::new);
        timers.startTimerWithFixedDelay(Tick.SHARE, INTERVAL);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Changed.class, this::onChanged)
                .onMessage(All.class, this::onAll)
                .onMessage(AskAll.class, this::onAskAll)
                .onMessage(Nodes.class, this::onNodes)
                .onMessage(Forget.class, this::onForget)
                .onMessage(ForgetMoved.class, this::onForgetMoved)
                .onMessageEquals(Tick.SHARE, this::onShare)
                .build();
    }

    // Telling others

    private Behavior<Command> onShare() {
        Map<UserId, RemoteUser> now = new HashMap<>(told.size() * 2);
        List<RemoteUser> changed = new ArrayList<>();
        for (OnlineUser each : users.online()) {
            if (foreign.isOwn(each)) {
                UserId id = each.snapshot().id();
                RemoteUser before = told.remove(id);
                RemoteUser next = new RemoteUser(each.snapshot(), each.actor(), each.subscribers());
                now.put(id, next);
                if (before == null || !isKnown(before, next)) {
                    changed.add(next);
                }
            }
        }
        List<UserId> gone = gone(told.keySet());
        told = now;
        askOthers(gone);
        int lost = users.absentHere(OnlineUsers.Absence.LOST);
        int alwaysOn = users.absentHere(OnlineUsers.Absence.ALWAYS_ON);
        boolean areCountsTold = lost == toldLost && alwaysOn == toldAlwaysOn;
        toldLost = lost;
        toldAlwaysOn = alwaysOn;
        if (!changed.isEmpty() || !gone.isEmpty() || !areCountsTold) {
            for (Encoded<Changes> part : parts(changed, gone)) {
                receivers.forEach((node, receiver) -> tell(node, receiver, part));
            }
        }
        return this;
    }

    /** Of those who are not told of any more, some are at another node now. */
    private List<UserId> gone(Set<UserId> ended) {
        List<UserId> gone = new ArrayList<>(alsoGone);
        alsoGone.clear();
        for (UserId each : ended) {
            if (users.online(each).isEmpty()) {
                gone.add(each);
            } else if (foreign.isMoved(each)) {
                timers.startSingleTimer(each, new ForgetMoved(each), forgetAfter);
            }
        }
        return gone;
    }

    /** The user's actor has not started again elsewhere. */
    private Behavior<Command> onForgetMoved(ForgetMoved forget) {
        if (foreign.isMoved(forget.user)) {
            foreign.end(forget.user);
            users.online(forget.user).ifPresent(OnlineUser::leave);
            alsoGone.add(forget.user);
        }
        return this;
    }

    /** Whether what others know of the user is still true: when they were last active matters less. */
    private static boolean isKnown(RemoteUser before, RemoteUser now) {
        return before.snapshot.isSameApartFromActivity(now.snapshot)
                && before.actor.equals(now.actor())
                && before.subscribers.equals(now.subscribers());
    }

    private List<Encoded<Changes>> parts(List<RemoteUser> changed, List<UserId> gone) {
        List<Encoded<Changes>> parts = new ArrayList<>();
        int from = 0;
        do {
            int to = from;
            int bytes = 0;
            while (to < changed.size() && (to == from || bytes + bytes(changed.get(to)) <= MOST_BYTES)) {
                bytes += bytes(changed.get(to));
                to++;
            }
            List<UserId> ended = from == 0 ? gone : List.of();
            parts.add(
                    new Encoded<>(new Changes(List.copyOf(changed.subList(from, to)), ended, toldLost, toldAlwaysOn)));
            from = to;
        } while (from < changed.size());
        return parts;
    }

    /** About how many bytes a user takes in a message; rather more. */
    private static int bytes(RemoteUser user) {
        UserSnapshot all = user.snapshot;
        int parts = all.connections().size() + all.places().size() + user.subscribers.size();
        int letters = 0;
        for (Map.Entry<String, String> each : all.metadata().entrySet()) {
            letters += each.getKey().length() + each.getValue().length();
        }
        return BYTES_OF_USER + BYTES_OF_PART * parts + BYTES_OF_LETTER * letters;
    }

    private void tell(ActorRef<Command> node, Receiver receiver, Encoded<Changes> changes) {
        node.tell(new Changed(getContext().getSelf(), ++receiver.number, changes));
    }

    private void tellAll(ActorRef<Command> node) {
        Receiver receiver = new Receiver();
        receivers.put(node, receiver);
        parts(List.copyOf(told.values()), List.of()).forEach(part -> tell(node, receiver, part));
        node.tell(new All(getContext().getSelf(), ++receiver.number));
    }

    private Behavior<Command> onAskAll(AskAll ask) {
        tellAll(ask.from);
        return this;
    }

    private Behavior<Command> onNodes(Nodes nodes) {
        Set<ActorRef<Command>> others = new HashSet<>(nodes.nodes);
        others.remove(getContext().getSelf());
        receivers.keySet().retainAll(others);
        others.stream().filter(node -> !receivers.containsKey(node)).forEach(this::tellAll);
        for (ActorRef<Command> node : senders.keySet()) {
            if (!others.contains(node)) {
                timers.startSingleTimer(node, new Forget(node), forgetAfter);
            } else {
                timers.cancel(node);
            }
        }
        return this;
    }

    // Hearing of others

    private Behavior<Command> onChanged(Changed message) {
        Sender sender = senders.computeIfAbsent(message.from, node -> new Sender());
        if (message.number == 1) {
            sender.unconfirmed.clear();
            sender.unconfirmed.addAll(sender.users.keySet());
        }
        if (isNext(sender, message.from, message.number)) {
            Changes changes = message.changes.value();
            changes.changed.forEach(user -> put(sender, user));
            changes.gone.forEach(user -> remove(sender, user));
            sender.lost = changes.lost;
            sender.alwaysOn = changes.alwaysOn;
            countAbsent();
        }
        return this;
    }

    private Behavior<Command> onAll(All all) {
        Sender sender = senders.computeIfAbsent(all.from, node -> new Sender());
        if (isNext(sender, all.from, all.number)) {
            Set.copyOf(sender.unconfirmed).forEach(user -> remove(sender, user));
        }
        return this;
    }

    private void countAbsent() {
        int lost = 0;
        int alwaysOn = 0;
        for (Sender each : senders.values()) {
            lost += each.lost;
            alwaysOn += each.alwaysOn;
        }
        users.absentElsewhere(OnlineUsers.Absence.LOST, lost);
        users.absentElsewhere(OnlineUsers.Absence.ALWAYS_ON, alwaysOn);
    }

    /** Whether no message of the sender is missing; otherwise everything is asked for, once for a while. */
    private boolean isNext(Sender sender, ActorRef<Command> from, long number) {
        if (number == 1 || (sender.askedAt == 0 && number == sender.number + 1)) {
            sender.number = number;
            sender.askedAt = 0;
            return true;
        }
        askAll(from, sender);
        return false;
    }

    /** Asks a node for all its users; while it has not answered, again only after a while. */
    private void askAll(ActorRef<Command> node, Sender sender) {
        long now = System.nanoTime();
        if (sender.askedAt == 0 || now - sender.askedAt > ASK_AGAIN.toNanos()) {
            sender.askedAt = now;
            node.tell(new AskAll(getContext().getSelf()));
        }
    }

    private void put(Sender sender, RemoteUser user) {
        UserId id = user.snapshot.id();
        sender.unconfirmed.remove(id);
        UserId guest = user.snapshot.profile().guest();
        Optional<OnlineUser> known = users.online(id).or(() -> users.online(guest)); // the guest has logged in
        sender.users.put(id, user.actor);
        if (known.filter(foreign::isOwn).isPresent()) {
            return;
        }
        if (foreign.isFollowed(id) || foreign.isFollowed(guest)) {
            return; // a relay knows better
        }
        foreign.end(id);
        OnlineUser entry = known.orElseGet(() -> users.enter(user.snapshot, user.actor, user.subscribers));
        entry.subscribers(user.subscribers);
        entry.actor(user.actor);
        if (id.isAccount()) {
            entry.route(ClusterUserSupervisor.entity(sharding, id.name()));
        }
        if (known.isPresent()) {
            entry.publish(user.snapshot, 0);
        }
    }

    /** Members of an application with one nick are one user, whom several nodes know first hand. Of these, one is no longer there. */
    private void askOthers(List<UserId> gone) {
        if (!gone.isEmpty()) {
            senders.forEach((node, sender) -> {
                if (gone.stream().anyMatch(sender.users::containsKey)) {
                    askAll(node, sender);
                }
            });
        }
    }

    /** A user who has been seen elsewhere since is not gone. */
    private void remove(Sender sender, UserId user) {
        sender.unconfirmed.remove(user);
        ActorRef<UserActor.Command> actor = sender.users.remove(user);
        if (actor != null) {
            users.online(user).filter(entry -> entry.actor().equals(actor)).ifPresent(entry -> {
                entry.leave();
                askOthers(List.of(user));
            });
        }
    }

    private Behavior<Command> onForget(Forget forget) {
        Sender sender = senders.remove(forget.node);
        if (sender != null) {
            Set.copyOf(sender.users.keySet()).forEach(user -> remove(sender, user));
            countAbsent();
        }
        return this;
    }
}
