package io.teahouse.hook;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the webhooks of a server. */
public final class Hooks {
    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_RESTART_PAUSE = Duration.ofMinutes(1);
    private static final double RESTART_JITTER = 0.2;

    private final ActorContext<?> context;
    private final String dispatcher;
    private final HookSettings settings;
    private final ActorRef<RoomDirectory.Command> rooms;
    private final HookTotals totals;

    /**
     * Starts nothing yet.
     *
     * @param context spawns their actors; one that fails is restarted, and affects nobody else
     * @param dispatcher the name of the one for these actors and their connections, which is not that of the chat
     */
    public Hooks(
            ActorContext<?> context,
            String dispatcher,
            HookSettings settings,
            ActorRef<RoomDirectory.Command> rooms,
            HookTotals totals) {
        this.context = context;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.rooms = rooms;
        this.totals = totals;
    }

    /** Starts those by which programs say something. */
    public IncomingHooks startIncoming() {
        Map<String, IncomingHooks.Running> running = new HashMap<>();
        for (HookSettings.Incoming hook : settings.incoming()) {
            running.put(hook.id(), new IncomingHooks.Running(hook, spawn(IncomingHookActor.create(hook, rooms))));
        }
        return new IncomingHooks(context.getSystem(), running, settings.receiving(), System::nanoTime, totals);
    }

    /** Starts those by which programs are told. */
    public void startOutgoing(HookQueue queue) {
        queue.retain(settings.outgoing().stream().map(HookSettings.Outgoing::id).toList())
                .exceptionally(why -> {
                    LOG.warn("what waits for webhooks that are gone could not be deleted: {}", why.toString());
                    return null;
                });
        if (settings.outgoing().isEmpty()) {
            return;
        }
        EventSender sender =
                new HttpSender(context.getSystem(), dispatcher, settings.sending(), HttpSender::lookUp, trusted());
        OutgoingHookActor.Parts parts = new OutgoingHookActor.Parts(rooms, queue, sender, settings.sending(), totals);
        for (HookSettings.Outgoing hook : settings.outgoing()) {
            for (RoomName room : hook.rooms()) {
                spawn(OutgoingHookActor.create(parts, hook, room));
            }
        }
    }

    private <C> ActorRef<C> spawn(Behavior<C> hook) {
        return context.spawnAnonymous(
                Behaviors.supervise(hook)
                        .onFailure(SupervisorStrategy.restartWithBackoff(
                                RESTART_PAUSE, LONGEST_RESTART_PAUSE, RESTART_JITTER)),
                DispatcherSelector.fromConfig(dispatcher));
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
