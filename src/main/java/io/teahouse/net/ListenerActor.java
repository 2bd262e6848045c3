package io.teahouse.net;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import akka.stream.javadsl.Tcp;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Dialect;
import io.teahouse.client.Intake;
import io.teahouse.client.Outbox;
import io.teahouse.client.Peer;
import io.teahouse.client.Services;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
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

    private record Incoming(Tcp.IncomingConnection connection) implements Command {}

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

    private final ListenerSettings settings;
    private final Services services;
    private final Services unguarded;
    private final Supplier<Dialect> dialects;
    private final ActorRef<Status> replyTo;
    private final Materializer materializer;
    private final Admission admission;
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
        this.materializer = SystemMaterializer.get(context.getSystem()).materializer();
        this.admission = admission;
        ActorRef<Command> self = context.getSelf();
        context.pipeToSelf(
                Binding.bind(context.getSystem(), settings, connection -> self.tell(new Incoming(connection))),
                (bound, failure) -> failure == null ? new Bound(bound) : new NotBound(Binding.why(failure)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Incoming.class, this::onIncoming)
                .onMessage(ClientEnded.class, this::onClientEnded)
                .onMessage(Freed.class, this::onFreed)
                .onMessage(Bound.class, this::onBound)
                .onMessage(NotBound.class, this::onNotBound)
                .onMessage(Drain.class, this::onDrain)
                .build();
    }

    private Behavior<Command> onBound(Bound bound) {
        binding = Optional.of(bound.binding);
        LOG.info("listening: {} on {}", settings.door(), bound.binding.localAddress());
        replyTo.tell(new Listening(settings.door(), bound.binding.localAddress()));
        return draining.isPresent() ? onDrain(draining.get()) : this;
    }

    private Behavior<Command> onNotBound(NotBound notBound) {
        replyTo.tell(
                new CannotListen(settings.door(), settings.settings(), settings.host(), settings.port(), notBound.why));
        return Behaviors.stopped();
    }

    private Behavior<Command> onIncoming(Incoming incoming) {
        InetSocketAddress peer = incoming.connection.remoteAddress();
        Optional<String> refusal = draining.isPresent()
                ? draining.map(Drain::text)
                : admission.enter(peer.getAddress(), System.nanoTime());
        Outbox outbox = new Outbox(settings.sendQueueBytes());
        Intake intake = new Intake(settings.readAheadBytes());
        if (refusal.isPresent()) {
            LOG.info("refused: {}: {}", peer, refusal.get());
            outbox.cutOff(dialects.get().lastWords(refusal.get()));
            connect(incoming.connection, getContext().getSystem().ignoreRef(), outbox, intake, dispatcher());
        } else {
            admit(incoming.connection, peer, outbox, intake);
        }
        return this;
    }

    private void admit(Tcp.IncomingConnection connection, InetSocketAddress peer, Outbox outbox, Intake intake) {
        String dispatcher = dispatcher();
        ActorRef<Command> self = getContext().getSelf();
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
                                () -> self.tell(new Freed(seat))),
                        DispatcherSelector.fromConfig(dispatcher));
        getContext().watchWith(client, new ClientEnded(seat));
        clients++;
        connect(connection, client, outbox, intake, dispatcher);
    }

    private void connect(
            Tcp.IncomingConnection connection,
            ActorRef<ClientActor.Command> client,
            Outbox outbox,
            Intake intake,
            String dispatcher) {
        Framer framer =
                settings.chunks() ? new ChunkFramer(settings.maxLineBytes()) : new LineFramer(settings.maxLineBytes());
        ConnectionStage.between(connection.flow(), client, outbox, intake, framer, dispatcher)
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
