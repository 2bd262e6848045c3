package io.teahouse.net;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.Scheduler;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
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
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listening port: accepts connections, over TLS if it has a certificate, and asks its {@link ConnectionHost} to
 * admit each. Logs the refused ones.
 */
public final class ListenerActor extends AbstractBehavior<ListenerActor.Command> {
    public sealed interface Command {}

    /** Accepts no more connections, notifies the clients, and stops when the last one has ended. */
    public record Drain(ConnectionHost.Drain how) implements Command {
        /** All clients at once. */
        public Drain(String text) {
            this(new ConnectionHost.Drain(text));
        }
    }

    private record Bound(Tcp.ServerBinding binding) implements Command {}

    private record NotBound(String why) implements Command {}

    /** No more connections are accepted. */
    private record Ended(String why) implements Command {}

    /** @param next to be completed when the next one may be accepted */
    private record Incoming(Tcp.IncomingConnection connection, CompletableFuture<Done> next) implements Command {}

    /**
     * A connection that the host is asked about.
     *
     * @param socket empty if it was not noted
     */
    private record Asked(Incoming incoming, Optional<SocketChannel> socket) {}

    private record Decided(ConnectionHost.Decision decision) implements Command {}

    /** An accepted connection got nowhere: its TLS handshake failed, or its negotiation ended in a refusal. */
    private record RefusedLater(InetAddress peer, String why) implements Command {}

    private enum Tick implements Command {
        /** Checks whether there are files for more connections. */
        FILES,
        /** Logs the number of refused connections. */
        REFUSALS
    }

    /** The result of the attempt to listen; sent once. */
    public sealed interface Status {
        String door();
    }

    public record Listening(String door, InetSocketAddress address) implements Status {}

    public record CannotListen(String door, String settings, String host, int port, String why) implements Status {
        /**
         * Names the cause of a failure to bind.
         *
         * @param settings the names of those that say where it listens
         */
        public static CannotListen because(Throwable failure, String door, String settings, String host, int port) {
            return new CannotListen(door, settings, host, port, Binding.why(failure));
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ListenerActor.class);

    /** "access_denied", as an alert of TLS (RFC 8446 §6.2), before any handshake. */
    private static final ByteString ACCESS_DENIED = ByteString.fromInts(0x15, 3, 3, 0, 2, 2, 49);

    /** How long the host may take to admit a connection behind a proxy. */
    private static final Duration ADMISSION_TIMEOUT = Duration.ofSeconds(5);

    /** Runs the computations of TLS handshakes, which take milliseconds, apart from the chat. */
    private static final String HANDSHAKE_DISPATCHER = "teahouse-handshake-dispatcher";

    private final ActorRef<Command> self;
    private final ActorRef<ClientActor.Command> nobody;
    private final ListenerSettings settings;
    private final Optional<ProxyHeader> proxyHeader;
    private final boolean isHeaderOptional;
    private final ActorRef<Status> replyTo;
    private final ActorRef<ConnectionHost.Command> host;
    private final ActorRef<ConnectionHost.Decision> decisions;
    private final Streams streams;
    private final RefusalLog refusals = new RefusalLog();
    private final AcceptedSockets sockets = new AcceptedSockets();
    private final AcceptGate gate;
    private final TlsStage.Handshakes handshakes;
    private final NegotiationStage.Refusals later;
    private boolean countingRefusals;
    private Optional<Tcp.ServerBinding> binding = Optional.empty();

    /**
     * The connection that the host is asked about; there is at most one, because the next is accepted only after it.
     */
    private Optional<Asked> asked = Optional.empty();

    private boolean draining;

    /**
     * A listener that binds its port at once.
     *
     * @param admission shared by all listeners
     * @param dialects creates one per connection
     * @param replyTo gets the result of the attempt to listen
     */
    public static Behavior<Command> create(
            ListenerSettings settings,
            Admission admission,
            Services services,
            Supplier<Dialect> dialects,
            ActorRef<Status> replyTo) {
        return create(settings, ConnectionHost.create(settings.connections(), admission, services, dialects), replyTo);
    }

    /**
     * A listener with a host of its own.
     *
     * @param host started by the listener
     */
    public static Behavior<Command> create(
            ListenerSettings settings, Behavior<ConnectionHost.Command> host, ActorRef<Status> replyTo) {
        return Behaviors.setup(context -> new ListenerActor(context, settings, host, Optional.empty(), false, replyTo));
    }

