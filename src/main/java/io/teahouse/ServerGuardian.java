package io.teahouse;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.Props;
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
import io.teahouse.cluster.ClusterNode;
import io.teahouse.cluster.ClusterProbe;
import io.teahouse.cluster.ClusterRooms;
import io.teahouse.cluster.ClusterSettings;
import io.teahouse.cluster.DrainSettings;
import io.teahouse.cluster.DrainTurn;
import io.teahouse.cluster.SharedUsers;
import io.teahouse.hook.HookSettings;
import io.teahouse.hook.HookTotals;
import io.teahouse.hook.Hooks;
import io.teahouse.hook.IncomingHooks;
import io.teahouse.net.ConnectionHost;
import io.teahouse.net.DrainRate;
import io.teahouse.net.ListenerActor;
import io.teahouse.operator.BanList;
import io.teahouse.operator.EntranceLoader;
import io.teahouse.operator.Maintenance;
import io.teahouse.operator.NodeStopper;
import io.teahouse.operator.Operator;
import io.teahouse.operator.Privilege;
import io.teahouse.operator.Way;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomSettings;
import io.teahouse.room.local.LocalRooms;
import io.teahouse.store.Store;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRegistryActor;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSupervisor;
import io.teahouse.web.Pages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Wires the server: the one file that knows all parts. Stops when it has been drained. */
final class ServerGuardian extends AbstractBehavior<ServerGuardian.Command> {
    sealed interface Command {}

    /**
     * Close all doors, tell the clients, stop.
     *
     * @param isLeaving whether there is time for the clients to go to other nodes of the cluster, if there is one
     */
    record Drain(boolean isLeaving, ActorRef<Done> replyTo) implements Command {}

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

    /** This node is a member of its cluster. */
    private enum Joined implements Command {
        JOINED
    }

    /** Everything about always-on users is stored. */
    private enum Flushed implements Command {
        FLUSHED
    }

    /** What this node had of its cluster has been moved to others. */
    private enum HandedOver implements Command {
        HANDED_OVER
    }

    /** Other settings have taken effect. */
    private record Reloaded(Settings settings) implements Command {}

    private record Status(ListenerActor.Status status) implements Command {}

    private record Stored(Optional<Opened> opened, Optional<Throwable> failure) implements Command {}

    /**
     * The store, and what is read of it before anybody may come.
     *
     * @param cloak of addresses, whose key is a secret of the store
     */
    private record Opened(Store store, Cloak cloak, BanList bans, Maintenance maintenance, boolean isLoaded) {}

    /** Reports the start: once for each door, then once for the server; and that it should stop. */
    interface Progress {
        /** The store could not be opened; the server stops. */
        void cannotStore(Throwable why);

        void listening(ListenerActor.Listening door);

        void cannotListen(ListenerActor.CannotListen door);

        /** An essential part of the server has ended. */
        void failed(String part);

        void ready();

        /** An operator wants the process to stop, as at SIGTERM. Any thread. */
        void stop();
    }

    /** Of this server in a cluster. */
    private enum Membership {
        ALONE,
        JOINING,
        MEMBER
    }

    /** Only the starting code sends messages before the server is open, so few wait. */
    private static final int STASHED = 100;

    private static final String ADMIN = "admin";
    private static final String CLUSTER = "cluster";
    private static final String ADMIN_DISPATCHER = "teahouse-admin-dispatcher";
    private static final String HOOK_DISPATCHER = "teahouse-hook-dispatcher";

    /** Longer than a write usually takes, shorter than probes wait. */
    private static final Duration STORE_PROBE = Duration.ofSeconds(2);

    private static final String PAGES_DISPATCHER = "teahouse-pages-dispatcher";

    /** After the start, so that it does not take longer; before most people come. */
    private static final Duration WARM_UP_DELAY = Duration.ofSeconds(1);

    private final Progress progress;
    private final Doors doors;
    private static final String ROOMS = "rooms";

    private final List<ActorRef<ListenerActor.Command>> listeners = new ArrayList<>();
    private final List<ActorRef<Done>> drainers = new ArrayList<>();
    private final Optional<ClusterSettings> cluster;
    private final Optional<DrainTurn> turn;
    private final Optional<AdminSettings> admin;

    /** There, if the admin port is. */
    private final Optional<ServerMetrics> metrics;

    private final Health health;
    private final Pages pages;
    private final boolean hasPages;
    private final Duration patience;
    private final OfficialRooms officialRooms;
    private final Hooks.Parts hookParts;
    private HookSettings hookSettings;

    /** Empty: the doors are not open yet. */
    private Optional<ActorRef<Hooks.Command>> hooks = Optional.empty();

