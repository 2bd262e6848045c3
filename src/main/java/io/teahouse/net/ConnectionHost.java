package io.teahouse.net;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Dialect;
import io.teahouse.client.LineForm;
import io.teahouse.client.Outbox;
import io.teahouse.client.Peer;
import io.teahouse.client.ReadWindow;
import io.teahouse.client.Services;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hosts the connections of one door, over any transport: admits them, and gives each one a {@link ClientActor} and the
 * stream between client and transport; with a {@link Negotiation}, the client only when the connection has asked for one.
 * {@link ListenerActor} uses it for TCP.
 *
 * <p>A connection stops counting when it or its client has ended, whether the client had a name or not. A client whose
 * stream is never run ends by the time limit for giving a name, and a connection that begins with a negotiation by the time limit of that.
 */
public final class ConnectionHost extends AbstractBehavior<ConnectionHost.Command> {
    public sealed interface Command {}

    /**
     * A peer wants to connect. Answered by a {@link Decision}.
     *
     * @param peer limits per address use its address, which must be resolved
     * @param dispatcher the one whose thread reads the socket, which becomes the client's; empty: they take turns
     */
    public record Admit(Peer peer, Optional<String> dispatcher, ActorRef<Decision> replyTo) implements Command {
        /** A peer whose transport has no thread of its own. */
        public Admit(Peer peer, ActorRef<Decision> replyTo) {
            this(peer, Optional.empty(), replyTo);
        }
    }

    /**
     * Admits no more connections, notifies the clients, and stops when the last one has ended.
     *
     * @param pace empty: all clients end at once
     */
    public record Drain(String text, Optional<Pace> pace) implements Command {
        /** All clients at once. */
        public Drain(String text) {
            this(text, Optional.empty());
        }
    }

    /**
     * How clients are sent away.
     *
     * @param rate so many at most, unless {@code within} is too short for that
     * @param within by then all have been told
     * @param retryAfter when they should connect again; programs that know the hint obey it
     */
    public record Pace(DrainRate rate, Duration within, Duration retryAfter) {}

    /** Send the next clients away. */
    private enum Tick implements Command {
        DRAIN
    }

    /** The answer to a peer that wants to connect. */
    public sealed interface Decision {
        /** The stream to run with the transport. */
        HostedConnection connection();
    }

    /** The peer is admitted. Its client has started, unless a negotiation comes first, and waits for the connection to run. */
    public record Admitted(HostedConnection connection) implements Decision {}

    /**
     * The peer is refused.
     *
     * @param why one line for the user
     * @param connection has no client: it writes the reason in the door's dialect, and completes; it need not run
     */
    public record Refused(String why, HostedConnection connection) implements Decision {}

    /**
     * A connection whose negotiation is over wants a client.
     *
     * @param peer the other end, as negotiated
     * @param reply written first
     */
    private record Negotiated(
            Place place, Peer peer, LineForm form, ByteString reply, CompletableFuture<NegotiationStage.Answer> answer)
            implements Command {}

    /** A connection has ended without a client. */
    private record Left(Place place) implements Command {}

    /** A connection has had its time to begin. */
    private record BeginTimeout(Place place) implements Command {}

    /** What one client occupies, which is released once; sent to this actor when the client has ended. */
    private record Seat(InetAddress address, Outbox outbox) implements Command {}

    private final ActorRef<ClientActor.Command> nobody;
    private final ConnectionSettings settings;
    private final Admission admission;
    private final Services services;
    private final Services unguarded;
    private final Function<LineForm, Dialect> dialects;
    private final Optional<Negotiation> negotiation;

    private static final Duration DRAIN_INTERVAL = Duration.ofMillis(50);

    /** The reason why no connection is admitted any more. */
    private Optional<String> draining = Optional.empty();

    /** The clients that have not been sent away yet. */
    private final Deque<ActorRef<ClientActor.Command>> staying = new ArrayDeque<>(0);

