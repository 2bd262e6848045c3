package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.ServiceKey;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What one node knows of the rooms of all nodes that have members. The directories of the nodes send each other the
 * summaries of the rooms that they host. Belongs to one {@link ClusterRooms} and runs in it.
 */
final class SharedSummaries {
    private static final ServiceKey<Command> DIRECTORY = ServiceKey.create(Command.class, "teahouse-rooms");
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** Orders what is known of one room by its age. */
    static final Comparator<RoomSummary> NEWER = Comparator.<RoomSummary>comparingLong(
                    room -> room.state().generation())
            .thenComparingLong(room -> room.state().version());

    /** What has changed in the rooms of another node. */
    record Shared(ActorRef<Command> from, List<RoomSummary> rooms) implements RoomDirectory.Internal, ClusterMessage {}

    record Nodes(Set<ActorRef<Command>> directories) implements RoomDirectory.Internal {}

    record Forget(Set<ActorRef<RoomActor.Command>> rooms) implements RoomDirectory.Internal {}

    enum Tick implements RoomDirectory.Internal {
        SHARE
    }

    private final ActorSystem<?> system;
    private final ActorRef<Command> self;
    private final TimerScheduler<Command> timers;
    private final Duration returnWithin;
    private final RoomOpenings openings;
    private final Map<String, RoomSummary> newest = new HashMap<>();

    /** The keys of the rooms in {@link #newest}. */
    private final Map<ActorRef<RoomActor.Command>, String> keys = new HashMap<>();

    private final Map<String, RoomSummary> unshared = new LinkedHashMap<>();

    /** Of all nodes. Rooms that open read it, too. */
    private volatile Set<ActorRef<Command>> directories;

    /**
     * @param openings is told of rooms that get their first member, or lose the last
     * @param returnWithin how long the users of a node that is gone are still in their rooms
     */
    SharedSummaries(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RoomOpenings openings,
            Duration returnWithin) {
        this.openings = openings;
        this.system = context.getSystem();
        this.self = context.getSelf();
        this.timers = timers;
        this.returnWithin = returnWithin;
        this.directories = Set.of(self);
        Peers.register(context, DIRECTORY);
        Peers.follow(context, DIRECTORY, Nodes::new);
    }

    // Reading

    Optional<RoomSummary> find(RoomName room) {
        return Optional.ofNullable(newest.get(room.key()));
    }

    /** Those that have members, without conversations, by name. */
    List<RoomSummary> listed() {
        return newest.values().stream()
                .filter(room -> !room.room().isConversation())
                .sorted(Comparator.comparing(room -> room.room().key()))
                .toList();
    }

    /** The directories of all nodes. Any thread may ask. */
    Set<ActorRef<Command>> directories() {
        return directories;
    }

    /** The directory of the node on which that actor runs, if it is known. */
    Optional<ActorRef<Command>> directoryOf(ActorRef<?> actor) {
        Address node = actor.path().address();
        return directories.stream()
                .filter(each -> each.path().address().equals(node))
                .findFirst();
    }

    // Changes

    /** A room of this node has changed. */
    void changed(RoomSummary summary) {
        note(summary);
        if (unshared.isEmpty()) {
            timers.startSingleTimer(Tick.SHARE, INTERVAL);
        }
        unshared.put(summary.room().key(), summary);
    }

    private void note(RoomSummary summary) {
        String key = summary.room().key();
        forgetFormerName(summary.self(), summary.room());
        RoomSummary before = newest.get(key);
        if (before != null && NEWER.compare(before, summary) > 0) {
            return;
        } else if (before != null) {
            keys.remove(before.self());
        }
        if (summary.members() == 0) {
            newest.remove(key);
            openings.emptied(key);
        } else {
            newest.put(key, summary);
            openings.used(key);
            keys.put(summary.self(), key);
        }
    }

    /** The room may have been renamed. */
    private void forgetFormerName(ActorRef<RoomActor.Command> room, RoomName name) {
        String before = keys.get(room);
        if (before != null && !before.equals(name.key())) {
            keys.remove(room);
            newest.remove(before);
            openings.renamed(before, name);
        }
    }

    void on(Shared shared) {
        shared.rooms.forEach(this::note);
    }

    void onShare() {
        share(directories, new ArrayList<>(unshared.values()));
        unshared.clear();
    }

    private void share(Set<ActorRef<Command>> with, List<RoomSummary> rooms) {
        for (ActorRef<Command> other : with) {
            if (!other.equals(self)) {
                divide(rooms, this::size).forEach(some -> other.tell(new Shared(self, some)));
            }
        }
    }

    private int size(RoomSummary room) {
        return ClusterSerializer.codec(system).toBytes(room).length;
    }

    /** As few messages as Akka takes, see {@link OperationDivider}. */
    static List<List<RoomSummary>> divide(List<RoomSummary> rooms, ToIntFunction<RoomSummary> size) {
        List<List<RoomSummary>> messages = new ArrayList<>();
        int bytes = OperationDivider.MOST_BYTES;
        for (RoomSummary room : rooms) {
            int more = size.applyAsInt(room);
            bytes += more;
            if (bytes > OperationDivider.MOST_BYTES) {
                messages.add(new ArrayList<>());
                bytes = more;
            }
            messages.get(messages.size() - 1).add(room);
        }
        return messages;
    }

    // Nodes

    /** Returns the directories of new nodes. */
    Set<ActorRef<Command>> on(Nodes nodes) {
        Set<ActorRef<Command>> now = new HashSet<>(nodes.directories);
        now.add(self);
        Set<ActorRef<Command>> fresh = new HashSet<>(now);
        fresh.removeAll(directories);
        for (ActorRef<Command> gone : directories) {
            if (!now.contains(gone)) {
                timers.startSingleTimer(gone, new Forget(roomsAt(gone.path().address())), returnWithin);
            }
        }
        directories = Set.copyOf(now);
        return fresh;
    }

    /** Tells new nodes of all rooms of this one. */
    void shareOwn(Set<ActorRef<Command>> fresh) {
        share(
                fresh,
                newest.values().stream()
                        .filter(room -> room.self().path().address().hasLocalScope())
                        .toList());
    }

    private Set<ActorRef<RoomActor.Command>> roomsAt(Address node) {
        return newest.values().stream()
                .map(RoomSummary::self)
                .filter(room -> room.path().address().equals(node))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Rooms of a node that is gone: those that have members have been started elsewhere since, or by its successor. */
    void on(Forget forget) {
        newest.entrySet().removeIf(room -> {
            boolean isGone = forget.rooms.contains(room.getValue().self());
            if (isGone) {
                openings.emptied(room.getKey());
            }
            return isGone;
        });
        keys.keySet().removeAll(forget.rooms);
    }
}
