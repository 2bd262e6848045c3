package io.teahouse.simulation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One connection of a {@link Device}: joins the room, joins again when the room has ended, and repeats what has no answer. */
final class Connection extends AbstractBehavior<Object> {
    /** What its user does. */
    sealed interface Command {}

    record Enter() implements Command {}

    record Say(String text) implements Command {}

    /** @param refused also what was refused */
    record Repeat(boolean refused) implements Command {}

    record Part() implements Command {}

    record Kick(String nick) implements Command {}

    record SetRank(String nick, Mode rank, boolean set) implements Command {}

    /** What the simulation sees of it: both run in the same thread. */
    static final class Status {
        State state = State.JOINING;
        Optional<ActorRef<RoomActor.Command>> room = Optional.empty();

        /** The connection is lost: it handles no message any more. */
        boolean closed;
    }

    enum State {
        OUT,
        /** The user is about to become a member. */
        JOINING,
        /** The user is a member. */
        SUBSCRIBING,
        /** The room has ended. */
        REJOINING,
        CATCHING_UP,
        IN,
        LEAVING
    }

    private record Ended(ActorRef<?> ref) {}

    private enum Retry {
        RETRY
    }

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final long JOIN = 0;
    private static final long OTHER = 1;

    private final TimerScheduler<Object> timers;
    private final User user;
    private final Screen screen;
    private final Delivery delivery;
    private final Status status;

    /** The room that it was in before. */
    private Optional<ActorRef<RoomActor.Command>> before = Optional.empty();

    /** The seq of the last event that it misses. */
    private long upTo;

    private boolean asksForNames;

    /** Numbers the questions for the members. */
    private long questions = OTHER;

    /** The number of the question whose answer is complete; 0: none. */
    private long names;

