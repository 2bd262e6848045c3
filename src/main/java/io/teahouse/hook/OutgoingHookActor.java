package io.teahouse.hook;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.hook.HookQueue.Waiting;
import io.teahouse.room.Anchor;
import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.member.Presence;
import io.teahouse.room.support.IdGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver what happens in one room, in the room's order, one event at a time. It is a member of the room and reads the room's
 * log from its own {@linkplain HookQueue position} on, so that a receiver that does not answer costs the room nothing.
 */
final class OutgoingHookActor extends AbstractBehavior<OutgoingHookActor.Command> implements Presence.Owner {
    sealed interface Command {}

    private record InRoom(Presence.Signal signal) implements Command {}

    /** @param attempt see {@link #loads} */
    private record Loaded(int attempt, Optional<HookQueue.Stored> stored) implements Command {}

    private record Answered(String failure) implements Command {}

    private enum Retry implements Command {
        LOAD,
        READ,
        SEND
    }

    /**
     * What all outgoing hooks share.
     *
     * @param settings of the moment
     */
    record Parts(
            ActorRef<RoomDirectory.Command> rooms,
            HookQueue queue,
            EventSender sender,
            Supplier<HookSettings.Sending> settings,
            HookTotals totals) {}

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingHookActor.class);

    /** Until the store is asked again. */
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final Parts parts;
    private final HookSettings.Outgoing hook;
    private final RoomName room;
    private final TimerScheduler<Command> timers;
    private final Presence<Command> presence;
    private Backlog backlog;

    /** How often the store was asked for the position: only the last answer counts. */
    private int loads;

    /** The hook of another node may have been in the room since the position was read. */
    private boolean outdated;

    /** The last seq when the hook entered the room, while the position is read again. */
    private OptionalLong rereading = OptionalLong.empty();

    /** What has happened in the room since then. */
    private final Deque<RoomEvent> early = new ArrayDeque<>(0);

    /** Why the hook is not in the room; empty: it is. */
    private String absence = "";

    private Optional<Backlog.Next> sending = Optional.empty();
    private boolean reading;

    /** The number of the last request to read the log, of which there is one at a time. A former room may answer late. */
    private long lastRead = Presence.JOIN;

    private int failures;

    /** Since the last event that was delivered. */
    private long dropped;

    static Behavior<Command> create(Parts parts, HookSettings.Outgoing hook, RoomName room) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new OutgoingHookActor(context, timers, parts, hook, room)));
    }

    private OutgoingHookActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Parts parts,
            HookSettings.Outgoing hook,
            RoomName room) {
        super(context);
        this.parts = parts;
        this.hook = hook;
        this.room = room;
        this.timers = timers;
        this.presence = new Presence<>(context, timers, parts.rooms, room, HookPerson.of(hook), InRoom::new);
        this.backlog = new Backlog(hook.events());
        load();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(InRoom.class, this::onSignal)
                .onMessage(Loaded.class, this::onLoaded)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Retry.class, this::onRetry)
                .onSignal(PreRestart.class, failed -> uncount())
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onStopped() {
        presence.end();
        return uncount();
    }

    private Behavior<Command> uncount() {
        parts.totals.changeWaiting(-backlog.counted());
        return this;
    }

    private void load() {
        int attempt = ++loads;
        getContext()
                .pipeToSelf(
                        parts.queue.load(hook.id(), room.key()),
                        (stored, failure) -> new Loaded(attempt, Optional.ofNullable(stored)));
    }

    private Behavior<Command> onLoaded(Loaded loaded) {
        if (loaded.attempt != loads) {
            return this;
        }
        if (loaded.stored.isEmpty()) {
            timers.startSingleTimer(Retry.LOAD, STORE_PAUSE);
            return this;
        }
        if (rereading.isEmpty()) {
            backlog.restore(loaded.stored.get());
            presence.enter();
        } else {
            uncount();
            backlog = new Backlog(hook.events());
            backlog.restore(loaded.stored.get());
            start(rereading.getAsLong());
            rereading = OptionalLong.empty();
            while (!early.isEmpty()) {
                heard(early.remove());
            }
        }
        return pump();
    }

    private void start(long seq) {
        if (backlog.entered(seq)) {
            store();
        }
    }

    private Behavior<Command> onRetry(Retry what) {
        if (what == Retry.LOAD) {
            load();
            return this;
        }
        return pump();
    }

    private Behavior<Command> onSignal(InRoom in) {
        presence.on(in.signal, this);
        return pump();
    }

    @Override
    public void entered(RoomEvent.Welcome welcome) {
        reading = false;
        absence = "";
        if (outdated) {
            outdated = false;
            rereading = OptionalLong.of(welcome.seq());
            if (sending.isEmpty()) {
                load();
            }
        } else if (rereading.isPresent()) {
            rereading = OptionalLong.of(welcome.seq());
        } else {
            start(welcome.seq());
        }
    }

    @Override
    public void refused() {
        outdated = true;
    }

    @Override
    public void heard(RoomEvent event) {
        if (rereading.isPresent()) {
            early.add(event);
            if (early.size() > parts.settings.get().mostWaiting()) {
                early.remove();
            }
            return;
        }
        if (event instanceof RoomEvent.RoomRenamed renamed
                && !renamed.to().key().equals(room.key())) {
            backlog.startInNewRoom();
            store();
        }
        if (event instanceof Recorded recorded) {
            backlog.recorded(recorded);
        } else if (!presence.isOwn(event)
                && EventJson.type(event).filter(hook.events()::contains).isPresent()) {
            String id = IdGenerator.process().nextText();
            Waiting added = backlog.add("e-" + id, EventJson.unrecorded(event));
            parts.queue.add(hook.id(), room.key(), added).exceptionally(this::notStored);
        }
    }

    @Override
    public void answered(RoomReply reply) {
        if (!reading || reply.number() != lastRead) {
            return;
        }
        reading = false;
        if (reply instanceof RoomReply.Past past && past.known()) {
            backlog.read(past.events(), past.gap());
        } else if (reply instanceof RoomReply.Past) {
            LOG.warn("webhook {}: another room is called {} now; its events are sent from here on", hook.id(), room);
            backlog.startWhereEntered();
            store();
        } else {
            timers.startSingleTimer(Retry.READ, STORE_PAUSE);
        }
    }

    @Override
    public void absent(String why) {
        if (!why.equals(absence)) { // the hook of another node may be there for long
            LOG.warn("webhook {} is not in {}: {}", hook.id(), room, why);
        }
        absence = why;
        reading = false;
    }

    /** Sends the next event, or reads more of the log. */
    private Behavior<Command> pump() {
        if (rereading.isPresent()) {
            return this;
        }
        if (sending.isEmpty()) {
            dropOldest();
        }
        parts.totals.changeWaiting(backlog.countAgain());
        if (sending.isEmpty() && !timers.isTimerActive(Retry.SEND)) {
            sending = backlog.next();
            sending.ifPresent(this::send);
        }
        if (backlog.lacksLog() && !reading && !timers.isTimerActive(Retry.READ)) {
            presence.room().ifPresent(this::read);
        }
        return this;
    }

    private void dropOldest() {
        long now = backlog.dropOldest(parts.settings.get().mostWaiting());
        if (now > 0) {
            if (dropped == 0) {
                LOG.warn(
                        "webhook {}: drops the oldest events of {}, because more than {} wait for {}",
                        hook.id(),
                        room,
                        parts.settings.get().mostWaiting(),
                        url());
            }
            dropped += now;
            parts.totals.countDropped(now);
            store();
        }
    }

    private void read(ActorRef<RoomActor.Command> from) {
        reading = true;
        lastRead++;
        Anchor mark = backlog.readFrom();
        from.tell(new RoomActor.History(
                presence.self(),
                HistoryRange.after(mark, Backlog.PAGE),
                EventType.ALL,
                Instant.EPOCH,
                lastRead,
                presence.replies()));
    }

    private void send(Backlog.Next next) {
        getContext()
                .pipeToSelf(
                        parts.sender.send(hook, next.id(), next.body(), failures),
                        (failure, thrown) -> new Answered(thrown == null ? failure : thrown.toString()));
    }

    private Behavior<Command> onAnswered(Answered answered) {
        if (!answered.failure.isEmpty()) {
            failed(answered.failure);
            return this;
        }
        if (failures > 0) {
            LOG.info("webhook {}: {} accepts events of {} again; {} were dropped", hook.id(), url(), room, dropped);
        }
        failures = 0;
        dropped = 0;
        parts.totals.countDelivered();
        sending.ifPresent(backlog::delivered);
        store();
        sent();
        return pump();
    }

    private void failed(String why) {
        parts.totals.countFailed();
        failures++;
        Duration pause = parts.settings
                .get()
                .retries()
                .after(failures, ThreadLocalRandom.current().nextDouble());
        if (failures == 1) {
            LOG.warn("webhook {}: events of {} wait, because {} fails: {}", hook.id(), room, url(), why);
        } else {
            LOG.debug("webhook {}: attempt {} at {} fails: {}", hook.id(), failures, url(), why);
        }
        timers.startSingleTimer(Retry.SEND, pause);
        sent();
    }

    private void sent() {
        sending = Optional.empty();
        if (rereading.isPresent()) {
            load();
        }
    }

    /** Without its path, which may be a secret. */
    private String url() {
        return hook.url().getScheme() + "://" + hook.url().getAuthority();
    }

    private void store() {
        parts.queue.reached(hook.id(), room.key(), backlog.position()).exceptionally(this::notStored);
    }

    /** The next position that is stored makes up for it. */
    private Void notStored(Throwable why) {
        LOG.debug("webhook {}: its position in {} is not stored: {}", hook.id(), room, why.toString());
        return null;
    }
}
