package io.teahouse.client;

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
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.PendingReplies;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Runs the requests that its dialect reads from its lines, one after another, and shows the events of
 * its rooms. Supervised by <em>stop</em>: if it throws, its connection is closed, and its rooms, which watch it,
 * publish the loss. No other client is affected.
 *
 * <p>It is a hand-written behaviour over {@code Object}: rooms, directory and registry send it their own types
 * directly, without an adapter's envelope per message, and an idle connection costs three objects less.
 */
public final class ClientActor extends ExtensibleBehavior<Object> {
    public sealed interface Command {
        /** The number of bytes that it counts for while it waits. */
        default int weight() {
            return 0;
        }
    }

    /**
     * Complete lines have come, each with its end mark (LF or CRLF).
     *
     * @param lineEnd false if the last line had none of its own
     */
    public record Received(ByteString lines, boolean lineEnd) implements Command {
        @Override
        public int weight() {
            return lines.size();
        }
    }

    /** A line was longer than allowed and has been dropped. */
    public record Overlong() implements Command {
        /** The approximate memory of the command and of the answer to it. */
        @Override
        public int weight() {
            return 64;
        }
    }

    /**
     * The first line belongs to another protocol; the rest of the input is discarded.
     *
     * @param why one line for the user
     */
    public record Foreign(String why) implements Command {}

    /** The transport reports that the peer is still there, although it sent no line. */
    public record Alive() implements Command {}

    /** The peer has ended its input; it may still read. */
    public record InputEnded() implements Command {}

    /** The connection is closed; always its last message. */
    public record Disconnected(String why) implements Command {}

    /** The server shuts down: notifies the client and ends it. */
    public record Shutdown(String text, Optional<Duration> retryAfter) implements Command {
        /** Without a hint when to connect again. */
        public Shutdown(String text) {
            this(text, Optional.empty());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientActor.class);

    private final Dialect dialect;
    private final CurrentUser me;
    private final PendingReplies replies = new PendingReplies();
    private final PendingWork work;
    private final ClientConnection connection;
    private final Memberships memberships = new Memberships();
    private final RoomJoiner joiner;
    private final ClientRooms rooms;
    private final ClientQuestions questions;
    private final ClientIdentity identity;
    private final Session session;
    private final InputQueue input;
    private final ReadWindow window;
    private final Metrics metrics;
    private final ThreadCounter deliveries;
    private boolean heard;

    /** Whether a request that the dialect follows is incomplete, see {@link Request#isFollowed}. */
    private boolean following;

    /** Whether rooms, user and connection know that the client has ended. */
    private boolean ended;

    /**
     * A client for one connection.
     *
     * @param peer the other end of the connection
     * @param outbox emptied by the connection
     * @param window reports to the connection how much input has been processed
     * @param allowance limits the work that its address may cause
     */
    public static Behavior<Command> create(
            Services services, Dialect dialect, Peer peer, Outbox outbox, ReadWindow window, Allowance allowance) {
        return create(services, dialect, peer, outbox, window, allowance, System::nanoTime);
    }

    /** @param clock in nanoseconds; monotonic */
    static Behavior<Command> create(
            Services services,
            Dialect dialect,
            Peer peer,
            Outbox outbox,
            ReadWindow window,
            Allowance allowance,
            LongSupplier clock) {
        return Behaviors.<Object>setup(context ->
                        new ClientActor(context, services, dialect, peer, outbox, window, allowance, clock).open())
                .narrow();
    }

