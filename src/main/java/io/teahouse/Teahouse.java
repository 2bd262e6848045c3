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
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The server's entry point. Standard output says where it listens and when it is ready; the log goes to standard error.
 * Exit code 0 after SIGTERM, 2 when a setting is wrong or a port cannot be had.
 */
public final class Teahouse {
    private static final int WRONG_SETTINGS = 2;
    private static final Duration DRAIN = Duration.ofSeconds(7); // longer than a connection may take to end
    private static final Duration STOP = Duration.ofSeconds(9);

    private Teahouse() {}

    /** Runs the server; or, with arguments, one of the tools of the same jar ({@code --help} lists them). */
    public static void main(String[] args) {
        if (args.length > 0) {
            System.exit(CommandLineTools.run(args));
        }
        Thread log = new Thread(ServerLog::start, "teahouse-log-start");
        log.start(); // beside the settings, which take as long
        try {
            Config config = Configuration.load();
            Settings settings = Settings.from(config);
            CompletableFuture<Store> store = open(settings.store()); // beside Akka, which takes as long
            log.join();
            start(config, settings, store);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Settings.WrongSettings e) {
            refuse(e.problems());
        } catch (ConfigException e) {
            refuse(List.of("the settings cannot be read: " + e.getMessage()));
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

    private static void start(Config config, Settings settings, CompletableFuture<Store> store) {
        ActorSystem<ServerGuardian.Command> system = ActorSystem.create(
                ServerGuardian.create(settings, Configuration::load, store, new Console()), "teahouse", config);
        settings.unknown()
                .forEach(name -> LoggerFactory.getLogger(Teahouse.class).warn("unknown setting, ignored: {}", name));
        OpenFiles.warning(settings.admission().maxConnections())
                .ifPresent(LoggerFactory.getLogger(Teahouse.class)::warn);
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceUnbind(),
                        "drain",
                        () -> AskPattern.<ServerGuardian.Command, Done>ask(
                                system, ServerGuardian.Drain::new, DRAIN, system.scheduler()));
        Hangup.handle(() -> system.tell(ServerGuardian.Reload.RELOAD));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, store), "teahouse-stop"));
    }

    /** Runs when the process is told to end. Halting here is what makes the exit code 0, where the JVM would say 143. */
    private static void stop(ActorSystem<ServerGuardian.Command> system, CompletableFuture<Store> store) {
        try {
            CoordinatedShutdown.get(system)
                    .runAll(CoordinatedShutdown.jvmExitReason())
                    .toCompletableFuture()
                    .get(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            LoggerFactory.getLogger(Teahouse.class).warn("not everything ended in good order: {}", e.toString());
        }
        if (store.isDone() && !store.isCompletedExceptionally()) {
            store.join().close();
        }
        ServerLog.stop();
        Runtime.getRuntime().halt(0);
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
        public void ready() {
            System.out.println("ready");
            System.out.flush();
        }
    }
}
