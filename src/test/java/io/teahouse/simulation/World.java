package io.teahouse.simulation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import io.teahouse.room.Delivery;
import io.teahouse.room.ForwardingPolicy;
import io.teahouse.room.Member;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.Room;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomSettings;
import io.teahouse.room.StandardPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The parts of one simulation: a room and its log, and the users. */
abstract class World {
    static final RoomName TEA = RoomName.of("tea");
    private static final int FEW = 3;
    private static final int MANY = 1000;

    final Trace trace = new Trace();
    final FaultyLog log;
    final RoomSettings settings;
    final List<User> users = new ArrayList<>();
    final List<Node> nodes;
    final Random random;
    private int actors;

    /** The nicks of all who ever became operators. */
    final Set<String> operators = new HashSet<>();

    /** The nicks of all who have acted as operators. */
    final Set<String> moderators = new HashSet<>();

    /** The room throws an exception at the next message. */
    private boolean failing;

    /** The rooms that have been opened, one after the other. */
    private final Set<ActorRef<RoomActor.Command>> opened = new LinkedHashSet<>();

    /** The rooms that were sent anything that may change their members or ranks. */
    private final Set<ActorRef<RoomActor.Command>> changed = new HashSet<>();

    World(long seed, Random random, List<SimulatedSystem> systems) {
        this.random = random;
        this.log = new FaultyLog(random, trace);
        this.nodes = systems.stream()
                .map(system -> new Node(system, "seed" + seed + "-"))
                .toList();
        RoomSettings.Limits limits = RoomSettings.Limits.defaults()
                .withCatchUp(random.nextBoolean() ? FEW : MANY)
                .withMaxPending(random.nextBoolean() ? FEW : MANY);
        this.settings = RoomSettings.defaults().withLimits(limits).withKeepEmpty(Duration.ofMinutes(1));
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            addUser(String.valueOf((char) ('a' + i)));
        }
    }

    private void addUser(String nick) {
        User user = new User(nick, random.nextBoolean(), this);
        users.add(user);
        int devices = 1 + random.nextInt(2);
        for (int i = 1; i <= devices; i++) {
            user.devices.add(new Device(user, new Screen(nick + i, user, trace)));
        }
    }

    ForwardingPolicy policy() {
        return new ForwardingPolicy(new StandardPolicy(settings)) {
            @Override
            public Optional<Refusal> say(Room room, Member by, OutgoingMessage message) {
                if (failing) {
                    failing = false;
                    throw new IllegalStateException("the room fails");
                }
                return super.say(room, by, message);
            }

            @Override
            public Ranks ranks(Room room, Nick nick, Profile profile) {
                Ranks ranks = super.ranks(room, nick, profile);
                if (ranks.mayModerate()) {
                    operators.add(nick.text());
                }
                return ranks;
            }
        };
    }

    /** A name for an actor. */
    String unique(String part) {
        return part + "-" + ++actors;
    }

    <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Finds the room for a user: answered by {@link RoomDirectory.Found}. */
    abstract void locate(User user, ActorRef<RoomDirectory.Location> replyTo);

    /** The rooms that have not ended. */
    abstract List<ActorRef<RoomActor.Command>> rooms();

    /** Something breaks that only this kind of world has. */
    abstract void breakPart();

    /** Nothing breaks any more. */
    void recover() {
        failing = false;
        log.recover();
    }

    // What the users know

    /** A user sends a command. */
    void tell(ActorRef<RoomActor.Command> room, RoomActor.Command command) {
        boolean returns = command instanceof RoomActor.Join join && join.back().isPresent();
        opened.add(room);
        if (!returns && !(command instanceof RoomActor.Say) && !(command instanceof RoomActor.Names)) {
            changed.add(room);
        }
        room.tell(command);
    }

    /** Whether members or ranks may have changed since that room has ended. */
    boolean mayHaveChangedSince(ActorRef<RoomActor.Command> room) {
        List<ActorRef<RoomActor.Command>> inOrder = List.copyOf(opened);
        return inOrder.subList(inOrder.indexOf(room) + 1, inOrder.size()).stream()
                .anyMatch(changed::contains);
    }

    boolean hasVanished(String nick) {
        return users.stream().anyMatch(user -> user.nick.equals(nick) && user.vanished);
    }

    /** Whether nobody is about to come back to the room silently. */
    boolean isSettledIn(ActorRef<RoomActor.Command> room) {
        return users.stream()
                        .flatMap(user -> user.place.stream())
                        .allMatch(place -> place.room.equals(room) && !place.ended)
                && devices().stream()
                        .flatMap(device -> device.link.stream())
                        .allMatch(link -> link.status().state != Connection.State.REJOINING
                                && link.status()
                                        .room
                                        .filter(each -> !each.equals(room))
                                        .isEmpty());
    }

    /** Whether clients see all changes of the members. */
    boolean showsMembers() {
        return true;
    }

    List<Device> devices() {
        return users.stream().flatMap(user -> user.devices.stream()).toList();
    }

    /** Asks the room for its members. The list is filled when all tasks have run. */
    List<RoomReply.Participant> askMembers() {
        List<RoomReply.Participant> members = new ArrayList<>();
        ActorRef<RoomReply> asker = nodes.get(0).spawn("asker", Behaviors.receiveMessage(reply -> {
            members.addAll(((RoomReply.NameList) reply).members());
            return Behaviors.stopped();
        }));
        rooms().forEach(room -> room.tell(new RoomActor.Names(asker)));
        return members;
    }

    // What happens

    void connect(Device device) {
        User user = device.user;
        if (user.node.filter(node -> node.alive).isEmpty()) {
            Node home = pick(nodes.stream().filter(node -> node.alive).toList());
            user.node = Optional.of(home);
            user.place = Optional.empty();
            user.actor(home.spawn(unique(user.nick), UserActor.create(user)));
        }
        Connection.Status status = new Connection.Status();
        Delivery delivery = random.nextBoolean() ? Delivery.EACH : Delivery.BATCHED;
        ActorRef<Object> ref =
                user.node.orElseThrow().spawn(unique(device.screen.name), Connection.create(device, delivery, status));
        device.link = Optional.of(new Device.Link(ref, status));
    }

    void disconnect(Device device) {
        device.link.ifPresent(link -> {
            link.status().closed = true;
            Node.stop(link.connection());
            device.link = Optional.empty();
            device.user
                    .actor()
                    .tell(new UserActor.Disconnected(link.connection().narrow()));
        });
    }

    /** Its users have lost their connections, and nobody tells the room. */
    void die(Node node) {
        trace.add("%s dies", node.name());
        for (User user : users) {
            if (user.node.filter(node::equals).isPresent()) {
                user.place = Optional.empty();
                user.devices.forEach(device -> {
                    device.link.ifPresent(link -> link.status().closed = true);
                    device.link = Optional.empty();
                });
            }
        }
        node.die();
    }

    void failAtNextMessage() {
        failing = true;
    }

    void advance(Duration duration) {
        nodes.forEach(node -> node.advance(duration));
    }

    /** Stops all actors. */
    void close() {
        nodes.forEach(Node::die);
    }
}
