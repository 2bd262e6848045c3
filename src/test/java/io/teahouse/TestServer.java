package io.teahouse;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.teahouse.account.AccountStore;
import io.teahouse.account.ReadMarkers;
import io.teahouse.client.Dialect;
import io.teahouse.client.Services;
import io.teahouse.hook.HookQueue;
import io.teahouse.net.Admission;
import io.teahouse.net.ListenerActor;
import io.teahouse.operator.OperatorStores;
import io.teahouse.room.Archive;
import io.teahouse.room.MemoryRoomLogs;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomLogs;
import io.teahouse.store.Store;
import io.teahouse.store.StoreException;
import io.teahouse.store.Stores;
import io.teahouse.user.AlwaysOnUsers;
import io.teahouse.wire.plain.PlainDialect;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The whole server in this process, its doors on any free ports. The system property {@code test.settings} adds settings
 * to all such servers, divided by semicolons: with {@code -Dtest.settings="teahouse.threads=2"}, the suite runs with two threads.
 */
public final class TestServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** From actor to actor, at the most. */
    private static final int HOPS = 6;

    private final Settings settings;
    private final Store store;
    private final ActorSystem<ServerGuardian.Command> system;
    private final CompletableFuture<Map<String, Integer>> ports = new CompletableFuture<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final AtomicReference<Config> read = new AtomicReference<>(ConfigFactory.empty());

    private TestServer(
            Optional<RoomLogs> logs, Optional<AccountStore> accounts, Consumer<Store> prepare, List<String> changed) {
        Config above = ConfigFactory.parseString(
                "teahouse.plain.port = 0\nteahouse.irc.port = 0\nteahouse.admin.port = 0\nteahouse.web { port = 0, tls-port = 0 }\nteahouse.store.kind = memory\n"
                        + "teahouse.plain.history-lines = 0\n"
                        + "teahouse.accounts { scram-iterations = 4096, min-password-length = 4 }\n" // cheap
                        + System.getProperty("test.settings", "").replace(';', '\n') + "\n"
                        + String.join("\n", changed));
        Config config = above.withFallback(Configuration.below(above)).resolve();
        try {
            settings = Settings.from(config);
        } catch (WrongSettings e) {
            throw new IllegalArgumentException(e);
        }
        Store plain = store(logs, settings);
        store = accounts.map(mine -> with(mine, plain)).orElse(plain);
        prepare.accept(store);
        CompletableFuture<Store> opened = CompletableFuture.completedFuture(store);
        system = ActorSystem.create(
                ServerGuardian.create(
                        settings, () -> read.get().withFallback(config).resolve(), opened, new Port()),
                "teahouse",
                config);
    }

    /** What the server finds in its settings when it reads them again: those of its start, except for these. */
    public void changeSettings(String... changed) {
        read.set(ConfigFactory.parseString(String.join("\n", changed)));
    }

    /** As if the process had received SIGHUP. */
    public void hangUp() {
        system.tell(ServerGuardian.ReloadSettings.RELOAD);
    }

    private static Store store(Optional<RoomLogs> logs, Settings settings) {
        try {
            return logs.isEmpty()
                    ? Stores.open(settings.store())
                    : Stores.with(
                            logs.get(), logs.get() instanceof Archive archive ? archive : new MemoryRoomLogs(), 100);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Store with(AccountStore accounts, Store store) {
        return new Store() {
            @Override
            public RoomLogs logs() {
                return store.logs();
            }

            @Override
            public Archive archive() {
                return store.archive();
            }

            @Override
            public AccountStore accounts() {
                return accounts;
            }

            @Override
            public ReadMarkers markers() {
                return store.markers();
            }

            @Override
            public AlwaysOnUsers alwaysOn() {
                return store.alwaysOn();
            }

            @Override
            public OperatorStores operators() {
                return store.operators();
            }

            @Override
            public HookQueue hooks() {
                return store.hooks();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    /**
     * With the settings of {@code reference.conf}, except for these, such as {@code teahouse.plain.framing = chunks}. Messages are
     * stored only if the settings say so.
     */
    public static TestServer start(String... changed) {
        return start(Optional.empty(), Optional.empty(), store -> {}, changed);
    }

    /**
     * The same, over a store that was prepared.
     *
     * @param prepare runs when the store is open, and before anything asks it
     */
    public static TestServer startPrepared(Consumer<Store> prepare, String... changed) {
        return start(Optional.empty(), Optional.empty(), prepare, changed);
    }

    public static TestServer start(RoomLogs logs, String... changed) {
        return start(Optional.of(logs), Optional.empty(), store -> {}, changed);
    }

    public static TestServer start(AccountStore accounts, String... changed) {
        return start(Optional.empty(), Optional.of(accounts), store -> {}, changed);
    }

    private static TestServer start(
            Optional<RoomLogs> logs, Optional<AccountStore> accounts, Consumer<Store> prepare, String... changed) {
        TestServer server = new TestServer(logs, accounts, prepare, List.of(changed));
        server.port();
        return server;
    }

    public int port() {
        return port("plain");
    }

    /** The port of this door. */
    public int port(String door) {
        return ports.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().getOrDefault(door, -1);
    }

    /** Waits until the server reports that an essential part failed, and returns its name. */
    public String failure() {
        return failure.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public Store store() {
        return store;
    }

    public ActorSystem<?> system() {
        return system;
    }

    /** The directory of the clients' rooms. */
    public RecipientRef<RoomDirectory.Command> rooms() {
        return services().rooms();
    }

    /**
     * Waits until the threads of rooms and connections have done what they had been given, and what followed from that: a user with an
     * account, for example, leaves a moment after the last connection has ended. Not what other threads do, such as those of the store.
     */
    public void settle() {
        for (int i = 0; i < HOPS; i++) {
            settings.connections().dispatchers().forEach(this::drain);
        }
    }

    private void drain(String dispatcher) {
        CompletableFuture.runAsync(() -> {}, system.dispatchers().lookup(DispatcherSelector.fromConfig(dispatcher)))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Opens a further plain door to the same rooms and names, with faulty dialects. */
    public int openDoor(UnaryOperator<Dialect> spoilt) {
        PlainDoor plain = settings.plain().orElseThrow();
        Services services = services();
        CompletableFuture<Integer> opened = new CompletableFuture<>();
        ActorRef<ListenerActor.Status> status = system.systemActorOf(
                akka.actor.typed.javadsl.Behaviors.receiveMessage(told -> {
                    opened.complete(((ListenerActor.Listening) told).address().getPort());
                    return akka.actor.typed.javadsl.Behaviors.stopped();
                }),
                "spoilt-door-status",
                Props.empty());
        system.systemActorOf(
                ListenerActor.create(
                        plain.listener(),
                        new Admission(settings.connections().admission(), address -> Optional.empty()),
                        services,
                        () -> spoilt.apply(new PlainDialect(plain.dialect())),
                        status),
                "spoilt-door",
                Props.empty());
        return opened.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private Services services() {
        return AskPattern.<ServerGuardian.Command, Services>ask(
                        system, ServerGuardian.Share::new, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        store.close();
    }

    private final class Port implements ServerGuardian.Progress {
        private final Map<String, Integer> open = new HashMap<>();

        @Override
        public void listening(ListenerActor.Listening listening) {
            open.put(listening.door(), listening.address().getPort());
        }

        @Override
        public void cannotStore(Throwable why) {
            ports.completeExceptionally(why);
        }

        @Override
        public void cannotListen(ListenerActor.CannotListen failed) {
            ports.completeExceptionally(new IllegalStateException(failed.toString()));
        }

        @Override
        public void failed(String part) {
            failure.complete(part);
        }

        @Override
        public void stop() {
            throw new AssertionError("a test server is alone");
        }

        @Override
        public void ready() {
            ports.complete(Map.copyOf(open));
        }
    }
}
