package io.teahouse.client;

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
import akka.util.ByteString;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Takes its lines one after another, has its dialect read them, does what they ask for, and writes what
 * the rooms tell. It is supervised by <em>stop</em>: if it throws, its connection is closed and its rooms, which watch
 * it, say that it was lost; nobody else notices.
 *
 * <p>It is a hand-written behaviour over {@code Object}: rooms, directory and registry tell it their own types directly,
 * without an adapter's envelope per message, and an idle connection costs three objects less.
 */
public final class ClientActor extends ExtensibleBehavior<Object> implements ClientSession.Life {
    public sealed interface Command {
        /** How many bytes it counts for while it waits for its turn. */
        default int weight() {
            return 0;
        }
    }

    /**
     * Complete lines have come, each with its end mark (LF or CRLF).
     *
     * @param lineEnd false when the last of them had none of its own
     */
    public record Received(ByteString lines, boolean lineEnd) implements Command {
        @Override
        public int weight() {
            return lines.size();
        }
    }

    /** A line was longer than allowed and has been dropped. */
    public record Overlong() implements Command {
        /** About what it takes to keep it, and what it is answered. */
        @Override
        public int weight() {
            return 64;
        }
    }

    /** The peer will send no more; it may still read. */
    public record InputEnded() implements Command {}

    /** The connection is gone; always the last thing that the connection tells. */
    public record Disconnected(String why) implements Command {}

    /** The server closes: say so to the client and end. */
    public record Shutdown(String text) implements Command {}

    /** Somebody who was absent is back, by another connection. Answered by {@link Places}. */
    record GiveWay(ActorRef<Places> replyTo) implements Command {}

    /** Where somebody was who was absent. */
    record Places(ActorRef<RoomEvent> of, List<ClientRooms.Held> rooms) {}

    /** An operator of the server ends the connection. */
    record Kill(String reason) implements Command {}

    /** Something that concerns the client outside of rooms. */
    record Told(Notification what) implements Command {}

    private enum Tick {
        NAME,
        ABSENT,
        IDLE,
        FLOOD
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientActor.class);

    /** How long it takes at the most until another connection has taken this one's places. */
    private static final Duration HAND_OVER = Duration.ofSeconds(10);

    private final ActorContext<Object> context;
    private final ClientSettings settings;
    private final Dialect dialect;
    private final Peer peer;
    private final Runnable freed;
    private final Outbox outbox;
    private final Turns turns;
    private final ClientSession session;
    private Cancellable timer;
    private final LongSupplier clock;
    private long silentSince;
    private boolean heard;

    /** The request that is being followed is not done yet. */
    private boolean following;

    /** There is no connection, but the client is still in its rooms. */
    private boolean absent;

    /** Nothing is read or shown any more; the outbox is being emptied. */
    private boolean closing;

    /** The connection itself has ended. */
    private boolean gone;

    /**
     * A client for one connection.
     *
     * @param peer where it comes from
     * @param outbox emptied by the connection
     * @param intake tells the connection how much has been dealt with
     * @param freed called when the connection has ended and the client stays; not called when it ends, too
     */
    public static Behavior<Command> create(
            Services services, Dialect dialect, Peer peer, Outbox outbox, Intake intake, Runnable freed) {
        return create(services, dialect, peer, outbox, intake, freed, System::nanoTime);
    }

    /** @param clock in nanoseconds; does not jump */
    static Behavior<Command> create(
            Services services,
            Dialect dialect,
            Peer peer,
            Outbox outbox,
            Intake intake,
            Runnable freed,
            LongSupplier clock) {
        return Behaviors.<Object>setup(context ->
                        new ClientActor(context, services, dialect, peer, outbox, intake, freed, clock).open())
                .narrow();
    }

    private ClientActor(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Peer peer,
            Outbox outbox,
            Intake intake,
            Runnable freed,
            LongSupplier clock) {
        this.freed = freed;
        this.context = context;
        this.clock = clock;
        this.silentSince = clock.getAsLong();
        this.settings = services.settings();
        this.dialect = dialect;
        this.peer = peer;
        this.outbox = outbox;
        this.turns = new Turns(intake, dialect, settings, clock, wait -> after(wait, Tick.FLOOD));
        this.session = new ClientSession(context, services, dialect, this, peer);
        this.timer = after(settings.nameTimeout(), Tick.NAME);
        services.people().connected();
    }

    private Behavior<Object> open() {
        LOG.info("connected: {}", peer);
        try {
            dialect.opened(session);
        } catch (RuntimeException e) {
            return failed(e);
        }
        return this;
    }

