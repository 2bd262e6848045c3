package io.teahouse.room;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Props;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomDirectory.Count;
import io.teahouse.room.RoomDirectory.CountRooms;
import io.teahouse.room.RoomDirectory.Found;
import io.teahouse.room.RoomDirectory.ListRooms;
import io.teahouse.room.RoomDirectory.Listing;
import io.teahouse.room.RoomDirectory.Locate;
import io.teahouse.room.RoomDirectory.Lookup;
import io.teahouse.room.RoomDirectory.NotFound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rooms of one process: opens a room when somebody looks for it, opens it again after it failed, puts it away when
 * it has been empty for {@link RoomSettings#keepEmpty}. What was said is in the log, which outlives the room's actor.
 */
public final class LocalRooms extends AbstractBehavior<Command> {
    private record Changed(RoomSummary summary) implements RoomDirectory.Internal {}

    private record TryStop(RoomName room) implements RoomDirectory.Internal {}

    private record StillUsed(RoomName room) implements RoomDirectory.Internal {}

    /** One room; {@code waiting} are those who look for it while it may be about to end. */
    private static final class Entry {
        final RoomName name;
        final ActorRef<RoomActor.Command> ref;
        final List<Locate> waiting = new ArrayList<>(0);
        RoomSummary summary;
        boolean stopping;

        Entry(RoomName name, ActorRef<RoomActor.Command> ref) {
            this.name = name;
            this.ref = ref;
            this.summary = new RoomSummary(name, ref, 0, Topic.NONE, Instant.EPOCH, Modes.Snapshot.NONE);
        }

        /** Whether it is one of the rooms that are listed. */
        boolean isListed() {
            return summary.members() > 0 && !name.isConversation();
        }
    }

    private final RoomLogs logs;
    private final RoomSettings settings;
    private final int maxRooms;
    private final Function<RoomName, Props> props;
    private final TimerScheduler<Command> timers;
    private final ActorRef<RoomSummary> observer;
    private final ActorRef<RoomActor.StillUsed> stillUsed;
    private final Map<String, Entry> rooms = new HashMap<>();
    private final Map<ActorRef<Void>, Entry> byRef = new HashMap<>();

    /** What was known of rooms when they failed, until they are opened again. */
    private final Map<String, RoomSummary> failed = new HashMap<>();

    /** How many of them are listed. */
    private int listed;

    /** Rooms that anybody may enter, with their logs in memory. */
    public static Behavior<Command> create() {
        return create(new MemoryRoomLogs(), RoomSettings.defaults(), 10_000, name -> Props.empty());
    }

    /**
     * Rooms with the given logs and limits.
     *
     * @param maxRooms how many rooms there may be at a time, conversations included
     * @param props how a room's actor is run: its dispatcher
     */
    public static Behavior<Command> create(
            RoomLogs logs, RoomSettings settings, int maxRooms, Function<RoomName, Props> props) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new LocalRooms(context, timers, logs, settings, maxRooms, props)));
    }

    private LocalRooms(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RoomLogs logs,
            RoomSettings settings,
            int maxRooms,
            Function<RoomName, Props> props) {
        super(context);
        context.setLoggerName(LocalRooms.class);
        this.timers = timers;
        this.logs = logs;
        this.settings = settings;
        this.maxRooms = maxRooms;
        this.props = props;
        this.observer = context.messageAdapter(RoomSummary.class, Changed::new);
        this.stillUsed = context.messageAdapter(RoomActor.StillUsed.class, still -> new StillUsed(still.room()));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Locate.class, this::onLocate)
                .onMessage(Lookup.class, this::onLookup)
                .onMessage(ListRooms.class, this::onList)
                .onMessage(CountRooms.class, this::onCount)
                .onMessage(Changed.class, this::onChanged)
                .onMessage(TryStop.class, this::onTryStop)
                .onMessage(StillUsed.class, this::onStillUsed)
                .onSignal(ChildFailed.class, this::onFailed)
                .onSignal(Terminated.class, this::onEnded)
                .build();
    }

    private Behavior<Command> onLocate(Locate locate) {
        Entry known = rooms.get(locate.room().key());
        if (known != null && known.stopping) {
            known.waiting.add(locate);
        } else if (known != null) {
            locate.replyTo().tell(new Found(known.name, known.ref));
        } else if (rooms.size() >= maxRooms) {
            String text = "there are " + maxRooms + " rooms already";
            locate.replyTo().tell(new NotFound(locate.room(), new Refusal(Refusal.Reason.TOO_MANY_ROOMS, text)));
        } else {
            Entry fresh = open(locate.room());
            locate.replyTo().tell(new Found(fresh.name, fresh.ref));
        }
        return this;
    }

    private Behavior<Command> onLookup(Lookup lookup) {
        Entry known = rooms.get(lookup.room().key());
        if (known != null && known.summary.members() > 0) {
            lookup.replyTo().tell(new Found(known.name, known.ref));
        } else {
            Refusal refusal = new Refusal(Refusal.Reason.NO_SUCH_ROOM, "there is no room " + lookup.room());
            lookup.replyTo().tell(new NotFound(lookup.room(), refusal));
        }
        return this;
    }

    private Entry open(RoomName name) {
        RoomParts with = new RoomParts(name, logs.of(name), settings)
                .observedBy(observer)
                .goingOnAfter(Optional.ofNullable(failed.remove(name.key())));
        ActorRef<RoomActor.Command> ref = getContext().spawnAnonymous(RoomActor.create(with), props.apply(name));
        getContext().watch(ref);
        Entry entry = new Entry(name, ref);
        rooms.put(name.key(), entry);
        byRef.put(ref.unsafeUpcast(), entry);
        awaitEmpty(entry);
        return entry;
    }

    private Behavior<Command> onList(ListRooms list) {
        List<RoomSummary> found = new ArrayList<>();
        for (Entry entry : rooms.values()) {
            if (entry.isListed()) {
                found.add(entry.summary);
            }
        }
        found.sort(Comparator.comparing(summary -> summary.room().key()));
        list.replyTo().tell(new Listing(found));
        return this;
    }

    private Behavior<Command> onCount(CountRooms count) {
        count.replyTo().tell(new Count(listed));
        return this;
    }

    private Behavior<Command> onChanged(Changed changed) {
        Entry entry = rooms.get(changed.summary.room().key());
        if (entry != null && entry.ref.equals(changed.summary.self())) {
            listed -= entry.isListed() ? 1 : 0;
            entry.summary = changed.summary;
            listed += entry.isListed() ? 1 : 0;
            awaitEmpty(entry);
        }
        return this;
    }

    /** A room that stays empty is asked to end after a while. */
    private void awaitEmpty(Entry entry) {
        if (entry.summary.members() == 0) {
            TryStop message = new TryStop(entry.name);
            timers.startSingleTimer(entry.name.key(), message, settings.keepEmpty());
        } else {
            timers.cancel(entry.name.key());
        }
    }

    private Behavior<Command> onTryStop(TryStop tryStop) {
        Entry entry = rooms.get(tryStop.room.key());
        if (entry != null) {
            entry.stopping = true;
            entry.ref.tell(new RoomActor.StopIfEmpty(stillUsed));
        }
        return this;
    }

    private Behavior<Command> onStillUsed(StillUsed still) {
        Entry entry = rooms.get(still.room.key());
        if (entry != null) {
            entry.stopping = false;
            entry.waiting.forEach(this::onLocate);
            entry.waiting.clear();
            awaitEmpty(entry);
        }
        return this;
    }

    private Behavior<Command> onFailed(ChildFailed child) {
        Entry entry = forget(child);
        if (entry.summary.members() > 0) {
            failed.put(entry.name.key(), entry.summary);
        }
        getContext().getLog().warn("room {} failed and is opened again when it is looked for", entry.name);
        entry.waiting.forEach(this::onLocate);
        return this;
    }

    private Behavior<Command> onEnded(Terminated ended) {
        Entry entry = forget(ended);
        logs.putAway(entry.name);
        entry.waiting.forEach(this::onLocate);
        return this;
    }

    private Entry forget(Terminated ended) {
        Entry entry = byRef.remove(ended.getRef());
        rooms.remove(entry.name.key(), entry);
        listed -= entry.isListed() ? 1 : 0;
        timers.cancel(entry.name.key());
        return entry;
    }
}
