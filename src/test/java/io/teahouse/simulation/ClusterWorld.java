package io.teahouse.simulation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.cluster.RelayParts;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomParts;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomState;
import io.teahouse.room.RoomSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A room on one of several nodes, with a relay on each node that has users. */
final class ClusterWorld extends World {
    private static final Duration RETURN_WITHIN = Duration.ofSeconds(5);
    private static final int WINDOW = 8;
    private static final int PERCENT = 100;

    /** The room has ended. */
    private record Ended(ActorRef<RoomActor.Command> room) {}

    /** A room, and where it runs. */
    private record Host(ActorRef<RoomActor.Command> room, Node node) {}

    private final int losses;
    private final int delays;
    private boolean reliable;

    /** Those that have not ended, the newest last. */
    private final List<Host> hosts = new ArrayList<>();

    /** See {@link RoomState#generation}. */
    private final Map<ActorRef<RoomActor.Command>, Long> generations = new HashMap<>();

    /** The newest room is unknown to the nodes: the next relay opens another one. */
    private boolean forgotten;

    /** Clients may have missed changes of the members. */
    private boolean broken;

    private Optional<RoomSummary> summary = Optional.empty();

    ClusterWorld(long seed, Random random, List<SimulatedSystem> systems) {
        super(seed, random, systems);
        this.losses = random.nextBoolean() ? 0 : random.nextInt(5);
        this.delays = random.nextInt(30);
    }

    boolean isReliable() {
        return reliable;
    }

    boolean loses() {
        boolean lost = !reliable && random.nextInt(PERCENT) < losses;
        if (lost) {
            lose();
        }
        return lost;
    }

    boolean delays() {
        return !reliable && random.nextInt(PERCENT) < delays;
    }

    private void lose() {
        broken = true;
        users.forEach(user -> user.devices.forEach(device -> device.screen.members = Optional.empty()));
    }

    @Override
    boolean showsMembers() {
        return !broken;
    }

    // Relays

    @Override
    void locate(User user, ActorRef<RoomDirectory.Location> replyTo) {
        replyTo.tell(new RoomDirectory.Found(TEA, 0, relay(user.node.orElseThrow())));
    }

    private ActorRef<RoomActor.Command> relay(Node node) {
        if (node.relay.isEmpty()) {
            ActorRef<RoomActor.Command> shard = node.spawn("shard", shard());
            ActorRef<RoomDirectory.Command> directory = node.spawn("directory", Behaviors.ignore());
            Behavior<RoomActor.Command> relay = RelayParts.relay(TEA, name -> shard, directory, WINDOW);
            node.relay = Optional.of(node.spawn(
                    "relay",
                    Link.before(
                            relay,
                            this,
                            node,
                            message -> RelayParts.isFromRoom(message) || message instanceof RoomReply)));
        }
        return node.relay.get();
    }

    /** Finds the room, and opens it if it is not open. */
    private Behavior<RoomActor.Command> shard() {
        return Behaviors.receiveMessage(command -> {
            if (hosts.isEmpty() || forgotten) {
                forgotten = false;
                open(pick(nodes.stream().filter(node -> node.alive).toList()));
            }
            hosts.get(hosts.size() - 1).room.tell(command);
            return Behaviors.same();
        });
    }

    // Rooms

    private void open(Node node) {
        trace.add("a room is opened on %s", node.name());
        ActorRef<RoomSummary> observer = node.spawn(unique("observer"), Behaviors.receiveMessage(changed -> {
            generations.put(changed.self(), changed.state().generation());
            summary =
                    summary.filter(known -> order().compare(known, changed) > 0).or(() -> Optional.of(changed));
            return Behaviors.same();
        }));
        RoomParts parts = new RoomParts(TEA, log, settings)
                .governedBy(policy())
                .observedBy(observer)
                .restoringFrom(room -> CompletableFuture.completedFuture(former()))
                .deliveredBy(RelayParts.fanout(RETURN_WITHIN));
        ActorRef<RoomActor.Command> room = node.spawn(
                unique("room"),
                Link.before(RoomActor.create(parts), this, node, message -> isFromElsewhere(message, node)));
        hosts.add(new Host(room, node));
        node.spawn(unique("watcher"), Behaviors.setup(context -> {
            context.watchWith(room, new Ended(room));
            return Behaviors.receiveMessage(ended -> {
                trace.add("the room on %s has ended", node.name());
                end(room);
                return Behaviors.stopped();
            });
        }));
    }

    private void end(ActorRef<RoomActor.Command> room) {
        hosts.removeIf(host -> host.room.equals(room));
        lose();
    }

    private static Comparator<RoomSummary> order() {
        return Comparator.<RoomSummary>comparingLong(each -> each.state().generation())
                .thenComparingLong(each -> each.state().version());
    }

    private Optional<RoomState> former() {
        return summary.filter(known -> known.members() > 0).map(RoomSummary::state);
    }

    private static boolean isFromElsewhere(Object message, Node node) {
        return (message instanceof RoomActor.Attach attach && isElsewhere(attach.relay(), node))
                || (message instanceof RoomActor.TellNewest asked && isElsewhere(asked.relay(), node))
                || (message instanceof RoomActor.Passed passed && isElsewhere(passed.relay(), node));
    }

    private static boolean isElsewhere(ActorRef<?> relay, Node node) {
        return !relay.path().address().system().equals(node.name());
    }

    @Override
    List<ActorRef<RoomActor.Command>> rooms() {
        return hosts.stream().map(Host::room).toList();
    }

    // Faults

    @Override
    void breakPart() {
        List<Node> living = nodes.stream().filter(node -> node.alive).toList();
        if (random.nextInt(3) == 0 && living.size() > 1) {
            Node dying = pick(living);
            die(dying);
            hosts.stream().filter(host -> host.node == dying).toList().forEach(host -> end(host.room));
        } else if (random.nextBoolean() && !hosts.isEmpty()) {
            trace.add("the room is moved");
            pick(hosts).room.tell(new RoomActor.Stop());
        } else if (!hosts.isEmpty()) {
            trace.add("a second room will be opened");
            forgotten = true;
            lose();
        }
    }

    /** Only the room goes on that has opened the log last: another one would notice that only when somebody says something. */
    @Override
    void recover() {
        super.recover();
        reliable = true;
        forgotten = false;
        hosts.stream()
                .filter(host -> generations.getOrDefault(host.room, 0L) != log.generation())
                .toList()
                .forEach(host -> host.room.tell(new RoomActor.Stop()));
    }
}
