package io.teahouse.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.teahouse.room.FormerState;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomDirectory.Command;
import io.teahouse.room.RoomLifecycle;
import io.teahouse.room.RoomLog;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomParts;
import io.teahouse.room.RoomSummary;
import io.teahouse.room.support.LogCalls;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The rooms that run on one node: they are sharded entities. A room that stays empty ends after a while. Belongs to one
 * {@link ClusterRooms} and runs in it.
 */
final class HostedRooms {
    static final EntityTypeKey<RoomActor.Command> ROOM = EntityTypeKey.create(RoomActor.Command.class, "room");

    /** A room of this node has changed. */
    record Changed(RoomSummary summary) implements RoomDirectory.Internal {}

    record FromRoom(RoomLifecycle.Command command) implements RoomDirectory.Internal {}

    /** A room has been started on this node. */
    record Opened(RoomName name, ActorRef<RoomActor.Command> room) implements RoomDirectory.Internal {}

    record Ended(RoomName name, ActorRef<RoomActor.Command> room) implements RoomDirectory.Internal {}

    /** The answer of the logs; empty: a failure. */
    record Renamed(RoomLifecycle.Rename rename, Optional<RoomLog.Outcome> outcome) implements RoomDirectory.Internal {}

    record RenameAgain(RoomLifecycle.Rename rename) implements RoomDirectory.Internal {}

    record TryStop(ActorRef<RoomActor.Command> room) implements RoomDirectory.Internal {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final RoomTemplate template;
    private final RoomLogs logs;
    private final SharedSummaries summaries;
    private final OnlineUsers users;
    private final Duration returnWithin;
    private final ClusterSharding sharding;
    private final ActorRef<RoomLifecycle.Command> lifecycle;
    private final Map<ActorRef<RoomActor.Command>, RoomName> rooms = new HashMap<>();

    /** Rooms that have moved, and are about to end. */
    private final Map<ActorRef<RoomActor.Command>, RoomName> moved = new HashMap<>();

    /**
     * @param users who is online, on all nodes
     * @param returnWithin how long the users of a node that is gone are still in their rooms
     */
    HostedRooms(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            RoomTemplate template,
            SharedSummaries summaries,
            OnlineUsers users,
            Duration returnWithin) {
        this.context = context;
        this.timers = timers;
        this.template = template;
        this.logs = template.logs();
        this.summaries = summaries;
        this.users = users;
        this.returnWithin = returnWithin;
        this.lifecycle = context.messageAdapter(RoomLifecycle.Command.class, FromRoom::new);
        this.sharding = ClusterSharding.get(context.getSystem());
        ActorRef<RoomSummary> observer = context.messageAdapter(RoomSummary.class, Changed::new);
        FormerState former = new FormerRooms(context.getSystem(), summaries::directories);
        sharding.init(Entity.of(
                        ROOM,
                        entity -> awaitName(
                                name -> template.parts(name)
                                        .observedBy(observer)
                                        .ownedBy(lifecycle)
                                        .restoringFrom(former)
                                        .deliveredBy(RelayFanout.factory(returnWithin)),
                                context.getSelf()))
                .withStopMessage(new RoomActor.Stop())
                .withSettings(Peers.neverPassivated(context.getSystem()))
                .withEntityProps(template.props().apply(RoomName.of("room"))));
    }

    /** The first command names the room: its key alone does not have the spelling. */
    private static Behavior<RoomActor.Command> awaitName(
            Function<RoomName, RoomParts> parts, ActorRef<Command> directory) {
        return Behaviors.receive((context, command) -> {
            if (command instanceof RoomActor.Attach attach) {
                directory.tell(new Opened(attach.name(), context.getSelf()));
                context.getSelf().tell(attach);
                return RoomActor.create(parts.apply(attach.name()));
            }
            return command instanceof RoomActor.Stop ? Behaviors.stopped() : Behaviors.same();
        });
    }

    /** A room of any node. */
    RecipientRef<RoomActor.Command> entity(RoomName room) {
        return sharding.entityRefFor(ROOM, room.key());
    }