    private ClientActor.Shutdown farewell = new ClientActor.Shutdown("");

    /** At least so many are sent away at a time, so that all are in time. */
    private int leaving = Integer.MAX_VALUE;

    /** Allows to send away more at a time; empty: all are sent away at once. */
    private Optional<DrainRate> rate = Optional.empty();

    /** One per dispatcher, since each client's actor keeps the one that it is started with. */
    private final Map<String, DispatcherSelector> selectors = new HashMap<>();

    private int decided;

    /** Clients that were admitted and have not ended; they are the children of this actor, and it has no others. */
    private int clients;

    /** Connections that have no client yet, or never will: their negotiation is not over, or they load pages. */
    private final Set<Place> places = new HashSet<>();

    /**
     * A host without a transport.
     *
     * @param admission shared by all hosts
     * @param dialects creates one per connection
     */
    public static Behavior<Command> create(
            ConnectionSettings settings, Admission admission, Services services, Supplier<Dialect> dialects) {
        return Behaviors.setup(context ->
                new ConnectionHost(context, settings, admission, services, form -> dialects.get(), Optional.empty()));
    }

    /**
     * A host of connections that begin with a negotiation, if it {@linkplain Negotiation#isNeeded is needed}.
     *
     * @param dialects creates one per client
     */
    public static Behavior<Command> create(
            ConnectionSettings settings,
            Admission admission,
            Services services,
            Function<LineForm, Dialect> dialects,
            Negotiation negotiation) {
        return Behaviors.setup(context ->
                new ConnectionHost(context, settings, admission, services, dialects, Optional.of(negotiation)));
    }

