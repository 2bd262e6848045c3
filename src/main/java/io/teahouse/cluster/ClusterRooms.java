package io.teahouse.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
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
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomLogs;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import io.teahouse.room.RoomSummary;
import io.teahouse.room.support.Check;
import io.teahouse.user.OnlineUsers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rooms of a cluster, as their {@link RoomDirectory} on one node. A room is a sharded entity, see {@link
 * HostedRooms}; a client that locates it gets the {@link RoomRelay} of this node. What is known of rooms is in {@link
 * SharedSummaries}.
 */
public final class ClusterRooms extends AbstractBehavior<Command> {
    /** A room takes as many commands at once as this number of relays sends it. */
    private static final int WINDOWS = 8;

    /** An opening takes less than a kilobyte, and a message has to fit into a frame. */
    private static final int MOST_PER_MESSAGE = 100;

    /** One slow command must not delay all others. */
    private static final int LEAST_WINDOW = 16;

    /** Nobody on this node uses the room. */
    record Idle(RoomName name, ActorRef<RoomActor.Command> relay) implements RoomDirectory.Internal {}

    /** A room that this node uses has another name, and goes on under it as another actor. */
    record Moved(RoomName from, RoomName to, ActorRef<RoomActor.Command> relay) implements RoomDirectory.Internal {}

    private record RelayEnded(RoomName name, ActorRef<RoomActor.Command> relay) implements RoomDirectory.Internal {}

    /** Asks a directory what its node knows of a room that is about to open. */
    record AskFormer(RoomName room, ActorRef<FormerRoom> replyTo) implements RoomDirectory.Internal, ClusterMessage {}

    /**
     * @param members whether somebody on this node is in the room, or wants to be
     * @param summary the newest one that is known
     */
    record FormerRoom(boolean members, Optional<RoomSummary> summary) implements ClusterMessage {}

    /**
     * Somebody on another node begins a conversation with a user: the relay of the user's node joins for them.
     *
     * @param replyTo is told when they have joined
     */
    record Introduce(RoomName room, RoomActor.Join join, ActorRef<RelayMessage> replyTo)
            implements RoomDirectory.Internal, ClusterMessage {}

    /** Rooms were opened, on the sender's node or, if this one is new, on any. */
    record Opened(List<RoomOpenings.Opening> openings) implements RoomDirectory.Internal, ClusterMessage {}

    /** An operator acts on all rooms that run on the receiving node. */
    record OperateHosted(OperateAll all) implements RoomDirectory.Internal, ClusterMessage {}

    private final RoomTemplate template;
    private final RoomQuotas quotas;
    private final RoomRelay.Limits limits;
    private final RoomOpenings openings;
    private final OnlineUsers users;
    private final SharedSummaries summaries;
    private final HostedRooms hosted;

    /** By the keys of their rooms; those of conversations count apart. */
    private final Map<String, ActorRef<RoomActor.Command>> rooms = new HashMap<>();

    private final Map<String, ActorRef<RoomActor.Command>> conversations = new HashMap<>();

    /**
     * Rooms that anybody may enter, except for what is set. A room runs on any of the nodes, so all nodes should set the same.
     *
     * @param logs of a store that all nodes share
     */
    public static Builder builder(RoomLogs logs) {
        return new Builder(Check.notNull(logs, "logs"));
    }

    /**
     * Collects what differs from the defaults. The policy and the ranks are asked on the node of the room. The total numbers of rooms and
     * conversations are those that one node may use; those of a user, or of an address, count on all nodes together. A node asks
     * no other for that: what was opened elsewhere in the last moment does not count yet.
     */
    public static final class Builder extends RoomDirectoryBuilder<Builder> {
        private static final long PENDING_BYTES = 8L << 20;

        private final RoomLogs logs;
        private Optional<SharedUsers> users = Optional.empty();
        private long pendingBytes = PENDING_BYTES;