    /**
     * A listener for TLS behind proxies that pass it on as it is.
     *
     * @param header what connections from trusted proxies begin with, before the handshake
     * @param isOptional whether such a connection may also begin with the handshake
     */
    public static Behavior<Command> create(
            ListenerSettings settings,
            Behavior<ConnectionHost.Command> host,
            ProxyHeader header,
            boolean isOptional,
            ActorRef<Status> replyTo) {
        return Behaviors.setup(
                context -> new ListenerActor(context, settings, host, Optional.of(header), isOptional, replyTo));
    }

    private ListenerActor(
            ActorContext<Command> context,
            ListenerSettings settings,
            Behavior<ConnectionHost.Command> host,
            Optional<ProxyHeader> proxyHeader,
            boolean isOptional,
            ActorRef<Status> replyTo) {
        super(context);
        this.settings = settings;
        this.proxyHeader = proxyHeader;
        this.isHeaderOptional = isOptional;
        this.replyTo = replyTo;
        this.self = context.getSelf();
        this.nobody = context.getSystem().ignoreRef();
        this.host = context.spawn(host, "connections");
        context.watch(this.host);
        this.decisions = context.messageAdapter(ConnectionHost.Decision.class, Decided::new);
        this.streams = new Streams(context.getSystem());
        this.later = (peer, why) -> self.tell(new RefusedLater(peer, why));
        this.gate = new AcceptGate(settings.door());
        this.handshakes = new TlsStage.Handshakes(
                settings.handshakeTimeout(), context.getSystem().dispatchers().lookup(handshakes(context.getSystem())));
        Binding.Port port = Binding.bind(context.getSystem(), settings, sockets, this::incoming);
        context.pipeToSelf(
                port.opened(),
                (bound, failure) -> failure == null ? new Bound(bound) : new NotBound(Binding.why(failure)));
        context.pipeToSelf(
                port.ended(), (done, failure) -> new Ended(failure == null ? "it was closed" : Binding.why(failure)));
    }

    /** An application may have no such dispatcher. */
    private static DispatcherSelector handshakes(ActorSystem<?> system) {
        return system.settings().config().hasPath(HANDSHAKE_DISPATCHER)
                ? DispatcherSelector.fromConfig(HANDSHAKE_DISPATCHER)
                : DispatcherSelector.blocking();
    }

    /** Called on any thread. */
    private CompletionStage<Done> incoming(Tcp.IncomingConnection connection) {
        CompletableFuture<Done> next = new CompletableFuture<>();
        self.tell(new Incoming(connection, next));
        return next;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Incoming.class, this::onIncoming)
                .onMessage(Decided.class, this::onDecided)
                .onMessage(Bound.class, this::onBound)
                .onMessage(NotBound.class, this::onNotBound)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(Drain.class, this::onDrain)
                .onMessage(RefusedLater.class, this::onRefusedLater)
                .onMessageEquals(Tick.FILES, this::onFiles)
                .onMessageEquals(Tick.REFUSALS, this::onRefusals)
                .onSignal(Terminated.class, ended -> onHostEnded())
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onBound(Bound bound) {
        binding = Optional.of(bound.binding);
        LOG.info("listening: {} on {}", settings.door(), bound.binding.localAddress());
        replyTo.tell(new Listening(settings.door(), bound.binding.localAddress()));
        getContext().scheduleOnce(AcceptGate.INTERVAL, self, Tick.FILES);
        if (draining) {
            bound.binding.unbind();
        }
        return this;
    }

    private Behavior<Command> onNotBound(NotBound notBound) {
        replyTo.tell(
                new CannotListen(settings.door(), settings.settings(), settings.host(), settings.port(), notBound.why));
        return Behaviors.stopped();
    }

    /** Fails, and the server with it: otherwise nobody could connect and nobody would notice. */
    private Behavior<Command> onEnded(Ended ended) {
        if (binding.isPresent() && !draining) {
            throw new IllegalStateException(settings.door() + " accepts no more connections: " + ended.why);
        }
        return this;
    }

    private Behavior<Command> onIncoming(Incoming incoming) {
        Optional<AcceptedSockets.Accepted> socket = sockets.take(incoming.connection);
        InetAddress address = incoming.connection.remoteAddress().getAddress();
        Optional<ProxyHeader> header = proxyHeader.filter(each -> each.isProxy(address));
        if (header.isPresent()) {
            runProxied(incoming.connection, header.get(), socket.flatMap(AcceptedSockets.Accepted::dispatcher));
            gate.accepted(incoming.next);
            return this;
        }
        asked = Optional.of(new Asked(incoming, socket.map(AcceptedSockets.Accepted::channel)));
        host.tell(new ConnectionHost.Admit(
                peer(incoming.connection), socket.flatMap(AcceptedSockets.Accepted::dispatcher), decisions));
        return this;
    }

