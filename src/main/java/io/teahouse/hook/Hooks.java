package io.teahouse.hook;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the webhooks of a server, and changes them while it runs. A hook that fails is started again, and affects nobody else. */
public final class Hooks extends AbstractBehavior<Hooks.Command> {
    public sealed interface Command {}

    /** The settings have changed. Hooks that are as before go on undisturbed. */
    public record Change(HookSettings settings) implements Command {}

    /**
     * What the hooks work on.
     *
     * @param dispatcher the name of the one for these actors and their connections, which is not that of the chat
     * @param incoming passes on what programs post
     */
    public record Parts(
            String dispatcher,
            ActorRef<RoomDirectory.Command> rooms,
            HookQueue queue,
            IncomingHooks incoming,
            HookTotals totals) {}

    /** The member of a room that a hook is. */
    private sealed interface Member {}

    private record Speaker(String id, Nick name, RoomName room) implements Member {}

    /** @param hook with this room alone, so that a change of the others does not matter */
    private record Listener(HookSettings.Outgoing hook, RoomName room) implements Member {}

    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_RESTART_PAUSE = Duration.ofMinutes(1);
    private static final double RESTART_JITTER = 0.2;

    private final Parts parts;
    private final Map<Speaker, ActorRef<IncomingHookActor.Command>> speakers = new HashMap<>();
    private final Map<Listener, ActorRef<OutgoingHookActor.Command>> listeners = new HashMap<>();

    /** Those that leave their rooms. Others may have their names when they are gone. */
    private final Set<ActorRef<?>> leaving = new LinkedHashSet<>();

    private final AtomicReference<HookSettings.Sending> sending;
    private HookSettings settings;
    private Optional<EventSender> sender = Optional.empty();

    public static Behavior<Command> create(HookSettings settings, Parts parts) {
        return Behaviors.setup(context -> new Hooks(context, settings, parts));
    }

    private Hooks(ActorContext<Command> context, HookSettings settings, Parts parts) {
        super(context);
        this.parts = parts;
        this.settings = settings;
        this.sending = new AtomicReference<>(settings.sending());
        start();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Change.class, this::onChange)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Command> onChange(Change change) {
        settings = change.settings;
        sending.set(settings.sending());
        stopOthers(speakers, wantedSpeakers());
        stopOthers(listeners, wantedListeners());
        if (leaving.isEmpty()) {
            start();
        }
        return this;
    }

    private <M extends Member, C> void stopOthers(Map<M, ActorRef<C>> running, Set<M> wanted) {
        running.entrySet().removeIf(each -> {
            boolean stops = !wanted.contains(each.getKey());
            if (stops) {
                leaving.add(each.getValue());
                getContext().stop(each.getValue());
            }
            return stops;
        });
    }

    private Behavior<Command> onTerminated(Terminated ended) {
        if (leaving.remove(ended.getRef()) && leaving.isEmpty()) {
            start();
        }
        return this;
    }

    private Set<Speaker> wantedSpeakers() {
        Set<Speaker> wanted = new LinkedHashSet<>();
        settings.incoming().forEach(hook -> wanted.add(speaker(hook)));
        return wanted;
    }

    private static Speaker speaker(HookSettings.Incoming hook) {
        return new Speaker(hook.id(), hook.name(), hook.room());
    }

    private Set<Listener> wantedListeners() {
        Set<Listener> wanted = new LinkedHashSet<>();
        for (HookSettings.Outgoing hook : settings.outgoing()) {
            hook.rooms().forEach(room -> wanted.add(new Listener(hook.withRooms(List.of(room)), room)));
        }
        return wanted;
    }

    /** Starts those that are missing. */
    private void start() {
        parts.queue
                .retain(settings.outgoing().stream()
                        .map(HookSettings.Outgoing::id)
                        .toList())
                .exceptionally(why -> {
                    LOG.warn("what waits for webhooks that are gone could not be deleted: {}", why.toString());
                    return null;
                });
        Map<String, IncomingHooks.Running> incoming = new HashMap<>();
        for (HookSettings.Incoming hook : settings.incoming()) {
            ActorRef<IncomingHookActor.Command> actor =
                    speakers.computeIfAbsent(speaker(hook), any -> spawn(IncomingHookActor.create(hook, parts.rooms)));
            incoming.put(hook.id(), new IncomingHooks.Running(hook, actor));
        }
        parts.incoming.replace(incoming, settings.receiving());
        for (Listener each : wantedListeners()) {
            listeners.computeIfAbsent(each, any -> spawn(listen(each)));
        }
    }

    private Behavior<OutgoingHookActor.Command> listen(Listener listener) {
        EventSender with = sender.orElseGet(() -> new HttpSender(
                getContext().getSystem(), parts.dispatcher, sending::get, HttpSender::lookUp, trusted()));
        sender = Optional.of(with);
        return OutgoingHookActor.create(
                new OutgoingHookActor.Parts(parts.rooms, parts.queue, with, sending::get, parts.totals),
                listener.hook,
                listener.room);
    }

    private <C> ActorRef<C> spawn(Behavior<C> hook) {
        ActorRef<C> actor = getContext()
                .spawnAnonymous(
                        Behaviors.supervise(hook)
                                .onFailure(SupervisorStrategy.restartWithBackoff(
                                        RESTART_PAUSE, LONGEST_RESTART_PAUSE, RESTART_JITTER)),
                        DispatcherSelector.fromConfig(parts.dispatcher));
        getContext().watch(actor);
        return actor;
    }

    /** The authorities that the JVM trusts. */
    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