        private Builder(RoomLogs logs) {
            this.logs = logs;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Who is online; by default, {@link SharedUsers#get}. */
        public Builder users(SharedUsers to) {
            users = Optional.of(Check.notNull(to, "users"));
            return this;
        }

        /** How many bytes of commands of one node to one room may wait for its answers. */
        public Builder pendingBytes(long most) {
            pendingBytes = most;
            return this;
        }

        /** The directory of these rooms on one node. Each node of the cluster needs one. */
        public Behavior<Command> create() {
            Options all = options();
            RoomTemplate template = new RoomTemplate(logs, all.settings(), all.policy(), all.props());
            return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
                SharedUsers shared = users.orElseGet(() -> SharedUsers.get(context.getSystem()));
                RoomOpenings openings = new RoomOpenings(all.quotas());
                SharedSummaries summaries = new SharedSummaries(context, timers, openings, shared.returnWithin());
                HostedRooms hosted = new HostedRooms(
                        context, timers, template, summaries, shared.directory(), shared.returnWithin());
                return new ClusterRooms(
                        context, template, all.quotas(), pendingBytes, shared.directory(), openings, summaries, hosted);
            }));
        }
    }

    private ClusterRooms(
            ActorContext<Command> context,
            RoomTemplate template,
            RoomQuotas quotas,
            long pendingBytes,
            OnlineUsers users,
            RoomOpenings openings,
            SharedSummaries summaries,
            HostedRooms hosted) {
        super(context);
        context.setLoggerName(ClusterRooms.class);
        this.template = template;
        this.quotas = quotas;
        int window = Math.max(LEAST_WINDOW, template.settings().limits().maxPending() / WINDOWS);
        this.limits = new RoomRelay.Limits(pendingBytes, window);
        this.users = users;
        this.openings = openings;
        this.summaries = summaries;
        this.hosted = hosted;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Locate.class, by(this::locate))
                .onMessage(Lookup.class, by(this::lookup))
                .onMessage(ListRooms.class, by(this::list))
                .onMessage(CountRooms.class, by(this::count))
                .onMessage(OperateAll.class, by(this::operateAll))
                .onMessage(OperateHosted.class, by(operate -> hosted.operate(operate.all)))
                .onMessage(Idle.class, by(this::onIdle))
                .onMessage(RelayEnded.class, by(this::onRelayEnded))
                .onMessage(Moved.class, by(this::onMoved))
                .onMessage(AskFormer.class, by(this::tellFormer))
                .onMessage(Introduce.class, by(this::introduce))
                .onMessage(HostedRooms.Changed.class, by(hosted::on))
                .onMessage(HostedRooms.FromRoom.class, by(hosted::on))
                .onMessage(HostedRooms.Opened.class, by(hosted::on))
                .onMessage(HostedRooms.Ended.class, by(hosted::on))
                .onMessage(HostedRooms.TryStop.class, by(hosted::on))
                .onMessage(HostedRooms.Renamed.class, by(hosted::on))
                .onMessage(HostedRooms.RenameAgain.class, by(hosted::on))
                .onMessage(SharedSummaries.Shared.class, by(summaries::on))
                .onMessage(SharedSummaries.Nodes.class, by(this::onNodes))
                .onMessage(Opened.class, by(this::onOpened))
                .onMessage(SharedSummaries.Forget.class, by(summaries::on))
                .onMessage(SharedSummaries.Tick.class, by(tick -> summaries.onShare()))
                .build();
    }

    private <C extends Command> akka.japi.function.Function<C, Behavior<Command>> by(Consumer<C> part) {
        return command -> {
            part.accept(command);
            return this;
        };
    }

    // Finding rooms

    private void locate(Locate locate) {
        String kind = locate.room().isConversation() ? " conversations" : " rooms";
        int most = quotas.of(locate.room()).total();
        Map<String, ActorRef<RoomActor.Command>> relays = relays(locate.room());
        if (!relays.containsKey(locate.room().key()) && relays.size() >= most) {
            refuse(locate, "there are " + most + kind + " already: try again later");
            return;
        }
        Optional<RoomDirectory.Opener> opener = locate.opener().filter(any -> isOpenedBy(locate.room()));
        Optional<Integer> exhausted =
                opener.flatMap(asking -> openings.exhausted(locate.room(), asking, System.nanoTime()));
        if (exhausted.isPresent()) {
            refuse(locate, "you have opened " + exhausted.get() + kind + " already: leave one first");
        } else {
            opener.ifPresent(asking -> open(locate.room(), asking));
            locate.replyTo().tell(new Found(locate.room(), locate.number(), relay(locate.room())));
        }
    }

    private static void refuse(Locate locate, String why) {
        Refusal refusal = new Refusal(Refusal.Reason.TOO_MANY_ROOMS, why);
        locate.replyTo().tell(new NotFound(locate.room(), locate.number(), refusal));
    }

    /** Whether a user who joins now opens the room: nobody is in it, nor about to be. */
    private boolean isOpenedBy(RoomName room) {
        return summaries.find(room).isEmpty()
                && !openings.isOpen(room, System.nanoTime())
                && !template.settings().rules().official().test(room);
    }

    private void open(RoomName room, RoomDirectory.Opener opener) {
        RoomOpenings.Opening opening = new RoomOpenings.Opening(room, opener);
        openings.add(opening, false, System.nanoTime());
        tellOpened(summaries.directories(), List.of(opening));
    }

    private void tellOpened(Set<ActorRef<Command>> directories, List<RoomOpenings.Opening> some) {
        for (ActorRef<Command> each : directories) {
            if (!each.equals(getContext().getSelf())) {
                for (int from = 0; from < some.size(); from += MOST_PER_MESSAGE) {
                    int to = Math.min(some.size(), from + MOST_PER_MESSAGE);
                    each.tell(new Opened(List.copyOf(some.subList(from, to))));
                }
            }
        }
    }

    private void onOpened(Opened opened) {
        opened.openings.forEach(
                each -> openings.add(each, summaries.find(each.room()).isPresent(), System.nanoTime()));
    }

    /** A new node is told all that is known here: what it opened before it was restarted, only others know. */
    private void onNodes(SharedSummaries.Nodes nodes) {
        Set<ActorRef<Command>> fresh = summaries.on(nodes);
        tellOpened(fresh, openings.all());
        summaries.shareOwn(fresh);
    }

    private void lookup(Lookup lookup) {
        lookup.replyTo()
                .tell(summaries
                        .find(lookup.room())
                        .<RoomDirectory.Location>map(
                                known -> new Found(known.room(), lookup.number(), relay(lookup.room())))
                        .orElseGet(
                                () -> new NotFound(lookup.room(), lookup.number(), Refusal.noSuchRoom(lookup.room()))));
    }

    private void list(ListRooms list) {
        list.replyTo().tell(new Listing(summaries.listed()));
    }

    private void count(CountRooms count) {
        List<RoomSummary> rooms = summaries.listed();
        count.replyTo()
                .tell(new Count(
                        rooms.size(),
                        rooms.stream().mapToInt(RoomSummary::members).sum()));
    }

    private void operateAll(OperateAll all) {
        summaries.directories().forEach(each -> each.tell(new OperateHosted(all)));
    }

    // Relays

    private Map<String, ActorRef<RoomActor.Command>> relays(RoomName room) {
        return room.isConversation() ? conversations : rooms;
    }

    private ActorRef<RoomActor.Command> relay(RoomName room) {
        return relays(room).computeIfAbsent(room.key(), key -> {
            Behavior<RoomActor.Command> behavior = RoomRelay.create(
                    room,
                    hosted::entity,
                    getContext().getSelf(),
                    limits,
                    template.settings().keepEmpty());
            ActorRef<RoomActor.Command> relay =
                    getContext().spawnAnonymous(behavior, template.props().apply(room));
            watch(room, relay);
            return relay;
        });
    }

    private void watch(RoomName room, ActorRef<RoomActor.Command> relay) {
        getContext().watchWith(relay, new RelayEnded(room, relay));
    }

    /** Somebody may have looked for the new name already: they locate it again. */
    private void onMoved(Moved moved) {
        if (relays(moved.from).remove(moved.from.key(), moved.relay)) {
            ActorRef<RoomActor.Command> other = relays(moved.to).put(moved.to.key(), moved.relay);
            if (other != null) {
                getContext().stop(other);
            }
            getContext().unwatch(moved.relay);
            watch(moved.to, moved.relay);
        }
    }

    /** A relay that failed is replaced when a client locates the room again. */
    private void onRelayEnded(RelayEnded ended) {
        relays(ended.name).remove(ended.name.key(), ended.relay);
    }

    /** A client that has just located the relay watches it, and locates the room again. */
    private void onIdle(Idle idle) {
        if (relays(idle.name).remove(idle.name.key(), idle.relay)) {
            getContext().stop(idle.relay);
        }
    }

    private void introduce(Introduce introduce) {
        ActorRef<RoomEvent> subscriber = introduce.join.subscriber().orElseThrow();
        if (subscriber.path().address().hasLocalScope()) {
            relay(introduce.room).<Object>unsafeUpcast().tell(known(introduce));
        } else {
            summaries
                    .directoryOf(subscriber)
                    .ifPresentOrElse(there -> there.tell(introduce), () -> giveUp(introduce, subscriber));
        }
    }

    /** A node that has joined the cluster just now is known later, and the relay asks again. From another one, nobody answers. */
    private void giveUp(Introduce introduce, ActorRef<RoomEvent> subscriber) {
        if (!ClusterMembers.isExpected(
                getContext().getSystem(), subscriber.path().address())) {
            introduce.replyTo.tell(new RelayMessage.Introduced(subscriber));
        }
    }

    /** The user's actor is, to the room, the one that stands for them on the node of the connection. */
    private Introduce known(Introduce introduce) {
        return users.online(introduce.join.user().id())
                .map(user -> RecordCodec.copy(
                        introduce,
                        "join",
                        RecordCodec.copy(
                                introduce.join,
                                "user",
                                RecordCodec.copy(
                                        introduce.join.user(),
                                        "owner",
                                        user.actor(),
                                        "observer",
                                        user.identity().observer()))))
                .orElse(introduce);
    }

    /** A room is about to open. */
    private void tellFormer(AskFormer ask) {
        ask.replyTo.tell(new FormerRoom(relays(ask.room).containsKey(ask.room.key()), summaries.find(ask.room)));
    }
}
