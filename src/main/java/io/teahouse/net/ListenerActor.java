package io.teahouse.net;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Dialect;
import io.teahouse.client.Outbox;
import io.teahouse.client.Peer;
import io.teahouse.client.ReadWindow;
import io.teahouse.client.Services;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listening port: admits connections, and gives each a {@link ClientActor} and a {@link ConnectionStage}. A place is
 * free again when the client of the connection has ended, whether it ever had a name or not.
 */
public final class ListenerActor extends AbstractBehavior<ListenerActor.Command> {
    public sealed interface Command {}

    /** Accept no more, tell the clients, and end when the last one is gone. */
    public record Drain(String text) implements Command {}

    private record Bound(Tcp.ServerBinding binding) implements Command {}

    private record NotBound(String why) implements Command {}

    /** No more connections are accepted. */
    private record Ended(String why) implements Command {}

    /** @param next is completed when the next one may be accepted */
    private record Incoming(Tcp.IncomingConnection connection, CompletableFuture<Done> next) implements Command {}

    private record HandshakeFailed(InetSocketAddress peer, String why) implements Command {}

    private enum Tick implements Command {
        /** Look whether there are files for more connections. */
        FILES,
        /** Say how many were refused. */
        REFUSALS
    }

    /** The connection has ended, and its client stays. */
    private record Freed(Seat seat) implements Command {}

    private record ClientEnded(Seat seat) implements Command {}

    /** The place of one connection, which is given back once. */
    private static final class Seat {
        final InetAddress address;
        final Outbox outbox;
        boolean taken = true;

        Seat(InetAddress address, Outbox outbox) {
            this.address = address;
            this.outbox = outbox;
        }
    }

    /** How the attempt to listen ended; told once. */
    public sealed interface Status {
        String door();
    }

    public record Listening(String door, InetSocketAddress address) implements Status {}

    public record CannotListen(String door, String settings, String host, int port, String why) implements Status {}

    private static final Logger LOG = LoggerFactory.getLogger(ListenerActor.class);

    /** "access_denied", as an alert of TLS (RFC 8446 §6.2), before any handshake. */
    private static final ByteString ACCESS_DENIED = ByteString.fromInts(0x15, 3, 3, 0, 2, 2, 49);

    /** Runs the computations of TLS handshakes, which take milliseconds, outside the chat thread. */
    private static final String HANDSHAKE_DISPATCHER = "teahouse-handshake-dispatcher";

    private final ActorRef<Command> self;
    private final ListenerSettings settings;
    private final Services services;
    private final Services unguarded;
    private final Supplier<Dialect> dialects;
    private final ActorRef<Status> replyTo;
    private final Materializer materializer;
    private final Admission admission;
    private final RefusalLog refusals = new RefusalLog();
    private final AcceptGate gate;
    private final TlsStage.Handshakes handshakes;
    private boolean countingRefusals;
    private Optional<Tcp.ServerBinding> binding = Optional.empty();
    private Optional<Drain> draining = Optional.empty();
    private int accepted;

    /** Those who were admitted and have not ended; they are the children of this actor, and it has no others. */
    private int clients;

    /**
     * A listener that starts at once.
     *
     * @param admission the same for all doors
     * @param dialects makes one per connection
     * @param replyTo is told how it went
     */
    public static Behavior<Command> create(
            ListenerSettings settings,
            Admission admission,
            Services services,
            Supplier<Dialect> dialects,
            ActorRef<Status> replyTo) {
        return Behaviors.setup(context -> new ListenerActor(context, settings, admission, services, dialects, replyTo));
    }

