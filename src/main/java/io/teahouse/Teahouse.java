package io.teahouse;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * The server's entry point. Standard output says where it listens and when it is ready; the log goes to standard error.
 * Exit code 0 after SIGTERM or SIGINT, 1 if not everything ended in good order then, 2 when a setting is wrong or a port
 * cannot be had, 3 when the server cannot go on.
 */
public final class Teahouse {
    private static final int WRONG_SETTINGS = 2;
    private static final Duration DRAIN = Duration.ofSeconds(7); // longer than a connection may take to end
    private static final Duration STOP = Duration.ofSeconds(9);

    /** The process ends by then, whatever is unfinished. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int NOT_IN_GOOD_ORDER = 1;
    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private Teahouse() {}

    /** Runs the server; or, with arguments, one of the tools of the same jar ({@code --help} lists them). */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // libraries, too, write and compare alike whatever the machine's language is
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
        log.start(); // beside the settings, which take as long
        try {
            Configuration configuration = new Configuration();
            Config config = configuration.load();
            Settings settings = Settings.from(config);
            CompletableFuture<Store> store = open(settings.store()); // beside Akka, which takes as long
            log.join();
            start(config, settings, configuration, store);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (WrongSettings e) {
            refuse(e.problems());
        } catch (ConfigException e) {
            refuse(List.of("the settings cannot be read: " + e.getMessage()));
        } catch (RuntimeException e) {
            throw new AssertionError("the server could not be started", e); // which ends the process
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
            Config config, Settings settings, Configuration configuration, CompletableFuture<Store> store) {
        ActorSystem<ServerGuardian.Command> system = ActorSystem.create(
                ServerGuardian.create(settings, configuration::load, store, new Console()),
                "teahouse",
                SocketBuffers.fit(
                        config,
                        settings.connections().admission().maxConnections(),
                        Runtime.getRuntime().maxMemory()));
        settings.source()
                .unknown()
                .forEach(name -> LoggerFactory.getLogger(Teahouse.class).warn("unknown setting, ignored: {}", name));
        OpenFiles.warning(settings.connections().admission().maxConnections())
                .ifPresent(LoggerFactory.getLogger(Teahouse.class)::warn);
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceUnbind(),
                        "drain",
                        () -> AskPattern.<ServerGuardian.Command, Done>ask(
                                system, ServerGuardian.Drain::new, DRAIN, system.scheduler()));
        Signals.handle("HUP", () -> system.tell(ServerGuardian.Reload.RELOAD));
        ThreadGroup started = Thread.currentThread().getThreadGroup();
        Signals.handle("TERM", () -> beginToStop(started, system, store));
        Signals.handle("INT", () -> beginToStop(started, system, store));
        // Runs at every exit without a signal, above all after a fatal error within Akka: do not wait for
        // anything.
        Runtime.getRuntime().addShutdownHook(new Thread(FatalExit::now, "teahouse-fatal-exit"));
        system.getWhenTerminated().thenRun(() -> {
            if (!STOPPING.get()) {
                FatalExit.now();
            }
        });
    }

    /**
     * The process is told to end, perhaps not for the first time. Signals come on threads of the JVM; the one that stops
     * the server belongs to the group in which it was started, because {@code mvn exec:java} waits for that one and then
     * unloads the classes.
     */
    private static void beginToStop(
            ThreadGroup started, ActorSystem<ServerGuardian.Command> system, CompletableFuture<Store> store) {
        if (STOPPING.compareAndSet(false, true)) {
            haltInTime();
            Thread stop = new Thread(started, () -> stop(system, store), "teahouse-stop");
            stop.setDaemon(false); // else the JVM would exit with the actor system, before the store is closed
            stop.start();
        }
    }

    /** Halts, because the JVM's own exit code would be 143 instead of 0. */
    private static void stop(ActorSystem<ServerGuardian.Command> system, CompletableFuture<Store> store) {
        boolean inGoodOrder = true;
        try {
            CoordinatedShutdown.get(system)
                    .runAll(CoordinatedShutdown.jvmExitReason())
                    .toCompletableFuture()
                    .get(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            LoggerFactory.getLogger(Teahouse.class).warn("not everything ended in good order: {}", e.toString());
            inGoodOrder = false;
        }
        if (store.isDone() && !store.isCompletedExceptionally()) {
            store.join().close();
        }
        ServerLog.stop();
        Runtime.getRuntime().halt(inGoodOrder ? 0 : NOT_IN_GOOD_ORDER);
    }

    /** Neither a database that does not answer nor a log that nobody reads keeps the process from ending. */
    private static void haltInTime() {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(PATIENCE.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(NOT_IN_GOOD_ORDER);
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

    /** Tells whoever started the server. */
    private static final class Console implements ServerGuardian.Progress {
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
                    .error("{} failed: the server cannot go on without it and ends", part);
            ServerLog.stop();
            FatalExit.now();
        }

        @Override
        public void ready() {
            System.out.println("ready");
            System.out.flush();
        }
    }
}
