package io.teahouse;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.cluster.ClusterNode;
import io.teahouse.net.ListenerActor;
import io.teahouse.store.Store;
import io.teahouse.store.StoreException;
import io.teahouse.store.StoreSettings;
import io.teahouse.store.Stores;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * The server's entry point. Standard output says where it listens and when it is ready; the log goes to standard error.
 * Exit code 0 after SIGTERM or SIGINT, 1 if the server did not stop cleanly then or its cluster has removed it, 2 if a
 * setting is wrong or a port or the store cannot be opened, 3 if the server cannot continue.
 */
public final class Teahouse {
    private static final int WRONG_SETTINGS = 2;
    private static final Duration DRAIN = Duration.ofSeconds(7); // longer than a connection may take to end
    private static final Duration STOP = Duration.ofSeconds(9);

    /** By then the process exits, finished or not. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int UNCLEAN_STOP = 1;

    /** So that the service manager starts this node again. */
    private static final int REMOVED = 1;

    /**
     * How the server stops.
     *
     * @param leaving the time for sending the clients to other nodes; empty: they end at once
     */
    private record Stop(
            ActorSystem<ServerGuardian.Command> system,
            CompletableFuture<Store> store,
            Optional<Duration> leaving,
            int exitCode) {}

    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private Teahouse() {}

    /** Runs the server; or, with arguments, one of the tools of the same jar ({@code --help} lists them). */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // libraries, too, must not depend on the machine's language
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        try {
            String[] read = Utf8Arguments.read(args);
            if (read.length > 0) {
                System.exit(CommandLineTools.run(read));
            }
        } catch (Utf8Arguments.Unreadable e) {
            refuse(List.of(String.valueOf(e.getMessage())));
        }
        FatalExit.onUncaughtErrors();
        ServerLog.problem().ifPresent(problem -> refuse(List.of(problem)));
        Thread log = new Thread(ServerLog::start, "teahouse-log-start");
        log.start(); // while the settings are read, which takes as long
        try {
            Configuration configuration = new Configuration();
            Config config = configuration.load();
            Settings settings = Settings.from(config);
            log.join(); // slf4j complains of a thread that logs meanwhile
            ServerLog.use(settings.log());
            CompletableFuture<Store> store = open(settings.store()); // while Akka starts, which takes as long
            start(config, settings, configuration, store);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (WrongSettings e) {
            refuse(e.problems());
        } catch (ConfigException e) {
            refuse(List.of("the settings cannot be read: " + e.getMessage()));
        } catch (RuntimeException e) {
            throw new AssertionError("the server could not start", e); // ends the process
        }
    }

    private static CompletableFuture<Store> open(StoreSettings settings) {
        CompletableFuture<Store> opened = new CompletableFuture<>();
        Thread opening = new Thread(
                () -> {
                    try {
                        // The JDK reads files for its first random number, and later there may be none left.
                        new SecureRandom().nextLong();
                        opened.complete(Stores.open(settings));
                    } catch (StoreException | RuntimeException | Error e) {
                        opened.completeExceptionally(e);
                    }
                },
                "teahouse-store-start");
        opening.start();
        return opened;
    }

