package io.teahouse;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.typesafe.config.Config;
import io.teahouse.account.Cloak;
import io.teahouse.admin.AdminServer;
import io.teahouse.admin.AdminSettings;
import io.teahouse.admin.Health;
import io.teahouse.admin.ServerMetrics;
import io.teahouse.client.Metrics;
import io.teahouse.client.Services;
import io.teahouse.hook.HookQueue;
import io.teahouse.hook.HookTotals;
import io.teahouse.hook.Hooks;
import io.teahouse.net.ListenerActor;
import io.teahouse.operator.BanList;
import io.teahouse.operator.Maintenance;
import io.teahouse.operator.Reload;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.store.Store;
import io.teahouse.user.UserSupervisor;
import io.teahouse.web.Pages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the server: the one file that knows all parts. Stops when it has been drained. */
final class ServerGuardian extends AbstractBehavior<ServerGuardian.Command> {
    sealed interface Command {}

    /** Close all doors, tell the clients, stop. */
    record Drain(ActorRef<Done> replyTo) implements Command {}

    /** Returns what the clients of this server share, for a further door to the same rooms. */
    record Share(ActorRef<Services> replyTo) implements Command {}

    /** Reload the settings that a running server can change. */
    enum ReloadSettings implements Command {
        RELOAD
    }

    /** Always-on users are back, as far as the store answers. */
    private enum Restored implements Command {
        RESTORED
    }

    /**
     * Bans and maintenance mode have been read, or could not be.
     *
     * @param isDone false: the store did not answer
     */
    private record Loaded(boolean isDone) implements Command {}

    /** It is time to read them again. */
    private enum LoadAgain implements Command {
        LOAD
    }

    /** Everything about always-on users is stored. */
    private enum Flushed implements Command {
        FLUSHED
    }

    private record Status(ListenerActor.Status status) implements Command {}

    private record Stored(Optional<Opened> opened, Optional<Throwable> failure) implements Command {}

    /**
     * The store, and what is read of it before anybody may come.
     *
     * @param cloak of addresses, whose key is a secret of the store
     */
    private record Opened(Store store, Cloak cloak, BanList bans, Maintenance maintenance, boolean isLoaded) {}

    /** Reports the start: once for each door, then once for the server. */
    interface Progress {
        /** The store could not be opened; the server stops. */
        void cannotStore(Throwable why);

        void listening(ListenerActor.Listening door);

        void cannotListen(ListenerActor.CannotListen door);

        /** An essential part of the server has ended. */
        void failed(String part);

        void ready();
    }

    /** Only the starting code sends messages before the server is open, so few wait. */
    private static final int STASHED = 100;

    private static final String ADMIN = "admin";
    private static final String ADMIN_DISPATCHER = "teahouse-admin-dispatcher";
    private static final String HOOK_DISPATCHER = "teahouse-hook-dispatcher";

    /** Longer than a write usually takes, shorter than probes wait. */
    private static final Duration STORE_PROBE = Duration.ofSeconds(2);

    private static final String PAGES_DISPATCHER = "teahouse-pages-dispatcher";