    // Messages. Whatever goes wrong in here concerns this client alone.

    @Override
    public Behavior<Object> receive(TypedActorContext<Object> ctx, Object message) {
        try {
            on(message);
            follow();
            work();
        } catch (RuntimeException | StackOverflowError e) {
            return failed(e);
        }
        return gone && closing ? Behaviors.stopped() : this;
    }

    private Behavior<Object> failed(Throwable e) {
        LOG.error("failed, this connection alone is closed: {}: {}", this, e.toString());
        LOG.debug("failed: {}", this, e);
        abandon();
        return Behaviors.stopped();
    }

    /** Ends in the midst of something. A dialect that fails at this too keeps nobody from being told. */
    private void abandon() {
        try {
            outbox.cutOff(dialect.lastWords("the server has failed you; please connect again"));
        } catch (RuntimeException e) {
            LOG.debug("failed again: {}", this, e);
        }
        try {
            end(Departure.LOST, "the server failed");
        } catch (RuntimeException e) {
            LOG.debug("failed again: {}", this, e);
        }
    }

    private void on(Object message) {
        if (message instanceof EventBatch batch) {
            onBatch(batch);
        } else if (message instanceof RoomEvent event) {
            onEvent(event);
        } else if (message instanceof Command command) {
            onCommand(command);
        } else if (closing) {
            return;
        } else if (message instanceof RoomReply reply) {
            session.on(reply);
        } else if (message instanceof RoomDirectory.Location location) {
            session.on(location);
        } else if (message instanceof NickRegistryActor.Claimed claimed) {
            session.person().on(claimed);
        } else if (message instanceof NickRegistryActor.Lost lost) {
            session.person().on(lost);
        } else if (message instanceof Awaited.Computed computed) {
            computed.goOn().run();
        } else if (message instanceof Tick tick) {
            onTick(tick);
        } else if (message instanceof Arrivals.Retry retry) {
            session.rooms().arrivals().on(retry);
        } else if (message instanceof Questions.Late late) {
            session.questions().on(late);
        } else if (message instanceof Terminated room) {
            session.rooms().arrivals().ended(room.getRef(), session.questions()::ended);
        }
    }

    private void onBatch(EventBatch batch) {
        Optional<Nick> nick = session.nick();
        if (!closing && nick.isPresent()) {
            ClientRooms rooms = session.rooms();
            if (!absent) {
                dialect.show(session, batch, nick.get(), rooms.isExpecting(batch.room()));
            }
            session.on(batch);
        }
    }

    private void onEvent(RoomEvent event) {
        if (!closing && event instanceof RoomEvent.Welcome welcome) {
            session.rooms().arrivals().on(welcome);
        } else if (!closing && event instanceof RoomEvent.Gap gap) {
            session.rooms().on(gap);
        }
    }

    private void onCommand(Command command) {
        if (command instanceof Disconnected disconnected) {
            onDisconnected(disconnected);
        } else if (command instanceof Shutdown shutdown) {
            write(dialect.lastWords(shutdown.text));
            end(Departure.QUIT, shutdown.text);
        } else if (closing) {
            return;
        } else if (command instanceof GiveWay way) {
            giveWay(way);
        } else if (command instanceof Told told) {
            dialect.told(session, told.what);
        } else if (command instanceof Kill kill) {
            LOG.info("killed: {}: {}", this, kill.reason);
            write(dialect.lastWords(kill.reason));
            end(Departure.QUIT, kill.reason);
        } else {
            if (command instanceof Received received && !heard) {
                heard = true;
                dialect.framed(session, received.lineEnd);
            }
            turns.input().add(command);
            silentSince = clock.getAsLong();
        }
    }

    /** What came before the end of a connection that ended in good order is still done. */
    private void onDisconnected(Disconnected disconnected) {
        gone = true;
        if (!closing && !absent && !turns.input().hasEnded()) {
            LOG.info("lost: {}: {}", this, disconnected.why);
            lose(disconnected.why);
        } else if (absent) {
            freed.run();
        }
    }

    /** The connection is lost: ends, or stays for a while. */
    private void lose(String why) {
        if (!stay()) {
            end(Departure.LOST, why);
        }
    }

    /** Goes on without a connection, if that may be. */
    private boolean stay() {
        if (!dialect.mayStay() || !session.person().stay()) {
            return false;
        }
        LOG.info("absent: {}", this);
        absent = true;
        following = false;
        timer.cancel();
        dialect.closed(session);
        outbox.finish();
        timer = after(settings.absence(), Tick.ABSENT);
        if (gone) {
            freed.run();
        }
        return true;
    }