    /** Enters the room at once. */
    static Behavior<Object> create(Device device, Delivery delivery, Status status) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            if (status.closed) {
                return Behaviors.stopped();
            }
            Connection connection = new Connection(context, timers, device, delivery, status);
            connection.begin();
            return connection;
        }));
    }

    private Connection(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            Device device,
            Delivery delivery,
            Status status) {
        super(context);
        this.timers = timers;
        this.status = status;
        this.user = device.user;
        this.screen = device.screen;
        this.delivery = delivery;
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Object.class, any -> status.closed, any -> Behaviors.stopped())
                .onMessage(Enter.class, enter -> enter())
                .onMessage(Say.class, this::onSay)
                .onMessage(Repeat.class, this::onRepeat)
                .onMessage(Part.class, part -> part())
                .onMessage(
                        Kick.class, kick -> tell(new RoomActor.Kick(self(), Nick.of(kick.nick), "", OTHER, replies())))
                .onMessage(SetRank.class, this::onSetRank)
                .onMessage(RoomDirectory.Found.class, this::onFound)
                .onMessage(RoomEvent.Welcome.class, this::onWelcome)
                .onMessage(EventBatch.class, this::onBatch)
                .onMessage(RoomEvent.class, this::onEvent)
                .onMessage(RoomReply.class, this::onReply)
                .onMessage(Ended.class, this::onEnded)
                .onMessageEquals(Retry.RETRY, this::onRetry)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private ActorRef<RoomEvent> self() {
        return getContext().getSelf().narrow();
    }

    private ActorRef<RoomReply> replies() {
        return getContext().getSelf().narrow();
    }

    // Joining

    private Behavior<Object> enter() {
        if (status.state == State.OUT) {
            begin();
        }
        return this;
    }

    private void begin() {
        status.state = user.isMember() ? State.SUBSCRIBING : user.place.isPresent() ? State.REJOINING : State.JOINING;
        if (status.state == State.JOINING) {
            screen.leave();
        }
        screen.members = Optional.empty();
        locate();
    }

    private void locate() {
        user.world.locate(user, getContext().getSelf().narrow());
    }

    private Behavior<Object> onFound(RoomDirectory.Found found) {
        if (status.room.isEmpty() && status.state != State.OUT) {
            status.room = Optional.of(found.ref());
            getContext().watch(found.ref());
            tell(new RoomActor.Join(user.identity(), "", self(), delivery, back(), JOIN, replies()));
        }
        return this;
    }

    private Optional<RoomActor.Back> back() {
        return switch (status.state) {
            case SUBSCRIBING -> Optional.of(new RoomActor.Back(screen.seen, user.ranks(), true));
            case REJOINING -> Optional.of(new RoomActor.Back(screen.seen, user.ranks(), false));
            default -> Optional.empty();
        };
    }

    private Behavior<Object> onWelcome(RoomEvent.Welcome welcome) {
        if (status.room.filter(welcome.self()::equals).isEmpty()
                || status.state == State.OUT
                || status.state == State.LEAVING) {
            return this;
        }
        screen.show(welcome);
        user.actor().tell(new UserActor.Hold(welcome.self()));
        asksForNames = status.state != State.REJOINING;
        if (status.state == State.REJOINING
                && before.filter(user.world::mayHaveChangedSince).isPresent()) {
            screen.members = Optional.empty(); // it may have missed some changes of the members
        }
        if (status.state == State.JOINING || screen.seen == Screen.NOTHING) {
            screen.seen = welcome.seq();
        }
        upTo = welcome.seq();
        status.state = State.CATCHING_UP;
        caughtUp();
        return this;
    }

    private void caughtUp() {
        if (status.state == State.CATCHING_UP && screen.seen >= upTo) {
            status.state = State.IN;
            before = status.room; // events that are held back until then are lost if it ends
            if (asksForNames) { // an answer is not held back like the events that it misses
                asksForNames = false;
                boolean complete = status.room.filter(user.world::isSettledIn).isPresent();
                questions++;
                names = complete ? questions : 0;
                tell(new RoomActor.Names(questions, replies()));
            }
            repeat();
        }
    }

    /** What the room has sent before is still in the mailbox, which a signal overtakes. */
    private Behavior<Object> onTerminated(Terminated ended) {
        getContext().getSelf().tell(new Ended(ended.getRef()));
        return this;
    }

    private Behavior<Object> onEnded(Ended ended) {
        if (status.room.filter(ended.ref::equals).isPresent()) {
            status.room = Optional.empty();
            if (status.state == State.LEAVING) {
                out();
                user.vanishUnlessInRoom();
            } else if (status.state != State.OUT) {
                rejoin();
            }
        }
        return this;
    }

    private void rejoin() {
        if (status.state == State.SUBSCRIBING) {
            out(); // the user may have been removed before
            return;
        } else if (status.state == State.JOINING) {
            user.vanished = true; // the others may have seen the join
        } else {
            status.state = State.REJOINING;
        }
        locate();
    }

    private Behavior<Object> onRetry() {
        if (status.state == State.REJOINING && status.room.isEmpty()) {
            locate();
        }
        return this;
    }

    private void onJoinRefused(Refusal.Reason why) {
        leaveRoom();
        boolean away = why == Refusal.Reason.STORE_AWAY;
        if (status.state == State.SUBSCRIBING && away && user.place.isPresent() && !user.isMember()) {
            status.state = State.REJOINING; // the room has ended in the meantime
        }
        if (status.state == State.REJOINING && away) {
            timers.startSingleTimer(Retry.RETRY, RETRY_INTERVAL);
            return;
        }
        if (status.state == State.REJOINING) {
            user.actor().tell(new UserActor.NotPlaced());
        }
        out();
    }

    private void out() {
        status.state = State.OUT;
        names = 0;
        screen.leave();
        leaveRoom();
    }

    private void leaveRoom() {
        status.room.ifPresent(getContext()::unwatch);
        status.room = Optional.empty();
    }

    // Events

    private Behavior<Object> onBatch(EventBatch batch) {
        batch.events().forEach(this::onEvent);
        if (status.state == State.CATCHING_UP) {
            caughtUp();
        }
        return this;
    }

    private Behavior<Object> onEvent(RoomEvent event) {
        if (status.state == State.OUT) {
            return this;
        }
        screen.show(event);
        if (event instanceof RoomEvent.Left left && left.nick().text().equals(user.nick)) {
            out();
        } else {
            caughtUp();
        }
        return this;
    }

    private Behavior<Object> onReply(RoomReply reply) {
        user.world.trace.add("%s is told: %s", screen.name, Described.of(reply));
        if (reply instanceof RoomReply.NameList list) {
            if (list.number() == names && user.world.showsMembers()) {
                screen.show(list);
            }
        } else if (reply instanceof RoomReply.Repeated repeated) {
            screen.receipt(repeated.clientId());
        } else if (reply instanceof RoomReply.Refused refused) {
            onRefused(refused);
        }
        return this;
    }

    private void onRefused(RoomReply.Refused refused) {
        Optional<Sent> message = Optional.ofNullable(screen.sent.get(refused.clientId()));
        if (message.isPresent()) {
            message.get().refused = Optional.of(refused.refusal().reason());
        } else if (refused.number() == JOIN && status.state != State.IN && status.state != State.CATCHING_UP) {
            onJoinRefused(refused.refusal().reason());
        }
    }

    // What the user does

    private Behavior<Object> onSay(Say say) {
        if (status.state == State.IN) {
            Sent message = new Sent(screen.name + "-" + (screen.sent.size() + 1), say.text);
            screen.sent.put(message.clientId, message);
            send(message);
        }
        return this;
    }

    private Behavior<Object> onRepeat(Repeat repeat) {
        if (repeat.refused && status.state == State.IN) {
            screen.sent.values().forEach(Sent::retry);
        }
        return repeat();
    }

    private Behavior<Object> repeat() {
        if (status.state == State.IN) {
            screen.unanswered().forEach(this::send);
        }
        return this;
    }

    private void send(Sent message) {
        message.attempts++;
        tell(new RoomActor.Say(
                self(), new OutgoingMessage(Kind.MESSAGE, message.text, message.clientId), OTHER, replies()));
    }

    private Behavior<Object> part() {
        if (status.state == State.IN) {
            status.state = State.LEAVING;
            tell(new RoomActor.Leave(user.id(), Departure.PARTED, "", Optional.of(self()), 0));
        }
        return this;
    }

    private Behavior<Object> onSetRank(SetRank set) {
        List<ModeChange> changes = List.of(new ModeChange(set.set, set.rank, set.nick));
        return tell(new RoomActor.SetModes(self(), changes, OTHER, replies()));
    }

    private Behavior<Object> tell(RoomActor.Command command) {
        status.room.ifPresent(ref -> user.world.tell(ref, command));
        return this;
    }
}