    private ListenerActor(
            ActorContext<Command> context,
            ListenerSettings settings,
            Admission admission,
            Services services,
            Supplier<Dialect> dialects,
            ActorRef<Status> replyTo) {
        super(context);
        this.settings = settings;
        this.services = services;
        this.unguarded = services.withoutFloodGuard();
        this.dialects = dialects;
        this.replyTo = replyTo;
        this.self = context.getSelf();
        this.materializer = SystemMaterializer.get(context.getSystem()).materializer();
        this.admission = admission;
        this.gate = new AcceptGate(settings.door());
        this.handshakes = new TlsStage.Handshakes(
                settings.handshakeTimeout(),
                context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(HANDSHAKE_DISPATCHER)));
        Binding.Port port = Binding.bind(context.getSystem(), settings, this::incoming);
        context.pipeToSelf(
                port.opened(),
                (bound, failure) -> failure == null ? new Bound(bound) : new NotBound(Binding.why(failure)));
        context.pipeToSelf(
                port.ended(), (done, failure) -> new Ended(failure == null ? "it was closed" : Binding.why(failure)));
    }

    /** On any thread. */
    private CompletionStage<Done> incoming(Tcp.IncomingConnection connection) {
        CompletableFuture<Done> next = new CompletableFuture<>();
        self.tell(new Incoming(connection, next));
        return next;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Incoming.class, this::onIncoming)
                .onMessage(ClientEnded.class, this::onClientEnded)
                .onMessage(Freed.class, this::onFreed)
                .onMessage(Bound.class, this::onBound)
                .onMessage(NotBound.class, this::onNotBound)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(Drain.class, this::onDrain)
                .onMessage(HandshakeFailed.class, this::onHandshakeFailed)
                .onMessageEquals(Tick.FILES, this::onFiles)
                .onMessageEquals(Tick.REFUSALS, this::onRefusals)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onBound(Bound bound) {
        binding = Optional.of(bound.binding);
        LOG.info("listening: {} on {}", settings.door(), bound.binding.localAddress());
        replyTo.tell(new Listening(settings.door(), bound.binding.localAddress()));
        getContext().scheduleOnce(AcceptGate.INTERVAL, self, Tick.FILES);
        return draining.isPresent() ? onDrain(draining.get()) : this;
    }

    private Behavior<Command> onNotBound(NotBound notBound) {
        replyTo.tell(
                new CannotListen(settings.door(), settings.settings(), settings.host(), settings.port(), notBound.why));
        return Behaviors.stopped();
    }

    /** Nobody could connect any more, and nobody would notice: it fails, and so does the server. */
    private Behavior<Command> onEnded(Ended ended) {
        if (binding.isPresent() && draining.isEmpty()) {
            throw new IllegalStateException(settings.door() + " accepts no more connections: " + ended.why);
        }
        return this;
    }

    private Behavior<Command> onIncoming(Incoming incoming) {
        InetSocketAddress peer = incoming.connection.remoteAddress();
        Optional<String> refusal = draining.isPresent()
                ? draining.map(Drain::text)
                : admission.enter(peer.getAddress(), System.nanoTime());
        if (refusal.isPresent()) {
            refused(peer, refusal.get());
            Outbox outbox = new Outbox(settings.sendQueueBytes());
            ReadWindow intake = new ReadWindow(settings.readAheadBytes());
            outbox.cutOff(
                    settings.certificate().isPresent()
                            ? ACCESS_DENIED
                            : dialects.get().lastWords(refusal.get()));
            connect(incoming.connection.flow(), getContext().getSystem().ignoreRef(), outbox, intake, dispatcher());
        } else {
            Outbox outbox = new Outbox(settings.sendQueueBytes(), admission.outboxes());
            admit(incoming.connection, peer, outbox, new ReadWindow(settings.readAheadBytes(), admission.intakes()));
        }
        gate.accepted(incoming.next);
        return this;
    }

    private void refused(InetSocketAddress peer, String why) {
        refusals.refused(peer.getAddress(), why).ifPresent(LOG::info);
        if (!countingRefusals) {
            countingRefusals = true;
            getContext().scheduleOnce(settings.refusalsEvery(), self, Tick.REFUSALS);
        }
    }

    private Behavior<Command> onRefusals() {
        refusals.summary().forEach(LOG::info);
        countingRefusals = !refusals.isEmpty();
        if (countingRefusals) {
            getContext().scheduleOnce(settings.refusalsEvery(), self, Tick.REFUSALS);
        }
        return this;
    }

    private Behavior<Command> onHandshakeFailed(HandshakeFailed failed) {
        refused(failed.peer, failed.why);
        return this;
    }

    private Behavior<Command> onFiles() {
        gate.check();
        getContext().scheduleOnce(AcceptGate.INTERVAL, self, Tick.FILES);
        return this;
    }

    private Behavior<Command> onStopped() {
        gate.close();
        refusals.summary().forEach(LOG::info);
        return this;
    }

    private void admit(Tcp.IncomingConnection connection, InetSocketAddress peer, Outbox outbox, ReadWindow intake) {
        String dispatcher = dispatcher();
        Seat seat = new Seat(peer.getAddress(), outbox);
        boolean guarded = admission.limits(peer.getAddress()).flood();
        ActorRef<ClientActor.Command> client = getContext()
                .spawnAnonymous(
                        ClientActor.create(
                                guarded ? services : unguarded,
                                dialects.get(),
                                new Peer(peer, settings.certificate().isPresent()),
                                outbox,
                                intake,
                                admission.allowance(peer.getAddress(), System.nanoTime()),
                                () -> self.tell(new Freed(seat))),
                        DispatcherSelector.fromConfig(dispatcher));
        getContext().watchWith(client, new ClientEnded(seat));
        clients++;
        connect(socket(connection, peer, intake), client, outbox, intake, dispatcher);
    }

    /** With TLS, where there is a certificate. */
    private Flow<ByteString, ByteString, NotUsed> socket(
            Tcp.IncomingConnection connection, InetSocketAddress peer, ReadWindow intake) {
        return settings.certificate()
                .map(certificate -> TlsStage.over(
                        connection.flow(),
                        certificate.engine(),
                        handshakes,
                        failed -> self.tell(new HandshakeFailed(peer, String.valueOf(failed.getMessage()))),
                        intake::encrypted))
                .orElseGet(connection::flow);
    }

    private void connect(
            Flow<ByteString, ByteString, NotUsed> socket,
            ActorRef<ClientActor.Command> client,
            Outbox outbox,
            ReadWindow intake,
            String dispatcher) {
        Framer framer = settings.framing().framer(settings.maxLineBytes());
        ConnectionStage.between(socket, client, outbox, intake, framer, dispatcher)
                .run(materializer);
    }

    /** A connection and its client stay on one thread; the threads take turns. */
    private String dispatcher() {
        List<String> all = settings.dispatchers();
        return all.get(Math.floorMod(accepted++, all.size()));
    }

    private Behavior<Command> onClientEnded(ClientEnded ended) {
        clients--;
        free(ended.seat);
        ended.seat.outbox.finish(); // nothing, unless the client failed before it could say so
        return draining.isPresent() && clients == 0 ? Behaviors.stopped() : this;
    }

    private Behavior<Command> onFreed(Freed freed) {
        free(freed.seat);
        return this;
    }

    private void free(Seat seat) {
        if (seat.taken) {
            seat.taken = false;
            admission.leave(seat.address);
        }
    }

    private Behavior<Command> onDrain(Drain drain) {
        draining = Optional.of(drain);
        binding.ifPresent(Tcp.ServerBinding::unbind);
        getContext()
                .getChildren()
                .forEach(client ->
                        client.<ClientActor.Command>unsafeUpcast().tell(new ClientActor.Shutdown(drain.text)));
        return clients == 0 ? Behaviors.stopped() : this;
    }
}