    private int opening;
    private boolean isRestored;
    private boolean hasOpened;
    private Membership membership = Membership.ALONE;
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
                        new EntranceLoader(bans, maintenance).load(),
                        (cloak, loaded) -> new Opened(store, cloak, bans, maintenance, loaded));
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
        officialRooms = new OfficialRooms(settings.rooms().official());
        RoomSettings all = settings.rooms().each();
        RoomSettings each = all.withRules(all.rules().withOfficial(officialRooms::contains));
        Function<RoomName, Props> thread = room -> DispatcherSelector.fromConfig(threadOf(room, threads));
        OnlineUsers users = new LocalUserDirectory(settings.names().nickRules());
        cluster = settings.cluster();
        turn = cluster.map(node -> new DrainTurn(context.getSystem()));
        Directories directories = cluster.map(node -> shared(node, settings, each, thread, store, users))
                .orElseGet(() -> local(settings, each, thread, store));
        ActorRef<RoomDirectory.Command> rooms = directories.rooms;
        ActorRef<NickRegistry.Command> nicks = directories.nicks;
        Function<UserServices, Behavior<UserSupervisor.Command>> supervisor = directories.supervisor;
        metrics = settings.admin().map(any -> new ServerMetrics());
        doors = new Doors(
                settings,
                source,
                context,
                rooms,
                users,
                nicks,
                supervisor,
                store,
                opened.cloak,
                opened.bans,
                opened.maintenance,
                metrics.<Metrics>map(m -> m).orElse(Metrics.NONE),
                stopper(context.getSystem()),
                fresh -> {
                    ServerLog.levels(fresh.log());
                    context.getSelf().tell(new Reloaded(fresh));
                });
        HookTotals hookTotals = new HookTotals();
        metrics.ifPresent(counted -> counted.watch(
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
        cluster.ifPresent(this::join);
        context.getChildren().forEach(context::watch);
        hookSettings = settings.hooks();
        hookParts = new Hooks.Parts(
                HOOK_DISPATCHER,
                rooms,
                store.hooks(),
                new IncomingHooks(context.getSystem(), hookSettings.receiving(), hookTotals),
                hookTotals);
        patience = settings.connections().user().answerTimeout();
        context.ask(
                UserSupervisor.RestoreEnded.class,
                doors.services().supervisor(),
                patience,
                UserSupervisor.AwaitRestore::new,
                (ended, late) -> Restored.RESTORED);
        EntranceLoader entrance = new EntranceLoader(opened.bans, opened.maintenance);
        if (!opened.isLoaded) { // the doors open all the same, as they go on without a store later
            entrance.retry(
                    context.getSystem(),
                    settings.store().backend().retryInterval(),
                    doors.services().users());
        }
        if (cluster.isPresent()) {
            entrance.follow(context.getSystem(), Doors.SHARED_ENTRANCE, users);
        }
    }

    /** What finds rooms, and decides who has which nick. */
    private record Directories(
            ActorRef<RoomDirectory.Command> rooms,
            ActorRef<NickRegistry.Command> nicks,
            Function<UserServices, Behavior<UserSupervisor.Command>> supervisor) {}

    private Directories local(Settings settings, RoomSettings each, Function<RoomName, Props> thread, Store store) {
        return new Directories(
                getContext()
                        .spawn(
                                LocalRooms.builder()
                                        .logs(store.logs())
                                        .settings(each)
                                        .quotas(settings.rooms().quotas())
                                        .props(thread)
                                        .names(settings.names().caseMapping())
                                        .always(officialRooms::names)
                                        .create(),
                                ROOMS),
                getContext().spawn(NickRegistryActor.create(), Doors.NICKS),
                UserSupervisor::create);
    }

    private Directories shared(
            ClusterSettings node,
            Settings settings,
            RoomSettings each,
            Function<RoomName, Props> thread,
            Store store,
            OnlineUsers users) {
        SharedUsers shared = SharedUsers.start(
                getContext(), users, settings.names().caseMapping(), Doors.NICKS, node.returnWithin());
        ActorRef<RoomDirectory.Command> rooms = getContext()
                .spawn(
                        ClusterRooms.builder(store.logs())
                                .settings(each)
                                .quotas(settings.rooms().quotas())
                                .props(thread)
                                .users(shared)
                                .pendingBytes(node.pendingBytes())
                                .create(),
                        ROOMS);
        return new Directories(rooms, shared.nicks(), shared::supervisor);
    }

    private void join(ClusterSettings cluster) {
        membership = Membership.JOINING;
        health.expect(CLUSTER);
        ClusterProbe probe = new ClusterProbe(getContext().getSystem());
        health.ask("shards", probe::answers);
        metrics.ifPresent(counted -> counted.watchCluster(probe::members, probe::unreachable, probe::hostedRooms));
        progress.listening(new ListenerActor.Listening(
                CLUSTER, ClusterNode.address(getContext().getSystem())));
        getContext()
                .spawn(
                        ClusterNode.create(
                                cluster,
                                getContext().messageAdapter(ClusterNode.Joined.class, joined -> Joined.JOINED)),
                        "cluster-node",
                        ClusterNode.DISPATCHER);
    }

    private Behavior<Command> onJoined() {
        membership = Membership.MEMBER;
        openDoors();
        return this;
    }

    private Behavior<Command> onRestored() {
        isRestored = true;
        openDoors();
        if (drainers.isEmpty()) {
            admin.ifPresent(this::listenForMachines);
        }
        return this;
    }

    /** A node opens them as a member of its cluster: only then its rooms can be found. */
    private void openDoors() {
        if (isRestored && membership != Membership.JOINING && drainers.isEmpty()) {
            hasOpened = true;
            hooks = Optional.of(getContext().spawn(Hooks.create(hookSettings, hookParts), "hooks"));
            doors.listeners(() -> pages, getContext().messageAdapter(ListenerActor.Status.class, Status::new))
                    .forEach(this::listen);
            if (membership == Membership.MEMBER) {
                health.listens(CLUSTER);
            }
        }
    }

    private void listenForMachines(AdminSettings settings) {
        ActorSystem<?> system = getContext().getSystem();
        AdminServer server = new AdminServer(
                system,
                ADMIN_DISPATCHER,
                settings,
                doors::adminTokens,
                health,
                () -> metrics.orElseThrow().scrape(doors.services(), system, ADMIN_DISPATCHER),
                doors.powers(),
                hookParts.incoming());
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
                .onMessageEquals(Joined.JOINED, this::onJoined)
                .onMessageEquals(Flushed.FLUSHED, this::onFlushed)
                .onMessageEquals(HandedOver.HANDED_OVER, this::onHandedOver)
                .onMessage(Drain.class, this::onDrain)
                .onMessage(Share.class, this::onShare)
                .onMessageEquals(ReloadSettings.RELOAD, this::onReload)
                .onMessage(Reloaded.class, this::onReloaded)
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
            if (opening == 0 && hasOpened) {
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
        turn.filter(any -> drain.isLeaving).ifPresent(DrainTurn::announce);
        ListenerActor.Drain how = cluster.filter(node -> drain.isLeaving && membership == Membership.MEMBER)
                .map(node -> sendAway(node.drain()))
                .orElse(new ListenerActor.Drain("the server is shutting down"));
        listeners.forEach(listener -> listener.tell(how));
        return endIfDrained();
    }

    /** A server that is alone has nobody to send its clients to. */
    private NodeStopper stopper(ActorSystem<?> system) {
        return cluster.<NodeStopper>map(node -> new NodeDrain(system, node.drain(), turn.orElseThrow(), progress::stop))
                .orElseGet(() -> NodeStopper.impossible(
                        "this server is no node of a cluster, so its clients have nowhere to go: stop it by SIGTERM"));
    }

    /** The doors share the rate. */
    private ListenerActor.Drain sendAway(DrainSettings how) {
        return new ListenerActor.Drain(new ConnectionHost.Drain(
                "the server is shutting down: connect again to reach another one",
                Optional.of(new ConnectionHost.Pace(
                        new DrainRate(how.clientsPerSecond()), how.within(), how.retryAfter()))));
    }

    private Behavior<Command> onShare(Share share) {
        share.replyTo.tell(doors.services());
        return this;
    }

    private Behavior<Command> onReload() {
        Operator signal =
                new Operator("SIGHUP", Way.SIGNAL, Set.of(Privilege.RELOAD), Optional.empty(), Optional.empty());
        doors.powers().run(signal, "reload", Map.of()); // the log has the result
        return this;
    }

    private Behavior<Command> onReloaded(Reloaded reloaded) {
        officialRooms.replace(reloaded.settings.rooms().official());
        hookSettings = reloaded.settings.hooks();
        hooks.ifPresent(running -> running.tell(new Hooks.Change(hookSettings)));
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
        if (membership == Membership.MEMBER) {
            getContext()
                    .pipeToSelf(
                            ClusterNode.handOver(getContext().getSystem()), (done, failure) -> HandedOver.HANDED_OVER);
            return this;
        }
        return onHandedOver();
    }

    private Behavior<Command> onHandedOver() {
        drainers.forEach(drainer -> drainer.tell(Done.getInstance()));
        drainers.clear();
        flushing = false;
        return this;
    }
}