    private Peer peer(Tcp.IncomingConnection connection) {
        return new Peer(connection.remoteAddress(), settings.certificate().isPresent(), settings.door());
    }

    private Behavior<Command> onDecided(Decided decided) {
        Incoming incoming = asked.orElseThrow().incoming;
        Optional<SocketChannel> socket = asked.get().socket.filter(channel -> settings.writesDirectly());
        asked = Optional.empty();
        if (decided.decision instanceof ConnectionHost.Refused refused) {
            refused(incoming.connection.remoteAddress().getAddress(), refused.why());
            farewell(refused)
                    .run(incoming.connection.flow(), Optional.empty(), streams, NegotiationStage.Refusals.NONE);
        } else {
            HostedConnection connection = decided.decision.connection();
            connection.run(socket(incoming.connection, connection), socket, streams, later);
        }
        gate.accepted(incoming.next);
        return this;
    }

    /** The host is asked when the header has been read, so that a slow proxy delays nobody. */
    private void runProxied(Tcp.IncomingConnection incoming, ProxyHeader header, Optional<String> thread) {
        Scheduler scheduler = getContext().getSystem().scheduler(); // the stream asks on another thread
        ConnectionSettings connections = settings.connections();
        String dispatcher = thread.orElse(connections.dispatchers().get(0));
        ProxiedTls negotiation = new ProxiedTls(
                header,
                isHeaderOptional,
                peer -> Flow.completionStageFlow(AskPattern.<ConnectionHost.Command, ConnectionHost.Decision>ask(
                                        host,
                                        decision -> new ConnectionHost.Admit(peer, Optional.of(dispatcher), decision),
                                        ADMISSION_TIMEOUT,
                                        scheduler)
                                .thenApply(decision -> overTls(decision, peer)))
                        .mapMaterializedValue(later -> NotUsed.getInstance()),
                dispatcher);
        ConnectionParts parts = new ConnectionParts(
                nobody,
                new Outbox(connections.sendQueueBytes()),
                new ReadWindow(connections.readAheadBytes()),
                NegotiationStage.NO_LINES,
                Optional.empty(),
                null);
        Peer proxy = peer(incoming);
        NegotiationStage.Beginning beginning =
                new NegotiationStage.Beginning(parts, negotiation, proxy, new ProxiedTls.NoPlace(), later);
        new HostedConnection(beginning, dispatcher).run(incoming.flow(), Optional.empty(), streams, later);
    }

    /** Called on any thread. */
    private Flow<ByteString, ByteString, NotUsed> overTls(ConnectionHost.Decision decision, Peer peer) {
        InetAddress address = peer.address().getAddress();
        if (decision instanceof ConnectionHost.Refused refused) {
            later.refused(address, refused.why());
            return farewell(refused).flow();
        }
        HostedConnection connection = decision.connection();
        return connection
                .flow(later)
                .join(TlsStage.below(
                        settings.certificate().orElseThrow().engine(settings.protocol()),
                        handshakes,
                        failed -> later.refused(address, String.valueOf(failed.getMessage())),
                        connection::holds));
    }

    /** A TLS client is refused before any handshake, so it could not read a reason in the door's dialect. */
    private HostedConnection farewell(ConnectionHost.Refused refused) {
        if (settings.certificate().isEmpty()) {
            return refused.connection();
        }
        ConnectionSettings connections = settings.connections();
        return HostedConnection.farewell(
                ACCESS_DENIED, connections, connections.dispatchers().get(0), nobody);
    }

    /** The transport, with TLS if there is a certificate. */
    private Flow<ByteString, ByteString, NotUsed> socket(Tcp.IncomingConnection incoming, HostedConnection connection) {
        return settings.certificate()
                .map(certificate -> TlsStage.over(
                        incoming.flow(),
                        certificate.engine(settings.protocol()),
                        handshakes,
                        failed -> self.tell(new RefusedLater(
                                incoming.remoteAddress().getAddress(), String.valueOf(failed.getMessage()))),
                        connection::holds))
                .orElseGet(incoming::flow);
    }

    private void refused(InetAddress peer, String why) {
        refusals.refused(peer, why).ifPresent(LOG::info);
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

    private Behavior<Command> onRefusedLater(RefusedLater later) {
        refused(later.peer, later.why);
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

    private Behavior<Command> onDrain(Drain drain) {
        draining = true;
        binding.ifPresent(Tcp.ServerBinding::unbind);
        host.tell(drain.how);
        return this;
    }

    private Behavior<Command> onHostEnded() {
        if (!draining) {
            throw new IllegalStateException(settings.door() + " can serve no connections: their host has ended");
        }
        return Behaviors.stopped();
    }
}