    private ClientActor(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Peer peer,
            Outbox outbox,
            ReadWindow window,
            Allowance allowance,
            LongSupplier clock) {
        this.dialect = dialect;
        this.window = window;
        this.me = new CurrentUser(context.getSelf().narrow(), peer, peer.profile(services.cloak()));
        this.work = new PendingWork(context, allowance.reads());
        this.connection = new ClientConnection(
                services.settings(), services.metrics(), dialect, peer, me, outbox, window, work, clock);
        this.joiner = new RoomJoiner(context, services, dialect, me, memberships, replies, work);
        this.questions = new ClientQuestions(services, me, joiner, replies, work);
        InetAddress from = peer.address().getAddress();
        ClientAccount account = new ClientAccount(services.accounts(), from, work);
        this.rooms =
                new ClientRooms(services, dialect, me, memberships, joiner, questions, account, outbox, replies, work);
        UserQuestions users = new UserQuestions(services.settings(), me, connection, replies, work);
        ClientNick nick = new ClientNick(context, services, dialect, me, connection, account, users, replies, work);
        this.identity = new ClientIdentity(
                context, services, dialect, me, connection, rooms, joiner, account, nick, users, replies, work);
        ClientLogin login = new ClientLogin(
                services.accounts(), services.rules(), services.users(), from, account, identity, services.entrance());
        ClientQueries queries = new ClientQueries(
                questions,
                new ClientPast(services, me, work),
                new ClientMarkers(services, me, identity, work),
                services.users(),
                memberships);
        this.session = new ClientSession(identity, login, rooms, queries, connection);
        this.input = new InputQueue(window, dialect, services.limits(), allowance, clock, work, services.metrics());
        this.metrics = services.metrics();
        this.deliveries = metrics.deliveries();
        services.users().connected();
    }

    private Behavior<Object> open() {
        try {
            connection.start();
            dialect.opened(session);
            settle();
        } catch (RuntimeException e) {
            return failed(e);
        }
        metrics.opened(me.door());
        return this;
    }

    // Messages. A failure in here ends this client only.

    @Override
    public Behavior<Object> receive(TypedActorContext<Object> ctx, Object message) {
        try {
            on(message);
            settle();
            if (!(message instanceof EventBatch) || !isIdle()) {
                follow();
                work();
                settle();
            }
        } catch (RuntimeException | StackOverflowError e) {
            return failed(e);
        }
        return connection.isOver() ? Behaviors.stopped() : this;
    }

    private Behavior<Object> failed(Throwable e) {
        connection.failed(e);
        abandon();
        return Behaviors.stopped();
    }

    /** Notifies everybody else even if the dialect fails here again. */
    private void abandon() {
        connection.abandon();
        try {
            settle();
        } catch (RuntimeException e) {
            LOG.debug("failed again: {}", connection, e);
        }
    }

    @Override
    public Behavior<Object> receiveSignal(TypedActorContext<Object> ctx, Signal signal) {
        if (signal instanceof Terminated) {
            return receive(ctx, signal);
        } else if (signal instanceof PostStop) {
            metrics.closed(me.door());
            abandon(); // ignored if it has ended
        }
        return this;
    }

    private void on(Object message) {
        if (message instanceof EventBatch batch) {
            onBatch(batch);
        } else if (message instanceof Command command) {
            onCommand(command);
        } else if (!connection.isClosing()) {
            onAnswer(message);
        }
    }

    private void onBatch(EventBatch all) {
        Viewer viewer = me.viewer();
        if (connection.isClosing() || viewer == null) {
            return;
        }
        Membership in = memberships.in(all.room());
        EventBatch batch = in == null ? all : rooms.fitting(all, in);
        dialect.show(batch, viewer, rooms.isExpecting(in));
        int shown = batch.events().size();
        boolean isMeasured = deliveries.add(shown) % Metrics.SAMPLE < shown;
        settle();
        if (isMeasured) {
            metrics.delivered(System.nanoTime() - all.createdNanos());
        }
        if (!connection.isClosing()) { // the output may have exceeded the send queue
            if (in != null) {
                rooms.shown(batch, in);
            }
            Optional<RoomName> newName = batch.newName();
            if (newName.isPresent()) {
                questions.renamed(batch.room(), newName.get());
                RoomEvent.RoomRenamed renamed =
                        (RoomEvent.RoomRenamed) batch.events().get(0);
                dialect.roomRenamed(renamed, batch.isCausedBy(me.ref(), 0));
            }
        }
    }

    private void onAnswer(Object message) {
        if (message instanceof PendingWork.Continue next) {
            next.run();
        } else if (message instanceof RoomReply reply) {
            if (!replies.answered(reply.number(), reply)) {
                rooms.on(reply);
            }
        } else if (message instanceof RoomDirectory.Location location) {
            replies.answered(location.number(), location);
        } else if (message instanceof RoomEvent.Welcome welcome) {
            joiner.on(welcome);
        } else if (message instanceof RoomEvent.Gap gap) {
            rooms.on(gap);
        } else if (message instanceof NickRegistry.Claimed claimed) {
            replies.answered(claimed.number(), claimed);
        } else if (message instanceof NickRegistry.Lost lost) {
            identity.on(lost);
        } else if (message instanceof UserEvent event) {
            identity.on(event);
        } else if (UserActor.isFor(message)) {
            identity.tellGuest(message);
        } else if (message instanceof Terminated ended && identity.isActor(ended.getRef())) {
            throw new IllegalStateException("the user's actor has failed");
        } else if (message instanceof Terminated room) {
            joiner.ended(room.getRef()).ifPresent(questions::ended);
        }
    }