    private ConnectionHost(
            ActorContext<Command> context,
            ConnectionSettings settings,
            Admission admission,
            Services services,
            Function<LineForm, Dialect> dialects,
            Optional<Negotiation> negotiation) {
        super(context);
        this.nobody = context.getSystem().ignoreRef();
        this.settings = settings;
        this.admission = admission;
        this.services = services;
        this.unguarded = services.withoutFloodGuard();
        this.dialects = dialects;
        this.negotiation = negotiation;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Admit.class, this::onAdmit)
                .onMessage(Negotiated.class, this::onNegotiated)
                .onMessage(Left.class, this::onLeft)
                .onMessage(BeginTimeout.class, this::onBeginTimeout)
                .onMessage(Seat.class, this::onClientEnded)
                .onMessage(Drain.class, this::onDrain)
                .onMessageEquals(Tick.DRAIN, this::onDrainMore)
                .build();
    }

    private Behavior<Command> onAdmit(Admit admit) {
        InetAddress address = admit.peer.address().getAddress();
        boolean negotiated = negotiation.isPresent() && negotiation.get().isNeeded(address);
        boolean counted = !negotiated || !negotiation.get().isProxy(address);
        Optional<String> refusal = refusal(address, counted);
        String dispatcher = admit.dispatcher.orElseGet(this::nextDispatcher);
        if (refusal.isPresent()) {
            admit.replyTo.tell(refuse(refusal.get(), dispatcher));
        } else {
            admit.replyTo.tell(
                    negotiated
                            ? negotiate(admit.peer, counted, negotiation.get(), dispatcher)
                            : admit(admit.peer, dispatcher));
        }
        return this;
    }

    /** Counts the connection, unless it is refused. */
    private Optional<String> refusal(InetAddress address, boolean counts) {
        return draining.isPresent() || !counts ? draining : admission.enter(address, System.nanoTime());
    }

    private Refused refuse(String why, String dispatcher) {
        return new Refused(why, HostedConnection.farewell(lastWords(why), settings, dispatcher, nobody));
    }

    private ByteString lastWords(String why) {
        return negotiation
                .flatMap(each -> each.refusal(why))
                .orElseGet(() -> dialects.apply(LineForm.CRLF).lastWords(why));
    }

    private Admitted admit(Peer peer, String dispatcher) {
        Outbox outbox = outbox();
        ReadWindow readWindow = readWindow();
        ActorRef<ClientActor.Command> client = client(peer, LineForm.CRLF, outbox, readWindow, dispatcher);
        return new Admitted(new HostedConnection(client, outbox, readWindow, settings, dispatcher));
    }

    private Outbox outbox() {
        return new Outbox(settings.sendQueueBytes(), admission.outboxes());
    }

    private ReadWindow readWindow() {
        return new ReadWindow(settings.readAheadBytes(), admission.readWindows());
    }

    /** Starts the client of a connection that has been counted. */
    private ActorRef<ClientActor.Command> client(
            Peer peer, LineForm form, Outbox outbox, ReadWindow readWindow, String dispatcher) {
        InetAddress address = peer.address().getAddress();
        Seat seat = new Seat(address, outbox);
        ActorRef<ClientActor.Command> client = getContext()
                .spawnAnonymous(
                        ClientActor.create(
                                admission.limits(address).flood() ? services : unguarded,
                                dialects.apply(form),
                                peer,
                                outbox,
                                readWindow,
                                admission.allowance(address, System.nanoTime())),
                        selectors.computeIfAbsent(dispatcher, DispatcherSelector::fromConfig));
        getContext().watchWith(client, seat);
        clients++;
        return client;
    }

    private static void nothing() {}

    // Connections that begin with a negotiation

    private Admitted negotiate(Peer peer, boolean counted, Negotiation with, String dispatcher) {
        Place place = new Place(peer, counted, outbox(), readWindow(), dispatcher);
        places.add(place);
        getContext().scheduleOnce(with.timeout(), getContext().getSelf(), new BeginTimeout(place));
        ConnectionParts parts = new ConnectionParts(
                nobody, place.outbox, place.readWindow, NegotiationStage.NO_LINES, Optional.empty(), null);
        return new Admitted(new HostedConnection(
                new NegotiationStage.Beginning(parts, with, peer, place, NegotiationStage.Refusals.NONE),
                place.dispatcher));
    }

    private Behavior<Command> onNegotiated(Negotiated negotiated) {
        Place place = negotiated.place;
        Peer peer = negotiated.peer;
        InetAddress address = peer.address().getAddress();
        Optional<String> refusal =
                place.counted ? draining.or(() -> admission.banned(address)) : refusal(address, true);
        if (refusal.isPresent()) {
            negotiated.answer.complete(
                    new NegotiationStage.Answer(Optional.empty(), refusal.get(), lastWords(refusal.get())));
        } else {
            places.remove(place);
            place.settle();
            if (negotiated.reply.nonEmpty()) {
                place.outbox.offer(negotiated.reply);
            }
            negotiated.answer.complete(new NegotiationStage.Answer(
                    Optional.of(client(peer, negotiated.form, place.outbox, place.readWindow, place.dispatcher)),
                    "",
                    ByteString.emptyByteString()));
        }
        return this;
    }

    private Behavior<Command> onLeft(Left left) {
        places.remove(left.place);
        return stopIfDrained();
    }

    /** The connection had ended before it was admitted, or the decision came too late: its stream never runs. */
    private Behavior<Command> onBeginTimeout(BeginTimeout timeout) {
        timeout.place.leaveUnlessBegun();
        return this;
    }

    /** While connections may still ask for a client, they need an answer, without which their seat would stay taken. */
    private Behavior<Command> stopIfDrained() {
        return draining.isPresent() && clients == 0 && places.isEmpty() ? Behaviors.stopped() : this;
    }

    /** The place of one connection before it has a client. */
    private final class Place implements NegotiationStage.Place {
        private final ActorRef<Command> host = getContext().getSelf();
        private final InetAddress address;
        private final boolean counted;
        private final Outbox outbox;
        private final ReadWindow readWindow;
        private final String dispatcher;

        /** Set when the stream has begun. */
        private @Nullable Runnable drained;

        private boolean isDrained;
        private boolean isAbandoned;
        private final AtomicBoolean hasLeft = new AtomicBoolean();

        Place(Peer peer, boolean counted, Outbox outbox, ReadWindow readWindow, String dispatcher) {
            this.address = peer.address().getAddress();
            this.counted = counted;
            this.outbox = outbox;
            this.readWindow = readWindow;
            this.dispatcher = dispatcher;
        }

        @Override
        public void begin(Runnable whenDrained) {
            boolean already;
            synchronized (this) {
                if (drained != null && !isAbandoned) {
                    throw new IllegalStateException("the stream of a connection runs once");
                }
                drained = whenDrained;
                already = isDrained || isAbandoned;
            }
            if (already) {
                whenDrained.run();
            }
        }

        /** A stream that begins later ends at once. */
        void leaveUnlessBegun() {
            boolean begun;
            synchronized (this) {
                begun = drained != null;
                drained = begun ? drained : ConnectionHost::nothing;
                isAbandoned = !begun;
            }
            if (!begun) {
                leave();
            }
        }

        /** The connection has its client, so nothing of its beginning is kept. */
        synchronized void settle() {
            drained = ConnectionHost::nothing;
        }

        /** Ends the connection, in good order if there is time. */
        void drain() {
            Runnable then;
            synchronized (this) {
                isDrained = true;
                then = drained;
            }
            if (then != null) {
                then.run();
            }
        }

        @Override
        public CompletionStage<NegotiationStage.Answer> enter(Peer peer, LineForm form, ByteString reply) {
            CompletableFuture<NegotiationStage.Answer> answer = new CompletableFuture<>();
            host.tell(new Negotiated(this, peer, form, reply, answer));
            return answer;
        }

        @Override
        public void leave() {
            if (!hasLeft.compareAndSet(false, true)) {
                return; // it was abandoned before its stream began
            }
            readWindow.close();
            if (counted) {
                admission.leave(address);
            }
            host.tell(new Left(this));
        }

        @Override
        public Framer framer(LineForm form) {
            return form.isFramed()
                    ? new WebSocketFramer(settings.maxLineBytes(), outbox)
                    : settings.framing().framer(settings.maxLineBytes());
        }
    }

    /** The dispatchers take turns. */
    private String nextDispatcher() {
        List<String> all = settings.dispatchers();
        return all.get(Math.floorMod(decided++, all.size()));
    }

    private Behavior<Command> onClientEnded(Seat seat) {
        clients--;
        admission.leave(seat.address);
        seat.outbox.finish(); // only has an effect if the client failed before it could close the outbox
        if (!seat.outbox.isAttached()) {
            seat.outbox.discard();
        }
        return stopIfDrained();
    }

    private Behavior<Command> onDrain(Drain drain) {
        draining = Optional.of(drain.text);
        farewell = new ClientActor.Shutdown(drain.text, drain.pace.map(Pace::retryAfter));
        rate = drain.pace.map(Pace::rate);
        leaving = drain.pace.map(this::perInterval).orElse(Integer.MAX_VALUE);
        staying.clear();
        getContext().getChildren().forEach(client -> staying.add(client.unsafeUpcast()));
        places.forEach(Place::drain);
        return onDrainMore();
    }

    private int perInterval(Pace pace) {
        long intervals = Math.max(1, pace.within.dividedBy(DRAIN_INTERVAL));
        return (int) Math.max(1, (clients + intervals - 1) / intervals);
    }

    private Behavior<Command> onDrainMore() {
        int least = Math.min(leaving, staying.size());
        int now = rate.map(shared -> shared.take(least, staying.size())).orElse(least);
        for (int i = 0; i < now; i++) {
            staying.remove().tell(farewell);
        }
        if (!staying.isEmpty()) {
            getContext().scheduleOnce(DRAIN_INTERVAL, getContext().getSelf(), Tick.DRAIN);
        }
        return stopIfDrained();
    }
}
