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
import io.teahouse.client.Outbox;
import io.teahouse.client.Peer;
import io.teahouse.client.ReadWindow;
import io.teahouse.client.Services;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Hosts the connections of one door, over any transport: admits them, and gives each one a {@link ClientActor} and the
 * stream between client and transport. {@link ListenerActor} uses it for TCP.
 *
 * <p>A connection stops counting when it or its client has ended, whether the client had a name or not. A stream that
 * is never run ends by the time limit for giving a name.
 */
public final class ConnectionHost extends AbstractBehavior<ConnectionHost.Command> {
    public sealed interface Command {}

    /**
     * A peer wants to connect. Answered by a {@link Decision}.
     *
     * @param peer limits per address use its address, which must be resolved
     */
    public record Admit(Peer peer, ActorRef<Decision> replyTo) implements Command {}

    /** Admits no more connections, notifies the clients, and stops when the last one has ended. */
    public record Drain(String text) implements Command {}

    /** The answer to a peer that wants to connect. */
    public sealed interface Decision {
        /** The stream to run with the transport. */
        HostedConnection connection();
    }

    /** The peer is admitted. Its client has started, and waits for the connection to run. */
    public record Admitted(HostedConnection connection) implements Decision {}

    /**
     * The peer is refused.
     *
     * @param why one line for the user
     * @param connection has no client: it writes the reason in the door's dialect, and completes; it need not run
     */
    public record Refused(String why, HostedConnection connection) implements Decision {}

    /** The place of one connection, which is released once; sent to this actor when the client has ended. */
    private record Seat(InetAddress address, Outbox outbox) implements Command {}

    private final ActorRef<ClientActor.Command> nobody;
    private final ConnectionSettings settings;
    private final Admission admission;
    private final Services services;
    private final Services unguarded;
    private final Supplier<Dialect> dialects;

    /** The reason why no connection is admitted any more. */
    private Optional<String> draining = Optional.empty();

    /** One per dispatcher, since each client's actor keeps the one that it is started with. */
    private final Map<String, DispatcherSelector> selectors = new HashMap<>();

    private int decided;

    /** Clients that were admitted and have not ended; they are the children of this actor, and it has no others. */
    private int clients;

    /**
     * A host without a transport.
     *
     * @param admission shared by all hosts
     * @param dialects creates one per connection
     */
    public static Behavior<Command> create(
            ConnectionSettings settings, Admission admission, Services services, Supplier<Dialect> dialects) {
        return Behaviors.setup(context -> new ConnectionHost(context, settings, admission, services, dialects));
    }

    private ConnectionHost(
            ActorContext<Command> context,
            ConnectionSettings settings,
            Admission admission,
            Services services,
            Supplier<Dialect> dialects) {
        super(context);
        this.nobody = context.getSystem().ignoreRef();
        this.settings = settings;
        this.admission = admission;
        this.services = services;
        this.unguarded = services.withoutFloodGuard();
        this.dialects = dialects;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Admit.class, this::onAdmit)
                .onMessage(Seat.class, this::onClientEnded)
                .onMessage(Drain.class, this::onDrain)
                .build();
    }

    private Behavior<Command> onAdmit(Admit admit) {
        InetAddress address = admit.peer.address().getAddress();
        Optional<String> refusal = draining.isPresent() ? draining : admission.enter(address, System.nanoTime());
        admit.replyTo.tell(refusal.isPresent() ? refuse(refusal.get()) : admit(admit.peer));
        return this;
    }

    private Refused refuse(String why) {
        ByteString lastWords = dialects.get().lastWords(why);
        return new Refused(why, HostedConnection.farewell(lastWords, settings, dispatcher(), nobody));
    }

    private Admitted admit(Peer peer) {
        InetAddress address = peer.address().getAddress();
        Outbox outbox = new Outbox(settings.sendQueueBytes(), admission.outboxes());
        ReadWindow readWindow = new ReadWindow(settings.readAheadBytes(), admission.readWindows());
        String dispatcher = dispatcher();
        Seat seat = new Seat(address, outbox);
        ActorRef<ClientActor.Command> client = getContext()
                .spawnAnonymous(
                        ClientActor.create(
                                admission.limits(address).flood() ? services : unguarded,
                                dialects.get(),
                                peer,
                                outbox,
                                readWindow,
                                admission.allowance(address, System.nanoTime())),
                        selectors.computeIfAbsent(dispatcher, DispatcherSelector::fromConfig));
        getContext().watchWith(client, seat);
        clients++;
        return new Admitted(new HostedConnection(client, outbox, readWindow, settings, dispatcher));
    }

    /** A connection and its client stay on one thread; the threads take turns. */
    private String dispatcher() {
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
        return draining.isPresent() && clients == 0 ? Behaviors.stopped() : this;
    }

    private Behavior<Command> onDrain(Drain drain) {
        draining = Optional.of(drain.text);
        getContext()
                .getChildren()
                .forEach(client ->
                        client.<ClientActor.Command>unsafeUpcast().tell(new ClientActor.Shutdown(drain.text)));
        return clients == 0 ? Behaviors.stopped() : this;
    }
}
