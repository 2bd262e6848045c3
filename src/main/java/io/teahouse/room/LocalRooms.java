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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rooms of one process: opens a room when somebody looks for it, opens it again after it failed, puts it away when
 * it has been empty for {@link RoomSettings#keepEmpty}, or at once where there are too many. What was said is in the log,
 * which outlives the room's actor.
 */
public final class LocalRooms extends AbstractBehavior<Command> {
    private record Changed(RoomSummary summary) implements RoomDirectory.Internal {}

    private record TryStop(LocalRoom room) implements RoomDirectory.Internal {}

    private record PutAwayFailed(RoomName room) implements RoomDirectory.Internal {}

    private record StillUsed(RoomName room) implements RoomDirectory.Internal {}

    private final RoomLogs logs;
    private final RoomSettings settings;
    private final int maxRooms;
    private final Function<RoomName, Props> props;
    private final TimerScheduler<Command> timers;
    private final ActorRef<RoomSummary> observer;
    private final ActorRef<RoomActor.StillUsed> stillUsed;
    private final RoomTable rooms = new RoomTable();
    private final NameReservations renames;

    /** What was known of rooms when they failed, until they are opened again, or nobody has come back for a while. */
    private final Map<String, RoomSummary> failed = new HashMap<>();

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
        this.renames = new NameReservations(context, timers, rooms, logs, settings.retryInterval(), this::settled);
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
                .onMessage(RoomDirectory.Rename.class, this::onRename)
                .onMessage(NameReservations.Stored.class, this::onStored)
                .onMessage(NameReservations.Again.class, this::onAgain)
                .onMessage(TryStop.class, this::onTryStop)
                .onMessage(StillUsed.class, this::onStillUsed)
                .onMessage(PutAwayFailed.class, this::onPutAwayFailed)
                .onSignal(ChildFailed.class, this::onFailed)
                .onSignal(Terminated.class, this::onEnded)
                .build();
    }

    private Behavior<Command> onLocate(Locate locate) {
        Optional<LocalRoom> known = rooms.find(locate.room());
        if (known.isPresent() && known.get().isInDoubt(locate.room())) {
            known.get().waiting.add(locate);
        } else if (known.isPresent()) {
            locate.replyTo().tell(new Found(known.get().name, known.get().ref));
        } else if (rooms.size() >= maxRooms) {
            rooms.unused().forEach(this::tryStop);
            String text = "there are " + maxRooms + " rooms already: try again later";
            locate.replyTo().tell(new NotFound(locate.room(), new Refusal(Refusal.Reason.TOO_MANY_ROOMS, text)));
        } else {
            LocalRoom fresh = open(locate.room());
            locate.replyTo().tell(new Found(fresh.name, fresh.ref));
        }
        return this;
    }

    private Behavior<Command> onLookup(Lookup lookup) {
        Optional<LocalRoom> known = rooms.find(lookup.room())
                .filter(room -> room.summary.members() > 0 && !room.ended)
                .filter(room -> room.name.key().equals(lookup.room().key()));
        if (known.isPresent()) {
            lookup.replyTo().tell(new Found(known.get().name, known.get().ref));
        } else {
            Refusal refusal = new Refusal(Refusal.Reason.NO_SUCH_ROOM, "there is no room " + lookup.room());
            lookup.replyTo().tell(new NotFound(lookup.room(), refusal));
        }
        return this;
    }

    private LocalRoom open(RoomName name) {
        RoomParts with = new RoomParts(name, logs.of(name), settings)
                .observedBy(observer)
                .foundBy(getContext().getSelf())
                .goingOnAfter(Optional.ofNullable(failed.remove(name.key())));
        ActorRef<RoomActor.Command> ref = getContext().spawnAnonymous(RoomActor.create(with), props.apply(name));
        getContext().watch(ref);
        LocalRoom room = new LocalRoom(name, ref);
        rooms.add(room);
        awaitEmpty(room);
        return room;
    }

    private Behavior<Command> onList(ListRooms list) {
        list.replyTo().tell(new Listing(rooms.listing()));
        return this;
    }

    private Behavior<Command> onCount(CountRooms count) {
        count.replyTo().tell(new Count(rooms.listed()));
        return this;
    }

    private Behavior<Command> onChanged(Changed changed) {
        rooms.find(changed.summary.self()).ifPresent(room -> {
            rooms.update(room, changed.summary);
            renames.seen(room, changed.summary.room());
            awaitEmpty(room);
        });
        return this;
    }

    // Other names

    private Behavior<Command> onRename(RoomDirectory.Rename rename) {
        boolean taken = failed.containsKey(rename.to().key()); // its members are about to come back
        rooms.find(rename.room()).ifPresent(room -> renames.begin(room, rename.to(), taken));
        return this;
    }

    private Behavior<Command> onStored(NameReservations.Stored stored) {
        renames.on(stored);
        return this;
    }

    private Behavior<Command> onAgain(NameReservations.Again again) {
        renames.on(again);
        return this;
    }

    private void settled(LocalRoom room) {
        if (room.ended) {
            forget(room);
        } else {
            locateWaiting(room);
        }
    }

    private void locateWaiting(LocalRoom room) {
        List<Locate> waiting = List.copyOf(room.waiting);
        room.waiting.clear();
        waiting.forEach(this::onLocate);
    }

    // The end of rooms

    /** A room that stays empty is asked to end after a while. */
    private void awaitEmpty(LocalRoom room) {
        if (room.isUnused()) {
            timers.startSingleTimer(room.ref, new TryStop(room), settings.keepEmpty());
        } else {
            timers.cancel(room.ref);
        }
    }

    private Behavior<Command> onTryStop(TryStop tryStop) {
        if (tryStop.room.nameToCome.isPresent()) {
            awaitEmpty(tryStop.room);
        } else {
            tryStop(tryStop.room);
        }
        return this;
    }

    private void tryStop(LocalRoom room) {
        room.stopping = true;
        room.ref.tell(new RoomActor.StopIfEmpty(stillUsed));
    }

    private Behavior<Command> onStillUsed(StillUsed still) {
        rooms.find(still.room).ifPresent(room -> {
            room.stopping = false;
            locateWaiting(room);
            awaitEmpty(room);
        });
        return this;
    }

    private Behavior<Command> onFailed(ChildFailed child) {
        rooms.find(child.getRef()).ifPresent(room -> {
            getContext().getLog().warn("room {} failed and is opened again when it is looked for", room.name);
            room.failed = true;
            ended(room);
        });
        return this;
    }

    private Behavior<Command> onEnded(Terminated ended) {
        rooms.find(ended.getRef()).ifPresent(this::ended);
        return this;
    }

    private void ended(LocalRoom room) {
        timers.cancel(room.ref);
        if (room.nameToCome.isPresent()) {
            renames.ended(room);
        } else {
            forget(room);
        }
    }

    private void forget(LocalRoom room) {
        rooms.remove(room);
        if (!room.failed) {
            logs.putAway(room.name);
        } else {
            if (room.summary.members() > 0) {
                failed.put(room.name.key(), room.summary);
            }
            timers.startSingleTimer(room.name.key(), new PutAwayFailed(room.name), settings.keepEmpty());
        }
        locateWaiting(room);
    }

    /** None of its members has come back: it is put away like any other that is empty. */
    private Behavior<Command> onPutAwayFailed(PutAwayFailed late) {
        if (rooms.find(late.room).isEmpty()) { // else it is open again
            failed.remove(late.room.key());
            logs.putAway(late.room);
        }
        return this;
    }
}