    void on(Opened opened) {
        rooms.put(opened.room, opened.name);
        context.watchWith(opened.room, new Ended(opened.name, opened.room));
        awaitEmpty(opened.room, 0);
        Set<Address> members = ClusterMembers.addresses(context.getSystem());
        List<UserSnapshot> stranded = StrandedUsers.of(opened.name, users, members);
        if (!stranded.isEmpty()) {
            context.spawnAnonymous(StrandedUsers.create(opened.name, opened.room, stranded, returnWithin));
        }
    }

    void on(Changed changed) {
        RoomSummary summary = changed.summary;
        RoomName before = rooms.get(summary.self());
        summaries.changed(summary);
        awaitEmpty(summary.self(), summary.members());
        if (before != null && !before.key().equals(summary.room().key())) {
            move(summary.self(), summary.room());
        }
    }

    /** A room that stays empty is asked to end after a while. */
    private void awaitEmpty(ActorRef<RoomActor.Command> room, int members) {
        if (members == 0) {
            timers.startSingleTimer(room, new TryStop(room), template.settings().keepEmpty());
        } else {
            timers.cancel(room);
        }
    }

    void on(TryStop stop) {
        stop.room.tell(new RoomActor.StopIfEmpty(lifecycle.narrow()));
    }

    void on(Ended ended) {
        timers.cancel(ended.room);
        RoomName name = moved.getOrDefault(ended.room, ended.name);
        boolean wasHere = rooms.remove(ended.room) != null || moved.remove(ended.room) != null;
        if (wasHere && summaries.find(name).isEmpty()) {
            logs.putAway(name);
        }
    }

    void on(FromRoom report) {
        if (report.command instanceof RoomLifecycle.Rename rename) {
            rename(rename);
        } else if (report.command instanceof RoomLifecycle.StillUsed still) {
            rooms.forEach((room, name) -> {
                if (name.key().equals(still.room().key())
                        && summaries.find(name).isEmpty()) {
                    awaitEmpty(room, 0);
                }
            });
        }
    }

    // Renaming: the store decides. The room goes on as the entity of its new name

    private void rename(RoomLifecycle.Rename rename) {
        boolean moves = !rename.from().key().equals(rename.to().key());
        if (moves && summaries.find(rename.to()).isPresent()) {
            refuse(rename);
        } else {
            store(rename);
        }
    }

    private static void refuse(RoomLifecycle.Rename rename) {
        Refusal why = new Refusal(
                Refusal.Reason.ROOM_NAME_IN_USE,
                "there is a room " + rename.to() + " already",
                rename.to().text());
        rename.room().tell(new RoomActor.NameAnswer(rename.to(), Optional.of(why)));
    }

    private void store(RoomLifecycle.Rename rename) {
        LogCalls.handle(
                context,
                () -> logs.rename(rename.from(), rename.to()),
                outcome -> new Renamed(rename, Optional.of(outcome)),
                why -> new Renamed(rename, Optional.empty()),
                answer -> on((Renamed) answer));
    }

    void on(Renamed renamed) {
        RoomLifecycle.Rename rename = renamed.rename;
        if (renamed.outcome.isEmpty()) {
            context.getLog().warn("room {}: the new name could not be stored; trying again", rename.from());
            timers.startSingleTimer(
                    rename, new RenameAgain(rename), template.settings().log().retryInterval());
        } else if (renamed.outcome.get() != RoomLog.Outcome.STORED) {
            refuse(rename);
        } else if (rooms.containsKey(rename.room())) {
            rename.room().tell(new RoomActor.NameAnswer(rename.to(), Optional.empty()));
        } else { // it has ended, and its members know its old name
            logs.rename(rename.to(), rename.from());
        }
    }

    void on(RenameAgain again) {
        store(again.rename);
    }

    /** The room has published its new name: its members join it again under that. */
    private void move(ActorRef<RoomActor.Command> room, RoomName to) {
        rooms.remove(room);
        moved.put(room, to);
        room.tell(new RoomActor.Moved(to));
    }

    /** An operator acts on all rooms that run here. */
    void operate(RoomDirectory.OperateAll all) {
        RoomActor.Operate each = new RoomActor.Operate(
                all.by(), all.profile(), all.what(), 0, context.getSystem().ignoreRef());
        rooms.forEach((room, name) -> {
            if (!name.isConversation()) {
                room.tell(each);
            }
        });
    }
}