    private void onCommand(Command command) {
        if (command instanceof Disconnected disconnected) {
            onDisconnected(disconnected.why);
        } else if (command instanceof Shutdown shutdown) {
            connection.shutDown(shutdown.text, shutdown.retryAfter);
        } else if (connection.isClosing()) {
            return;
        } else if (command instanceof Alive) {
            connection.alive();
        } else if (command instanceof Foreign foreign) {
            connection.cutOff(foreign.why);
        } else {
            onInput(command);
        }
    }

    /** Input from before the end of a connection is processed, however it ended. */
    private void onDisconnected(String why) {
        boolean inGoodOrder = input.hasEnded();
        if (!inGoodOrder) {
            input.end();
        }
        connection.disconnected(why, inGoodOrder);
    }

    // The end

    /** Carries out the end of the connection, if that has been decided. */
    private void settle() {
        if (connection.phase() instanceof ClientConnection.Closing closing && !ended) {
            ended = true;
            try {
                dialect.closed();
            } finally {
                end(closing);
            }
        }
    }

    private void end(ClientConnection.Closing closing) {
        identity.leave(closing);
        memberships.clear();
        questions.cancel();
        work.cancel();
        connection.finish();
    }

    // Input

    private void onInput(Command command) {
        if (command instanceof Received received) {
            if (!heard) {
                heard = true;
                dialect.framed(received.lineEnd);
            }
            input.add(received.lines);
        } else if (command instanceof Overlong overlong) {
            input.addOverlong(overlong.weight());
        } else if (command instanceof InputEnded) {
            input.end();
            return;
        }
        connection.heard();
    }

    // Lines

    /**
     * Whether neither a request nor an answer waits, and no memory is held for one. Most deliveries find a client idle,
     * and end there.
     */
    private boolean isIdle() {
        return !following
                && input.isIdle()
                && memberships.outstanding() == 0
                && work.isIdle()
                && !isUnanswered()
                && !connection.isClosing();
    }

    /** Runs all requests that need not wait. */
    private void work() {
        while (mayProceed()) {
            Request next = input.next(memberships.outstanding(), session);
            if (next == null) {
                break;
            }
            following = next.isFollowed();
            next.run(session);
            settle();
            follow();
        }
        account();
        if (input.isExcess()) {
            connection.flooded();
        } else if (mayProceed() && input.isExhausted() && (connection.isLost() || memberships.outstanding() == 0)) {
            connection.hungUp();
        }
    }

    /** Reports the memory that the client holds, and drops input that will not be processed. */
    private void account() {
        if (connection.isClosing()) {
            input.clear();
        }
        window.hold(dialect.unfinished()
                + work.answerBytes(isAwaiting())
                + identity.metadataBytes()
                + input.pipelinedBytes(memberships.outstanding()));
    }

    /** Whether the next line need not wait for an answer. */
    private boolean mayProceed() {
        return !connection.isClosing() && !following && !isAwaiting();
    }

    /** Whether the next line has to wait for an answer, or for the rest of the request. */
    private boolean isAwaiting() {
        return isUnanswered() || work.isAnyPutOff();
    }

    private boolean isUnanswered() {
        return work.isAny() || memberships.isJoining() || !questions.isEmpty();
    }

    /** Runs deferred steps that are ready, and reports the progress of a followed request to the dialect. */
    private void follow() {
        while (!connection.isClosing() && work.isAnyPutOff() && !isUnanswered() && memberships.outstanding() == 0) {
            work.doNextPutOff();
            settle();
        }
        if (following && !connection.isClosing()) {
            boolean complete = !isAwaiting() && memberships.outstanding() == 0;
            following = !complete;
            dialect.progress(complete);
            settle();
        }
    }

    /** For the log. */
    @Override
    public String toString() {
        return connection.toString();
    }
}