    private static void start(
            Config config, Settings settings, Configuration configuration, CompletableFuture<Store> store)
            throws WrongSettings {
        CompletableFuture<Runnable> stopping = new CompletableFuture<>();
        ActorSystem<ServerGuardian.Command> system =
                create(config, settings, configuration, store, new Console(stopping));
        settings.source()
                .unknown()
                .forEach(name -> LoggerFactory.getLogger(Teahouse.class).warn("unknown setting, ignored: {}", name));
        OpenFiles.warning(settings.connections().admission().maxConnections())
                .ifPresent(LoggerFactory.getLogger(Teahouse.class)::warn);
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseServiceUnbind(), "drain", () -> drain(system, Optional.empty()));
        Signals.handle("HUP", () -> system.tell(ServerGuardian.ReloadSettings.RELOAD));
        ThreadGroup started = Thread.currentThread().getThreadGroup();
        Duration sendingAway =
                settings.cluster().map(node -> node.drain().within()).orElse(Duration.ZERO);
        Runnable stop = () -> beginToStop(started, new Stop(system, store, Optional.of(sendingAway), 0));
        Signals.handle("TERM", stop);
        Signals.handle("INT", stop);
        stopping.complete(stop);
        ClusterNode.whenRemoved(system, why -> {
            LoggerFactory.getLogger(Teahouse.class).error("the server exits, because {}", why);
            beginToStop(started, new Stop(system, store, Optional.empty(), REMOVED));
        });
        // Runs at every exit without a signal, above all after a fatal error within Akka: wait for
        // nothing.
        Runtime.getRuntime().addShutdownHook(new Thread(FatalExit::now, "teahouse-fatal-exit"));
        system.getWhenTerminated().thenRun(() -> {
            if (!STOPPING.get()) {
                FatalExit.now();
            }
        });
    }

    /** @param leaving the time for sending the clients to other nodes; empty: they end at once */
    private static CompletionStage<Done> drain(ActorSystem<ServerGuardian.Command> system, Optional<Duration> leaving) {
        return AskPattern.ask(
                system,
                replyTo -> new ServerGuardian.Drain(leaving.isPresent(), replyTo),
                DRAIN.plus(leaving.orElse(Duration.ZERO)),
                system.scheduler());
    }

    private static ActorSystem<ServerGuardian.Command> create(
            Config config,
            Settings settings,
            Configuration configuration,
            CompletableFuture<Store> store,
            Console console)
            throws WrongSettings {
        try {
            return ActorSystem.create(
                    ServerGuardian.create(settings, configuration::load, store, console),
                    "teahouse",
                    SocketBuffers.fit(
                            config,
                            settings.connections().admission().maxConnections(),
                            Runtime.getRuntime().maxMemory()));
        } catch (RuntimeException e) {
            Optional<String> refused = settings.cluster().flatMap(cluster -> ClusterNode.cannotListen(cluster, e));
            if (refused.isPresent()) {
                throw new WrongSettings(List.of(refused.get()));
            }
            throw e;
        }
    }

    /**
     * Handles a signal to stop, perhaps not the first one. Signals arrive on threads of the JVM. The thread that stops
     * the server belongs to the group in which the server was started, because {@code mvn exec:java} waits for this group and then
     * unloads the classes.
     */
    private static void beginToStop(ThreadGroup started, Stop how) {
        if (STOPPING.compareAndSet(false, true)) {
            haltIn(PATIENCE.plus(how.leaving.orElse(Duration.ZERO)));
            Thread stop = new Thread(started, () -> stop(how), "teahouse-stop");
            stop.setDaemon(false); // otherwise the JVM would exit with the actor system, before the store is closed
            stop.start();
        }
    }

    /** Halts, because the JVM's own exit code would be 143 instead of 0. */
    private static void stop(Stop how) {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(how.system);
        boolean clean = true;
        try {
            drain(how.system, how.leaving) // Akka's shutdown comes later: see ClusterNode.handOver
                    .exceptionally(late -> Done.getInstance())
                    .thenCompose(drained -> shutdown.runAll(CoordinatedShutdown.jvmExitReason()))
                    .toCompletableFuture()
                    .get(STOP.plus(how.leaving.orElse(Duration.ZERO)).toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            LoggerFactory.getLogger(Teahouse.class).warn("the server did not stop cleanly: {}", e.toString());
            clean = false;
        }
        if (how.store.isDone() && !how.store.isCompletedExceptionally()) {
            how.store.join().close();
        }
        ServerLog.stop();
        Runtime.getRuntime().halt(clean ? how.exitCode : UNCLEAN_STOP);
    }

    /** Exits in time even if the database does not answer, or nobody reads the log. */
    private static void haltIn(Duration time) {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(time.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(UNCLEAN_STOP);
                },
                "teahouse-stop-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void refuse(List<String> problems) {
        problems.forEach(problem -> System.err.println("teahouse: " + problem));
        System.err.flush();
        Runtime.getRuntime().halt(WRONG_SETTINGS);
    }

    /** Reports the start on the console. */
    private static final class Console implements ServerGuardian.Progress {
        private final CompletableFuture<Runnable> stopping;

        /** @param stopping how the process stops, as soon as it handles signals */
        Console(CompletableFuture<Runnable> stopping) {
            this.stopping = stopping;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // stopping reports its failures itself
        public void stop() {
            stopping.thenAccept(Runnable::run);
        }

        @Override
        public void cannotStore(Throwable why) {
            ServerLog.stop();
            refuse(List.of(why instanceof StoreException ? String.valueOf(why.getMessage()) : "the store: " + why));
        }

        @Override
        public void listening(ListenerActor.Listening door) {
            InetSocketAddress at = door.address();
            String host = at.getAddress().getHostAddress();
            System.out.println(door.door() + " listening on " + (host.contains(":") ? "[" + host + "]" : host) + ":"
                    + at.getPort());
        }

        @Override
        public void cannotListen(ListenerActor.CannotListen door) {
            ServerLog.stop();
            refuse(List.of("the " + door.door() + " door cannot listen on " + door.host() + ":" + door.port() + " ("
                    + door.settings() + "): " + door.why()));
        }

        @Override
        public void failed(String part) {
            LoggerFactory.getLogger(Teahouse.class)
                    .error("{} failed: the server exits, because it cannot work without it", part);
            ServerLog.stop();
            FatalExit.now();
        }

        /** Not before a signal is handled: SIGHUP would end the process. */
        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        public void ready() {
            stopping.thenRun(() -> {
                System.out.println("ready");
                System.out.flush();
            });
        }
    }
}