    /** From now on somebody else is he, in one room after the other. */
    private void giveWay(GiveWay way) {
        way.replyTo.tell(
                new Places(context.getSelf().narrow(), absent ? session.rooms().handOver() : List.of()));
        if (absent) {
            timer.cancel();
            timer = after(HAND_OVER, Tick.ABSENT);
        }
    }

    private void onTick(Tick tick) {
        switch (tick) {
            case NAME -> {
                if (session.presence().isEmpty()) {
                    cutOff("no name was given in time");
                }
            }
            case ABSENT -> end(Departure.QUIT, "did not come back");
            case IDLE -> onIdle();
            case FLOOD -> turns.slowedEnough();
        }
    }

    private void onIdle() {
        long silent = clock.getAsLong() - silentSince;
        long allowed = settings.idleTimeout().toNanos();
        if (silent >= allowed) {
            cutOff("nothing was heard for too long", outbox::cutOff, this::lose);
            return;
        }
        if (silent >= allowed / 2) {
            dialect.probe(session);
        }
        watchIdle();
    }

    /** Looks again at half of the time allowed, and at its end. */
    private void watchIdle() {
        long allowed = settings.idleTimeout().toNanos();
        if (allowed > 0) {
            long silent = clock.getAsLong() - silentSince;
            long until = silent < allowed / 2 ? allowed / 2 : allowed;
            timer = after(Duration.ofNanos(Math.max(1, until - silent)), Tick.IDLE);
        }
    }

    // Lines

    /** Does what the lines ask for, as far as their turn has come. */
    private void work() {
        while (mayGoOn()) {
            Optional<Request> next = turns.next(session.rooms().outstanding());
            if (next.isEmpty()) {
                break;
            }
            following = next.get().isFollowed();
            next.get().run(session);
            follow();
        }
        if (turns.isExcess() && !absent) {
            cutOff("Excess Flood");
        } else if (mayGoOn() && turns.isOver() && session.rooms().outstanding() == 0) {
            hungUp();
        }
    }

    /** The peer has closed without a word. */
    private void hungUp() {
        if (!stay()) {
            quit("");
        }
    }

    /** True unless the next line has to wait for an answer. */
    private boolean mayGoOn() {
        return !closing && !absent && !following && !session.isAwaiting();
    }

    /** Tells the dialect how far the request has come that it wants to follow. */
    private void follow() {
        if (!closing) {
            session.goOn();
        }
        if (following && !closing && !absent) {
            boolean complete = !session.isAwaiting() && session.rooms().outstanding() == 0;
            following = !complete;
            dialect.progress(session, complete);
        }
    }

    // How the life of the connection goes on

    @Override
    public void entered() {
        LOG.info("named: {}", this);
        timer.cancel();
        watchIdle();
    }

    @Override
    public void write(ByteString bytes) {
        if (!closing && bytes.nonEmpty() && !outbox.offer(bytes)) {
            cutOff("what is sent to it is not read fast enough", outbox::giveUp, this::lose);
        }
    }

    @Override
    public void separateWrites() {
        outbox.separate();
    }

    @Override
    public void whenRead(Runnable then) {
        outbox.whenLow(then);
    }

    @Override
    public void quit(String text) {
        LOG.info("left: {}", this);
        end(Departure.QUIT, text);
    }

    @Override
    public void cutOff(String reason) {
        cutOff(reason, outbox::cutOff, why -> end(Departure.LOST, why));
    }

    private void cutOff(String reason, Consumer<ByteString> lastWords, Consumer<String> then) {
        if (!closing) {
            LOG.info("cut off: {}: {}", this, reason);
            lastWords.accept(dialect.lastWords(reason));
            then.accept(reason);
        }
    }

    /** The rooms are told; now the name is free, and the connection closes when all is written. */
    private void end(Departure how, String text) {
        if (!closing) {
            closing = true;
            timer.cancel();
            try {
                dialect.closed(session);
            } finally {
                session.end(how, text);
                outbox.finish();
            }
        }
    }

    @Override
    public Behavior<Object> receiveSignal(TypedActorContext<Object> ctx, Signal signal) {
        if (signal instanceof Terminated) {
            return receive(ctx, signal);
        } else if (signal instanceof PostStop) {
            abandon(); // nothing, if it has ended
        }
        return this;
    }

    private Cancellable after(Duration delay, Tick tick) {
        return context.scheduleOnce(delay, context.getSelf(), tick);
    }

    /** For the log. */
    @Override
    public String toString() {
        return session.nick().map(name -> name + " (" + peer + ")").orElseGet(peer::toString);
    }
}
