package io.teahouse.client;

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
import io.teahouse.room.RoomEvent;
import io.teahouse.user.Disconnect;
import io.teahouse.user.Notification;
import java.util.List;
import java.util.Optional;
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
public final class ClientActor extends ExtensibleBehavior<Object> {
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

    /**
     * The first line belongs to another protocol; nothing else of the input is passed on.
     *
     * @param why one line for a person
     */
    public record Foreign(String why) implements Command {}

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

    private static final Logger LOG = LoggerFactory.getLogger(ClientActor.class);

    private final Dialect dialect;
    private final Turns turns;
    private final ReadWindow intake;
    private final ClientLife life;
    private final ClientSession session;
    private final ClientAnswers answers;
    private boolean heard;

    /** The request that is being followed is not done yet. */
    private boolean following;

    /**
     * A client for one connection.
     *
     * @param peer where it comes from
     * @param outbox emptied by the connection
     * @param intake tells the connection how much has been dealt with
     * @param allowance what it may cost everybody else
     * @param freed called when the connection has ended and the client stays; not called when it ends, too
     */
    public static Behavior<Command> create(
            Services services,
            Dialect dialect,
            Peer peer,
            Outbox outbox,
            ReadWindow intake,
            Allowance allowance,
            Runnable freed) {
        return create(services, dialect, peer, outbox, intake, allowance, freed, System::nanoTime);
    }

    /** @param clock in nanoseconds; does not jump */
    static Behavior<Command> create(
            Services services,
            Dialect dialect,
            Peer peer,
            Outbox outbox,
            ReadWindow intake,
            Allowance allowance,
            Runnable freed,
            LongSupplier clock) {
        return Behaviors.<Object>setup(context -> new ClientActor(
                                context, services, dialect, peer, outbox, intake, allowance, freed, clock)
                        .open())
                .narrow();
    }

    private ClientActor(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Peer peer,
            Outbox outbox,
            ReadWindow intake,
            Allowance allowance,
            Runnable freed,
            LongSupplier clock) {
        this.dialect = dialect;
        this.turns = new Turns(
                intake,
                dialect,
                services.settings(),
                allowance,
                clock,
                wait -> context.scheduleOnce(wait, context.getSelf(), Turns.Tick.SLOWED_ENOUGH));
        this.intake = intake;
        this.life = new ClientLife(context, services, dialect, peer, outbox, intake, allowance, freed, clock);
        this.session = life.session();
        this.answers = session.answers();
        services.users().connected();
    }

    private Behavior<Object> open() {
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
        return life.isOver() ? Behaviors.stopped() : this;
    }

    private Behavior<Object> failed(Throwable e) {
        LOG.error("failed, this connection alone is closed: {}: {}", life, e.toString());
        LOG.debug("failed: {}", life, e);
        life.abandon();
        return Behaviors.stopped();
    }

    @Override
    public Behavior<Object> receiveSignal(TypedActorContext<Object> ctx, Signal signal) {
        if (signal instanceof Terminated) {
            return receive(ctx, signal);
        } else if (signal instanceof PostStop) {
            life.abandon(); // nothing, if it has ended
        }
        return this;
    }

    private void on(Object message) {
        if (message instanceof EventBatch batch) {
            onBatch(batch);
        } else if (message instanceof Command command) {
            onCommand(command);
        } else if (life.isClosing()) {
            return;
        } else if (message instanceof Notification notification) {
            dialect.told(session, notification);
        } else if (message instanceof Disconnect disconnect) {
            life.kill(disconnect.reason());
        } else if (message instanceof ClientLife.Tick tick) {
            life.on(tick);
        } else if (message instanceof Turns.Tick) {
            turns.slowedEnough();
        } else {
            answers.on(message);
        }
    }

    private void onBatch(EventBatch all) {
        Optional<Nick> nick = session.nick();
        if (!life.isClosing() && nick.isPresent()) {
            Optional<Membership> in = session.rooms().find(all.room());
            EventBatch batch = all;
            if (!life.isAbsent()) {
                Witness witness = session.rooms().witness();
                batch = witness.fitting(all, in);
                dialect.show(session, batch, nick.get(), witness.isExpecting(in));
            }
            if (!life.isClosing()) { // it may have been too much
                answers.on(batch, in);
            }
        }
    }

    private void onCommand(Command command) {
        if (command instanceof Disconnected disconnected) {
            onDisconnected(disconnected.why);
        } else if (command instanceof Shutdown shutdown) {
            life.shutDown(shutdown.text);
        } else if (life.isClosing()) {
            return;
        } else if (command instanceof GiveWay way) {
            life.giveWay(way);
        } else if (command instanceof Foreign foreign) {
            life.cutOff(foreign.why);
        } else {
            onInput(command);
        }
    }

    /** Input from before the end of a connection is processed, however it ended. */
    private void onDisconnected(String why) {
        boolean inGoodOrder = turns.input().hasEnded();
        if (!inGoodOrder) {
            turns.input().add(new InputEnded());
        }
        life.disconnected(why, inGoodOrder, turns.isOver());
    }

    private void onInput(Command input) {
        if (input instanceof Received received && !heard) {
            heard = true;
            dialect.framed(session, received.lineEnd);
        }
        turns.input().add(input);
        if (!(input instanceof InputEnded)) {
            life.heard();
        }
    }

    // Lines

    /** Does what the lines ask for, as far as their turn has come. */
    private void work() {
        while (mayGoOn()) {
            Optional<Request> next = turns.next(session.rooms().outstanding(), session);
            if (next.isEmpty()) {
                break;
            }
            following = next.get().isFollowed();
            next.get().run(session);
            follow();
        }
        account();
        if (turns.isExcess() && !life.isAbsent()) {
            life.cutOff("Excess Flood");
        } else if (mayGoOn()
                && turns.isOver()
                && (life.isLost() || session.rooms().outstanding() == 0)) {
            life.hungUp();
        }
    }

    /** Reports how much the client holds, and drops input that nobody will process. */
    private void account() {
        if (life.isClosing() || life.isAbsent()) {
            turns.input().clear();
        }
        int outstanding = session.rooms().outstanding();
        intake.hold(
                dialect.unfinished() + session.answerBytes() + session.noteBytes() + turns.bytesUnderWay(outstanding));
    }

    /** True unless the next line has to wait for an answer. */
    private boolean mayGoOn() {
        return !life.isClosing() && !life.isAbsent() && !following && !session.isAwaiting();
    }

    /** Tells the dialect how far the request has come that it wants to follow. */
    private void follow() {
        if (!life.isClosing()) {
            session.goOn();
        }
        if (following && !life.isClosing() && !life.isAbsent()) {
            boolean complete = !session.isAwaiting() && session.rooms().outstanding() == 0;
            following = !complete;
            dialect.progress(session, complete);
        }
    }

    /** For the log. */
    @Override
    public String toString() {
        return life.toString();
    }
}
