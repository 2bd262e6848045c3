package io.teahouse.room.local;

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
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.Names;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomDirectory.Count;
import io.teahouse.room.RoomDirectory.CountRooms;
import io.teahouse.room.RoomDirectory.Found;
import io.teahouse.room.RoomDirectory.ListRooms;
import io.teahouse.room.RoomDirectory.Listing;
import io.teahouse.room.RoomDirectory.Locate;
import io.teahouse.room.RoomDirectory.Lookup;
import io.teahouse.room.RoomDirectory.NotFound;
import io.teahouse.room.RoomDirectory.OperateAll;
import io.teahouse.room.RoomDirectoryBuilder;
import io.teahouse.room.RoomLifecycle;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomParts;
import io.teahouse.room.RoomPolicy;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomSettings;
import io.teahouse.room.RoomState;
import io.teahouse.room.RoomSummary;
import io.teahouse.room.support.Check;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rooms of one process, as their {@link RoomDirectory} and their {@link RoomLifecycle}: opens a room when it is
 * located, reopens it after a failure, and closes it when it has been empty for {@link RoomSettings#keepEmpty}, or
 * earlier if there are too many. Messages are in the log, which outlives the room's actor.
 */
public final class LocalRooms extends AbstractBehavior<Command> {
    private record Changed(RoomSummary summary) implements RoomDirectory.Internal {}

    private record FromRoom(RoomLifecycle.Command command) implements RoomDirectory.Internal {}

    private final RoomLogs logs;
    private final RoomSettings settings;
    private final RoomPolicy policy;
    private final RoomQuotas quotas;
    private final Function<RoomName, Props> props;
    private final ActorRef<RoomSummary> observer;
    private final RoomTable rooms;
    private final RenameReservations renames;
    private final ActorRef<RoomLifecycle.Command> lifecycle;
    private final RoomPassivation passivation;

    /** Rooms that anybody may enter, with their logs in memory. */
    public static Behavior<Command> create() {
        return builder().create();
    }

    /** Rooms as {@link #create} makes them, except for what is set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what differs from the defaults. */
    public static final class Builder extends RoomDirectoryBuilder<Builder> {
        private RoomLogs logs = new MemoryRoomLogs();
        private Names names = Names.PLAIN;
        private Supplier<List<RoomName>> always = List::of;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** Stores messages there; by default they are in memory. A {@code Store} has them: {@code store.logs()}. */
        public Builder logs(RoomLogs to) {
            logs = Check.notNull(to, "logs");
            return this;
        }

        /** Decides which names look alike; by default none do. */
        public Builder names(Names to) {
            names = Check.notNull(to, "names");
            return this;
        }

        /** Names of rooms that exist whether they have members or not, at the moment. */
        public Builder always(Supplier<List<RoomName>> to) {
            always = Check.notNull(to, "always");
            return this;
        }

        /** The directory of these rooms. */
        public Behavior<Command> create() {
            return Behaviors.setup(
                    context -> Behaviors.withTimers(timers -> new LocalRooms(context, timers, this, options())));
        }
    }

    private LocalRooms(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Builder with,
            RoomDirectoryBuilder.Options all) {
        super(context);
        this.rooms = new RoomTable(with.names, with.always, all.quotas());
        context.setLoggerName(LocalRooms.class);
        this.logs = with.logs;
        this.settings = all.settings();
        this.policy = all.policy();
        this.quotas = all.quotas();
        this.props = all.props();
        this.observer = context.messageAdapter(RoomSummary.class, Changed::new);
        this.renames = new RenameReservations(
                context, timers, rooms, logs, settings.log().retryInterval(), this::settled);
        this.lifecycle = context.messageAdapter(RoomLifecycle.Command.class, FromRoom::new);
        this.passivation =
                new RoomPassivation(timers, rooms, logs, lifecycle, settings.keepEmpty(), this::locateWaiting);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Locate.class, this::onLocate)
                .onMessage(Lookup.class, this::onLookup)
                .onMessage(ListRooms.class, this::onList)
                .onMessage(CountRooms.class, this::onCount)
                .onMessage(OperateAll.class, this::onOperateAll)
                .onMessage(Changed.class, this::onChanged)
                .onMessage(FromRoom.class, this::onFromRoom)
                .onMessage(RenameReservations.Stored.class, this::onStored)
                .onMessage(RenameReservations.Again.class, this::onAgain)
                .onMessage(RoomPassivation.TryStop.class, this::onTryStop)
                .onMessage(RoomPassivation.PutAway.class, this::onPutAway)
                .onSignal(ChildFailed.class, this::onFailed)
                .onSignal(Terminated.class, this::onEnded)
                .build();
    }

    private Behavior<Command> onLocate(Locate locate) {
        Optional<LocalRoom> known = rooms.find(locate.room());
        if (known.isPresent() && known.get().isInDoubt(locate.room())) {
            known.get().waiting.add(locate);
        } else if (known.isPresent()) {
            locate.replyTo().tell(new Found(known.get().name, locate.number(), known.get().ref));
        } else if (rooms.lookAlike(locate.room(), Optional.empty()).isPresent()) {
            RoomName other = rooms.lookAlike(locate.room(), Optional.empty()).orElseThrow();
            locate.replyTo()
                    .tell(new NotFound(locate.room(), locate.number(), Refusal.looksLike(locate.room(), other)));
        } else if (settings.rules().official().test(locate.room()) || passivation.areExpectedBack(locate.room())) {
            open(locate, Optional.empty());
        } else if (rooms.count(locate.room()) >= quotas.of(locate.room()).total()) {
            rooms.unused().stream()
                    .filter(room -> room.name.isConversation() == locate.room().isConversation())
                    .forEach(passivation::tryStop);
            refuse(
                    locate,
                    "there are " + quotas.of(locate.room()).total() + kind(locate.room())
                            + " already: try again later");
        } else {
            locate.opener()
                    .flatMap(opener -> rooms.opened().exhausted(locate.room(), opener))
                    .ifPresentOrElse(theirs -> makeRoom(locate, theirs), () -> open(locate, locate.opener()));
        }
        return this;
    }

    /** Closes one of the empty rooms to make room for the new one. */
    private void makeRoom(Locate locate, Set<LocalRoom> theirs) {
        Optional<LocalRoom> unused =
                theirs.stream().filter(room -> room.mayEnd() && !room.needed).findFirst();
        if (unused.isEmpty()) {
            refuse(locate, "you have opened " + theirs.size() + kind(locate.room()) + " already: leave one first");
            return;
        }
        unused.get().waiting.add(locate);
        if (!unused.get().stopping) {
            passivation.tryStop(unused.get());
        }
    }

    private static String kind(RoomName room) {
        return room.isConversation() ? " conversations" : " rooms";
    }

    private static void refuse(Locate locate, String why) {
        Refusal refusal = new Refusal(Refusal.Reason.TOO_MANY_ROOMS, why);
        locate.replyTo().tell(new NotFound(locate.room(), locate.number(), refusal));
    }

    private void open(Locate locate, Optional<RoomDirectory.Opener> opener) {
        LocalRoom fresh = open(locate.room(), opener);
        locate.replyTo().tell(new Found(fresh.name, locate.number(), fresh.ref));
    }

    private Behavior<Command> onLookup(Lookup lookup) {
        Optional<LocalRoom> known = rooms.find(lookup.room())
                .filter(room -> room.summary.members() > 0 && !room.ended)
                .filter(room -> room.name.key().equals(lookup.room().key()));
        if (known.isPresent()) {
            lookup.replyTo().tell(new Found(known.get().name, lookup.number(), known.get().ref));
        } else {
            lookup.replyTo().tell(new NotFound(lookup.room(), lookup.number(), Refusal.noSuchRoom(lookup.room())));
        }
        return this;
    }

    private LocalRoom open(RoomName name, Optional<RoomDirectory.Opener> opener) {
        Optional<RoomState> former = passivation.takeFormer(name);
        RoomParts with = new RoomParts(name, logs.of(name), settings)
                .governedBy(policy)
                .observedBy(observer)
                .ownedBy(lifecycle)
                .restoringFrom(asked -> CompletableFuture.completedFuture(former));
        ActorRef<RoomActor.Command> ref = getContext().spawnAnonymous(RoomActor.create(with), props.apply(name));
        getContext().watch(ref);
        LocalRoom room = new LocalRoom(name, ref, opener);
        rooms.add(room);
        passivation.awaitEmpty(room);
        return room;
    }

    private Behavior<Command> onList(ListRooms list) {
        list.replyTo().tell(new Listing(rooms.listing()));
        return this;
    }

    private Behavior<Command> onOperateAll(OperateAll all) {
        RoomActor.Operate operate = new RoomActor.Operate(
                all.by(), all.profile(), all.what(), 0, getContext().getSystem().ignoreRef());
        rooms.open().forEach(room -> room.ref.tell(operate));
        return this;
    }

    private Behavior<Command> onCount(CountRooms count) {
        count.replyTo().tell(new Count(rooms.listed(), rooms.members()));
        return this;
    }

    private Behavior<Command> onChanged(Changed changed) {
        rooms.find(changed.summary.self()).ifPresent(room -> {
            rooms.update(room, changed.summary);
            renames.seen(room, changed.summary.room());
            passivation.awaitEmpty(room);
        });
        return this;
    }

    // Reports of rooms

    private Behavior<Command> onFromRoom(FromRoom report) {
        if (report.command instanceof RoomLifecycle.Rename rename) {
            boolean taken = passivation.areExpectedBack(rename.to());
            rooms.find(rename.room()).ifPresent(room -> renames.begin(room, rename.to(), taken));
        } else if (report.command instanceof RoomLifecycle.StillUsed still) {
            passivation.on(still);
        }
        return this;
    }

    // Renaming

    private Behavior<Command> onStored(RenameReservations.Stored stored) {
        renames.on(stored);
        return this;
    }

    private Behavior<Command> onAgain(RenameReservations.Again again) {
        renames.on(again);
        return this;
    }

    private void settled(LocalRoom room) {
        if (room.ended) {
            passivation.forget(room);
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

    private Behavior<Command> onTryStop(RoomPassivation.TryStop tryStop) {
        passivation.on(tryStop);
        return this;
    }

    private Behavior<Command> onPutAway(RoomPassivation.PutAway late) {
        passivation.on(late);
        return this;
    }

    private Behavior<Command> onFailed(ChildFailed child) {
        rooms.find(child.getRef()).ifPresent(room -> {
            getContext().getLog().warn("room {} failed; it is reopened when a client locates it", room.name);
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
        if (room.reservedName.isPresent()) {
            renames.ended(room);
        } else {
            passivation.forget(room);
        }
    }
}