    /** After the start, so that it does not take longer; before most people come. */
    private static final Duration WARM_UP_DELAY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ServerGuardian.class);

    private final Progress progress;
    private final Doors doors;
    private final List<ActorRef<ListenerActor.Command>> listeners = new ArrayList<>();
    private final List<ActorRef<Done>> drainers = new ArrayList<>();
    private final Optional<AdminSettings> admin;

    /** There, if the admin port is. */
    private final Optional<ServerMetrics> metrics;

    private final Health health;
    private final Pages pages;
    private final boolean hasPages;
    private final Duration patience;
    private final BanList bans;
    private final Maintenance maintenance;
    private final Duration retryInterval;
    private final Hooks hooks;
    private final HookQueue hookQueue;
    private int opening;
    private boolean flushing;

    /**
     * Creates a server that opens its doors when its store is open.
     *
     * @param source reads the settings again for a reload
     * @param store completes when the store is open
     */
    static Behavior<Command> create(
            Settings settings, Supplier<Config> source, CompletionStage<Store> store, Progress progress) {
        return Behaviors.withStash(
                STASHED,
                stash -> Behaviors.setup(context -> {
                    context.pipeToSelf(
                            store.thenCompose(open -> read(settings, open)),
                            (open, why) -> new Stored(
                                    Optional.ofNullable(open),
                                    Optional.ofNullable(why).map(ServerGuardian::cause)));
                    return Behaviors.receive(Command.class)
                            .onMessage(
                                    Stored.class,
                                    opened -> stash.unstashAll(open(context, settings, source, opened, progress)))
                            .onMessage(Command.class, early -> {
                                stash.stash(early);
                                return Behaviors.same();
                            })
                            .build();
                }));
    }

    /** A dependent stage wraps the failure of the stage before it. */
    private static Throwable cause(Throwable why) {
        return why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
    }

    private static CompletionStage<Opened> read(Settings settings, Store store) {
        BanList bans = Doors.bans(settings, store);
        Maintenance maintenance = new Maintenance(store.operators().maintenance());
        return cloak(settings, store)
                .thenCombine(
                        load(bans, maintenance),
                        (cloak, loaded) -> new Opened(store, cloak, bans, maintenance, loaded));
    }

    /** False: the store does not answer just now. Then its doors open all the same, as they do without a store later. */
    private static CompletionStage<Boolean> load(BanList bans, Maintenance maintenance) {
        return bans.load()
                .thenCombine(maintenance.load(), (banned, maintained) -> true)
                .exceptionally(failure -> {
                    LOG.debug("bans and maintenance mode could not be read", failure);
                    return false;
                });
    }

    /** Earlier messages are shown with cloaks, too. */
    private static CompletionStage<Cloak> cloak(Settings settings, Store store) {
        if (!settings.connections().cloak()) {
            return CompletableFuture.completedFuture(Cloak.NONE);
        }
        return store.accounts().secret().thenApply(secret -> {
            Cloak cloak = Cloak.keyed(secret);
            store.cloak(cloak);
            return cloak;
        });
    }

    private static Behavior<Command> open(
            ActorContext<Command> context,
            Settings settings,
            Supplier<Config> source,
            Stored opened,
            Progress progress) {
        if (opened.failure.isPresent()) {
            progress.cannotStore(opened.failure.get());
            return Behaviors.stopped();
        }
        return new ServerGuardian(context, settings, source, opened.opened.orElseThrow(), progress);
    }

    private ServerGuardian(
            ActorContext<Command> context,
            Settings settings,
            Supplier<Config> source,
            Opened opened,
            Progress progress) {
        super(context);
        this.progress = progress;
        Store store = opened.store;
        List<String> threads = settings.connections().dispatchers();
        threads.forEach(thread -> context.spawnAnonymous(Behaviors.ignore(), DispatcherSelector.fromConfig(thread)));
        ActorRef<RoomDirectory.Command> rooms = context.spawn(
                LocalRooms.create(
                        store.logs(),
                        settings.rooms().each(),
                        settings.rooms().quotas(),
                        room -> DispatcherSelector.fromConfig(threadOf(room, threads)),
                        settings.names().caseMapping(),
                        settings.rooms().official()),
                "rooms");
        metrics = settings.admin().map(any -> new ServerMetrics());
        doors = new Doors(
                settings,
                source,
                context,
                rooms,
                store,
                opened.cloak,
                opened.bans,
                opened.maintenance,
                metrics.<Metrics>map(m -> m).orElse(Metrics.NONE));
        HookTotals hookTotals = new HookTotals();
        metrics.ifPresent(each -> each.watch(
                doors.services(),
                doors.admission(),
                store.totals(),
                settings.ircAtAnyDoor()
                        .flatMap(IrcDoor::certificate)
                        .or(() -> settings.admin().flatMap(AdminSettings::certificate)),
                new ServerMetrics.Reloads(
                        doors.reloads().succeeded()::sum, doors.reloads().failed()::sum),
                hookTotals));
        admin = settings.admin();
        health = new Health(store::probe, STORE_PROBE);
        pages = doors.pages(context.getSystem(), PAGES_DISPATCHER);
        hasPages = settings.web().isPresent();
        context.getChildren().forEach(context::watch);
        hooks = new Hooks(context, HOOK_DISPATCHER, settings.hooks(), rooms, hookTotals);
        hookQueue = store.hooks();
        patience = settings.connections().user().answerTimeout();
        context.ask(
                UserSupervisor.RestoreEnded.class,
                doors.services().supervisor(),
                patience,
                UserSupervisor.AwaitRestore::new,
                (ended, late) -> Restored.RESTORED);
        bans = opened.bans;
        maintenance = opened.maintenance;
        retryInterval = settings.store().backend().retryInterval();
        if (!opened.isLoaded) {
            LOG.warn("the store does not answer: bans and maintenance mode are not in force until it does");
            getContext().scheduleOnce(retryInterval, getContext().getSelf(), LoadAgain.LOAD);
        }
    }

    private Behavior<Command> onLoadAgain() {
        getContext().pipeToSelf(load(bans, maintenance), (done, failure) -> new Loaded(failure == null && done));
        return this;
    }

    private Behavior<Command> onLoaded(Loaded loaded) {
        if (loaded.isDone) {
            LOG.info("bans and maintenance mode are in force");
        } else {
            getContext().scheduleOnce(retryInterval, getContext().getSelf(), LoadAgain.LOAD);
        }
        return this;
    }

    private Behavior<Command> onRestored() {
        if (drainers.isEmpty()) {
            hooks.startOutgoing(hookQueue);
            doors.listeners(pages, getContext().messageAdapter(ListenerActor.Status.class, Status::new))
                    .forEach(this::listen);
            admin.ifPresent(this::listenForMachines);
        }
        return this;
    }

    private void listenForMachines(AdminSettings settings) {
        ActorSystem<?> system = getContext().getSystem();
        AdminServer server = new AdminServer(
                system,
                ADMIN_DISPATCHER,
                settings,
                health,
                () -> metrics.orElseThrow().scrape(doors.services(), system, ADMIN_DISPATCHER),
                doors.powers(),
                hooks.startIncoming());
        opening++;
        getContext()
                .pipeToSelf(
                        server.listen(),
                        (address, failure) -> new Status(
                                failure == null
                                        ? new ListenerActor.Listening(ADMIN, address)
                                        : ListenerActor.CannotListen.because(
                                                failure,
                                                ADMIN,
                                                "teahouse.admin.host, teahouse.admin.port",
                                                settings.host(),
                                                settings.port())));
    }

    /** The log has the result. Called on any thread. */
    private void reload() {
        try {
            doors.reload().run();
        } catch (Reload.Unusable e) {
            LOG.debug("settings not reloaded", e);
        }
    }

    private static String threadOf(RoomName room, List<String> threads) {
        return threads.get(Math.floorMod(room.key().hashCode(), threads.size()));
    }

    private void listen(String name, Behavior<ListenerActor.Command> listener) {
        ActorRef<ListenerActor.Command> ref = getContext().spawn(listener, name);
        getContext().watch(ref);
        listeners.add(ref);
        health.expect(name);
        opening++;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Status.class, this::onStatus)
                .onMessageEquals(Restored.RESTORED, this::onRestored)
                .onMessageEquals(Flushed.FLUSHED, this::onFlushed)
                .onMessageEquals(LoadAgain.LOAD, this::onLoadAgain)
                .onMessage(Loaded.class, this::onLoaded)
                .onMessage(Drain.class, this::onDrain)
                .onMessage(Share.class, this::onShare)
                .onMessageEquals(ReloadSettings.RELOAD, this::onReload)
                .onSignal(Terminated.class, this::onEnded)
                .onSignal(PostStop.class, stopped -> {
                    metrics.ifPresent(ServerMetrics::close);
                    return this;
                })
                .build();
    }

    private Behavior<Command> onStatus(Status told) {
        opening--;
        if (told.status instanceof ListenerActor.CannotListen failed) {
            progress.cannotListen(failed);
        } else if (told.status instanceof ListenerActor.Listening listening) {
            health.listens(listening.door());
            progress.listening(listening);
            if (opening == 0) {
                progress.ready();
                if (hasPages) {
                    getContext()
                            .getSystem()
                            .scheduler()
                            .scheduleOnce(
                                    WARM_UP_DELAY, pages::warmUp, getContext().getExecutionContext());
                }
            }
        }
        return this;
    }

    private Behavior<Command> onDrain(Drain drain) {
        drainers.add(drain.replyTo);
        health.drain();
        listeners.forEach(listener -> listener.tell(new ListenerActor.Drain("the server is shutting down")));
        return endIfDrained();
    }

    private Behavior<Command> onShare(Share share) {
        share.replyTo.tell(doors.services());
        return this;
    }

    private Behavior<Command> onReload() {
        Executor files = getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        files.execute(this::reload);
        return this;
    }

    /** A listener stops when it is drained, or after it has reported that it cannot listen; no other part stops by itself. */
    private Behavior<Command> onEnded(Terminated ended) {
        boolean listened = listeners.removeIf(
                listener -> listener.path().equals(ended.getRef().path()));
        if (ended instanceof ChildFailed || !listened) {
            progress.failed("the actor " + ended.getRef().path().name());
        }
        return endIfDrained();
    }

    private Behavior<Command> endIfDrained() {
        if (listeners.isEmpty() && !drainers.isEmpty() && !flushing) {
            flushing = true;
            getContext()
                    .ask(
                            UserSupervisor.Flushed.class,
                            doors.services().supervisor(),
                            patience,
                            UserSupervisor.Flush::new,
                            (flushed, late) -> Flushed.FLUSHED);
        }
        return this;
    }

    private Behavior<Command> onFlushed() {
        drainers.forEach(drainer -> drainer.tell(Done.getInstance()));
        drainers.clear();
        flushing = false;
        return this;
    }
}
