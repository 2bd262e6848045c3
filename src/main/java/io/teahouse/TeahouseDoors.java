package io.teahouse;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.account.Cloak;
import io.teahouse.cluster.SharedUsers;
import io.teahouse.net.ListenerActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.support.Check;
import io.teahouse.room.support.IdGenerator;
import io.teahouse.room.support.Library;
import io.teahouse.store.Store;
import io.teahouse.store.Stores;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Opens doors onto rooms that an application has, on ports of this machine: one for {@code nc}, one for IRC clients, one for browsers.
 *
 * <pre>{@code
 * TeahouseDoors.on(system, rooms).store(store).irc(6667).plain(25555).start();
 * }</pre>
 *
 * <p>The doors need libraries that an application adds; {@link #start} says which are missing. For transports other than TCP see {@link Doors}.
 */
public final class TeahouseDoors {
    private static final Library STREAMS = new Library("com.typesafe.akka:akka-stream_2.13", "akka.stream.javadsl.Tcp");
    private static final Library HTTP =
            new Library("com.typesafe.akka:akka-http-core_2.13", "akka.http.javadsl.model.HttpRequest");
    private static final Library ICU = new Library("com.ibm.icu:icu4j", "com.ibm.icu.text.SpoofChecker");
    private static final Library CRYPTOGRAPHY =
            new Library("org.bouncycastle:bcprov-jdk18on", "org.bouncycastle.crypto.generators.Argon2BytesGenerator");
    private static final Library SCRAM =
            new Library("com.ongres.scram:scram-common", "com.ongres.scram.common.ClientFirstMessage");
    private static final Library SHARDING = new Library(
            "com.typesafe.akka:akka-cluster-sharding-typed_2.13",
            "akka.cluster.sharding.typed.javadsl.ClusterSharding");
    private static final List<String> DOORS = List.of("plain", "irc", "web");
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final ActorSystem<?> system;
    private final ActorRef<RoomDirectory.Command> rooms;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private Store store = Stores.memory();
    private Config config = ConfigFactory.empty();
    private boolean isInCluster;

    private TeahouseDoors(ActorSystem<?> system, ActorRef<RoomDirectory.Command> rooms) {
        this.system = system;
        this.rooms = rooms;
        for (String door : List.of("plain", "irc", "web", "admin", "cluster")) {
            settings.put("teahouse." + door + ".enabled", false);
        }
        settings.put("teahouse.direct-writes", false); // for the server's own threads
    }

    /**
     * Doors onto these rooms.
     *
     * @param rooms such as {@link io.teahouse.room.local.LocalRooms}
     */
    public static TeahouseDoors on(ActorSystem<?> system, ActorRef<RoomDirectory.Command> rooms) {
        return new TeahouseDoors(Check.notNull(system, "system"), Check.notNull(rooms, "rooms"));
    }

    /** Where accounts are, and the logs of the rooms; by default, accounts are in memory. The application closes it. */
    public TeahouseDoors store(Store to) {
        store = Check.notNull(to, "store");
        return this;
    }

    /**
     * The rooms are those of {@link io.teahouse.cluster.ClusterRooms}: nicks and users are those of all nodes of the cluster, which need a store
     * that they share. Doors are opened so once per actor system.
     */
    public TeahouseDoors inCluster() {
        isInCluster = true;
        return this;
    }

    /** The address to listen on; by default the loopback interface. */
    public TeahouseDoors host(String name) {
        DOORS.forEach(door -> settings.put("teahouse." + door + ".host", name));
        return this;
    }

    /** Opens the plain door, for {@code nc}; 0: at any free port. */
    public TeahouseDoors plain(int port) {
        return open("plain", port);
    }

    /** Opens the IRC door; 0: at any free port. */
    public TeahouseDoors irc(int port) {
        return open("irc", port);
    }

    /** Opens the web door, with the chat page; 0: at any free port. */
    public TeahouseDoors web(int port) {
        return open("web", port);
    }

    private boolean isOpen(String door) {
        return Boolean.TRUE.equals(settings.get("teahouse." + door + ".enabled"));
    }

    private TeahouseDoors open(String door, int port) {
        settings.put("teahouse." + door + ".enabled", true);
        settings.put("teahouse." + door + ".port", port);
        return this;
    }

    /**
     * Changes other settings; {@code reference.conf} explains them. By default they are those of the actor system. The settings
     * of stores and clusters mean nothing here.
     *
     * @param with settings under {@code teahouse}, such as {@code ConfigFactory.parseString("teahouse.irc.network-name = Game")}
     */
    public TeahouseDoors settings(Config with) {
        config = Check.notNull(with, "with");
        return this;
    }

    /**
     * Opens the doors.
     *
     * @return the open doors; fails if a setting is wrong or a port is in use, and then no door is open
     * @throws IllegalStateException if no door was asked for, or a library is missing; the message says which
     */
    public CompletionStage<Open> start() {
        if (DOORS.stream().noneMatch(this::isOpen)) {
            throw new IllegalStateException("there is no door to open: call plain, irc or web first");
        }
        List<Library> needed = new ArrayList<>(List.of(STREAMS, ICU, CRYPTOGRAPHY, SCRAM));
        if (isOpen("web")) {
            needed.add(HTTP);
        }
        if (isInCluster) {
            needed.add(SHARDING);
        }
        Library.missing("a door", needed.toArray(Library[]::new)).ifPresent(missing -> {
            throw new IllegalStateException(missing);
        });
        Config all = ConfigFactory.parseMap(settings)
                .withFallback(config)
                .withFallback(system.settings().config())
                .withFallback(ConfigFactory.defaultReference(TeahouseDoors.class.getClassLoader()))
                .resolve();
        CompletableFuture<Open> opened = new CompletableFuture<>();
        cloak(all)
                .thenAccept(cloak -> system.systemActorOf(
                        Guardian.create(this, cloak, all, opened),
                        "teahouse-doors-" + IdGenerator.process().nextText(),
                        Props.empty()))
                .exceptionally(failure -> {
                    opened.completeExceptionally(failure);
                    return null;
                });
        return opened;
    }

    private CompletionStage<Cloak> cloak(Config all) {
        if (!all.getBoolean("teahouse.irc.cloak")) {
            return CompletableFuture.completedFuture(Cloak.NONE);
        }
        return store.accounts().secret().thenApply(secret -> {
            Cloak cloak = Cloak.keyed(secret);
            store.cloak(cloak);
            return cloak;
        });
    }

    /** Doors that are open. Thread-safe. */
    public static final class Open {
        private final ActorSystem<?> system;
        private final ActorRef<Command> guardian;
        private final Map<String, InetSocketAddress> addresses;

        private Open(ActorSystem<?> system, ActorRef<Command> guardian, Map<String, InetSocketAddress> addresses) {
            this.system = system;
            this.guardian = guardian;
            this.addresses = Map.copyOf(addresses);
        }

        /** Where the doors listen, by their names: {@code plain}, {@code irc}, {@code irc-tls}, {@code web}, {@code web-tls}. */
        public Map<String, InetSocketAddress> addresses() {
            return addresses;
        }

        /**
         * Where that door listens.
         *
         * @throws IllegalArgumentException if it is not open
         */
        public InetSocketAddress address(String door) {
            InetSocketAddress address = addresses.get(door);
            if (address == null) {
                throw new IllegalArgumentException("the door " + door + " is not open; open are " + addresses.keySet());
            }
            return address;
        }

        /** Accepts no more connections, and disconnects all clients with a reason. Rooms, store and system stay. */
        public CompletionStage<Done> stop() {
            return AskPattern.ask(guardian, Stop::new, STOP_TIMEOUT, system.scheduler());
        }
    }

    private sealed interface Command {}

    private record Status(ListenerActor.Status status) implements Command {}

    private record Stop(ActorRef<Done> replyTo) implements Command {}

    /** The parent of the doors and of what they share. */
    private static final class Guardian extends AbstractBehavior<Command> {
        private final CompletableFuture<Open> opened;
        private final Set<ActorRef<ListenerActor.Command>> listeners = new HashSet<>();
        private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        private final List<ActorRef<Done>> stopping = new ArrayList<>();

        static Behavior<Command> create(TeahouseDoors with, Cloak cloak, Config all, CompletableFuture<Open> opened) {
            return Behaviors.setup(context -> {
                try {
                    return new Guardian(context, doors(context, with, cloak, all), opened);
                } catch (IllegalArgumentException | IllegalStateException e) {
                    opened.completeExceptionally(e);
                    return Behaviors.stopped();
                }
            });
        }

        private static Doors doors(ActorContext<Command> context, TeahouseDoors with, Cloak cloak, Config all) {
            return with.isInCluster
                    ? Doors.openInCluster(
                            context, with.rooms, SharedUsers.get(context.getSystem()), with.store, cloak, all)
                    : Doors.open(context, with.rooms, with.store, cloak, all);
        }

        private Guardian(ActorContext<Command> context, Doors doors, CompletableFuture<Open> opened) {
            super(context);
            this.opened = opened;
            doors.listeners(context.getSystem(), context.messageAdapter(ListenerActor.Status.class, Status::new))
                    .forEach((name, listener) -> {
                        ActorRef<ListenerActor.Command> ref = context.spawn(listener, name);
                        context.watch(ref);
                        listeners.add(ref);
                    });
        }

        @Override
        public Receive<Command> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Status.class, this::onStatus)
                    .onMessage(Stop.class, this::onStop)
                    .onSignal(Terminated.class, this::onEnded)
                    .build();
        }

        private Behavior<Command> onStatus(Status told) {
            if (told.status instanceof ListenerActor.CannotListen failed) {
                opened.completeExceptionally(new IllegalStateException("cannot listen on " + failed.host() + ":"
                        + failed.port() + " (" + failed.door() + "): " + failed.why()));
                return Behaviors.stopped();
            } else if (told.status instanceof ListenerActor.Listening listening) {
                addresses.put(listening.door(), listening.address());
                if (addresses.size() == listeners.size()) {
                    opened.complete(
                            new Open(getContext().getSystem(), getContext().getSelf(), addresses));
                }
            }
            return this;
        }

        private Behavior<Command> onStop(Stop stop) {
            stopping.add(stop.replyTo);
            listeners.forEach(each -> each.tell(new ListenerActor.Drain("the chat is closing")));
            return stopIfDrained();
        }

        /** A listener that ends by itself has failed, and no door stays open without the others. */
        private Behavior<Command> onEnded(Terminated ended) {
            listeners.removeIf(each -> each.path().equals(ended.getRef().path()));
            return stopping.isEmpty() ? Behaviors.stopped() : stopIfDrained();
        }

        private Behavior<Command> stopIfDrained() {
            if (listeners.isEmpty()) {
                stopping.forEach(each -> each.tell(Done.getInstance()));
                return Behaviors.stopped();
            }
            return this;
        }
    }
}
