package io.teahouse;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import com.typesafe.config.Config;
import io.teahouse.account.Accounts;
import io.teahouse.account.Cloak;
import io.teahouse.admin.AdminSettings;
import io.teahouse.admin.AdminToken;
import io.teahouse.client.Dialect;
import io.teahouse.client.LineForm;
import io.teahouse.client.Metrics;
import io.teahouse.client.Services;
import io.teahouse.cluster.SharedUsers;
import io.teahouse.net.Admission;
import io.teahouse.net.ConnectionHost;
import io.teahouse.net.Framing;
import io.teahouse.net.ListenerActor;
import io.teahouse.net.ListenerSettings;
import io.teahouse.net.Negotiation;
import io.teahouse.net.ServerCertificate;
import io.teahouse.operator.BanList;
import io.teahouse.operator.EntranceLoader;
import io.teahouse.operator.Maintenance;
import io.teahouse.operator.NodeStopper;
import io.teahouse.operator.OperatorEntrance;
import io.teahouse.operator.PowerServices;
import io.teahouse.operator.Powers;
import io.teahouse.operator.Privilege;
import io.teahouse.operator.RoomGateway;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.local.RegistrationLimitActor;
import io.teahouse.store.Store;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRegistryActor;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUsers;
import io.teahouse.user.UserServices;
import io.teahouse.user.UserSupervisor;
import io.teahouse.web.Pages;
import io.teahouse.web.Uploads;
import io.teahouse.web.WebNegotiation;
import io.teahouse.web.WebSettings;
import io.teahouse.wire.irc.IrcDialect;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.command.IrcCommands;
import io.teahouse.wire.plain.PlainDialect;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The plain, the IRC and the web door to one set of rooms, their names, accounts and limits shared. The server opens them on its ports;
 * an application opens them onto rooms of its own, over transports of its own.
 *
 * <p>They need the dependencies of the server that {@code pom.xml} calls optional: akka-stream, ICU, and where there are
 * accounts, Bouncy Castle and scram-common. Thread-safe.
 */
public final class Doors {
    /** How long a room may take to answer an operator: longer than its log may take. */
    private static final Duration ROOM_ANSWERS = Duration.ofSeconds(30);

    /** How often a node of a cluster reads the bans and the maintenance mode that the others have set. */
    static final Duration SHARED_ENTRANCE = Duration.ofSeconds(5);

    /** Members of one nick on several nodes are one user: when those of one node end, it gives back a nick that the others need. */
    private static final Duration RECLAIM = Duration.ofSeconds(5);

    /** Akka's own, for applications; the server has one for its pages. */
    private static final String BLOCKING_DISPATCHER = "akka.actor.default-blocking-io-dispatcher";

    /** As they were at the start. */
    private final Settings settings;

    /** As they are now: some of them change when the settings are reloaded. */
    private volatile Settings live;

    private final Consumer<Settings> reloaded;
    private final Services services;
    private final Powers powers;
    private final Admission admission;
    private final Optional<IrcServer> ircServer;
    private final SettingsReload.Totals reloads = SettingsReload.Totals.none();
    /** The name of the actor that decides who has which nick. */
    static final String NICKS = "nicks";

    /** Nicks of the application's members. */
    private volatile List<String> embedded = List.of();

    private Optional<Pages> embeddedPages = Optional.empty();

    /**
     * Doors of an application.
     *
     * @param context of the actor that becomes the parent of what the doors share
     * @param rooms that the application has, such as {@link io.teahouse.room.local.LocalRooms}
     * @param store the logs of these rooms, and accounts; {@link io.teahouse.store.Stores#with} takes logs in memory
     * @param cloak what users see in place of each other's addresses
     * @param config with all of {@code teahouse}, as {@code ConfigFactory.load()} has it: limits, and how the doors behave.
     *     Hosts, ports, TLS, {@code teahouse.store} and {@code teahouse.cluster} mean nothing here; of {@code teahouse.rooms}, only the limits on
     *     registered rooms do.
     * @throws IllegalArgumentException if a setting is wrong; the message names all that are, one per line
     */
    public static Doors open(
            ActorContext<?> context, ActorRef<RoomDirectory.Command> rooms, Store store, Cloak cloak, Config config) {
        return read(config, settings -> {
            OnlineUsers users = new LocalUserDirectory(settings.names().nickRules());
            ActorRef<NickRegistry.Command> nicks = context.spawn(NickRegistryActor.create(), NICKS);
            return open(settings, context, rooms, users, nicks, UserSupervisor::create, store, cloak, Optional.empty());
        });
    }

    /**
     * Doors of one node of an application that is a cluster: nicks and users are those of all nodes.
     *
     * @param rooms of {@link io.teahouse.cluster.ClusterRooms}
     * @param shared that of these rooms; it has doors once
     * @param store one that all nodes share
     * @throws IllegalArgumentException if a setting is wrong, or its {@code teahouse.irc.casemapping} is another than that of {@code shared}
     * @throws IllegalStateException if there have been doors already
     */
    public static Doors openInCluster(
            ActorContext<?> context,
            ActorRef<RoomDirectory.Command> rooms,
            SharedUsers shared,
            Store store,
            Cloak cloak,
            Config config) {
        return read(config, settings -> {
            if (settings.names().caseMapping() != shared.caseMapping()) {
                throw new IllegalArgumentException("teahouse.irc.casemapping must be that of the actor system, "
                        + shared.caseMapping().name().toLowerCase(Locale.ROOT)
                        + ", because the rooms are those of a cluster");
            } else if (!shared.claimDoors()) {
                throw new IllegalStateException("there have been doors onto the cluster in this actor system already");
            }
            return open(
                    settings,
                    context,
                    rooms,
                    shared.directory(),
                    shared.nicks(),
                    shared::supervisor,
                    store,
                    cloak,
                    Optional.of(RECLAIM));
        });
    }

    private static Doors read(Config config, Function<Settings, Doors> then) {
        try {
            return then.apply(Settings.from(config));
        } catch (WrongSettings e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** @param reclaim how often the application's members claim their nicks again; empty: there are no other nodes */
    private static Doors open(
            Settings settings,
            ActorContext<?> context,
            ActorRef<RoomDirectory.Command> rooms,
            OnlineUsers users,
            ActorRef<NickRegistry.Command> nicks,
            Function<UserServices, Behavior<UserSupervisor.Command>> supervisor,
            Store store,
            Cloak cloak,
            Optional<Duration> reclaim) {
        BanList bans = bans(settings, store);
        Maintenance maintenance = new Maintenance(store.operators().maintenance());
        Config config = settings.source().config();
        Doors doors = new Doors(
                settings,
                () -> config,
                context,
                rooms,
                users,
                nicks,
                supervisor,
                store,
                cloak,
                bans,
                maintenance,
                Metrics.NONE,
                NodeStopper.impossible("the application that has opened this door stops it"),
                any -> {});
        EntranceLoader entrance = new EntranceLoader(bans, maintenance);
        doors.load(entrance, context.getSystem());
        if (reclaim.isPresent()) {
            entrance.follow(context.getSystem(), SHARED_ENTRANCE, users);
        }
        context.spawn(EmbeddedMembers.create(doors.doorway(rooms, users, nicks, reclaim)), "members");
        return doors;
    }

    /**
     * @param source where the settings are read again
     * @param metrics counts what clients do
     * @param stopper stops the server for an operator
     * @param reloaded is told of settings that have taken effect; any thread
     * @param supervisor creates the supervisor of users
     * @param context spawns what the doors share: the supervisor of users, the limit on registrations
     */
    Doors(
            Settings settings,
            Supplier<Config> source,
            ActorContext<?> context,
            ActorRef<RoomDirectory.Command> rooms,
            OnlineUsers users,
            ActorRef<NickRegistry.Command> nicks,
            Function<UserServices, Behavior<UserSupervisor.Command>> supervisor,
            Store store,
            Cloak cloak,
            BanList bans,
            Maintenance maintenance,
            Metrics metrics,
            NodeStopper stopper,
            Consumer<Settings> reloaded) {
        this.settings = settings;
        this.reloaded = reloaded;
        this.live = settings;
        NickRules rules = settings.names().nickRules();
        Accounts accounts = new Accounts(
                settings.accounts(),
                store.accounts(),
                settings.names().caseMapping(),
                name -> accepted(rules.check(name)));
        UserServices shared = new UserServices(
                nicks,
                users,
                rooms,
                store.alwaysOn(),
                settings.connections().dispatchers(),
                settings.connections().user());
        this.services = new Services(
                shared,
                context.spawn(supervisor.apply(shared), "users"),
                rooms,
                context.spawn(
                        RegistrationLimitActor.create(
                                store.logs(), settings.rooms().registrations()),
                        "registrations"),
                store.archive(),
                store.markers(),
                accounts,
                rules,
                cloak,
                () -> live.connections().client(),
                new OperatorEntrance(bans, maintenance, this::isOperatorAccount),
                metrics);
        this.admission = new Admission(settings.connections().admission(), bans::refusal);
        this.powers = new Powers(new PowerServices(
                users,
                store.operators().audit(),
                bans,
                maintenance,
                new SettingsReload(settings.source().config(), source, this::replace, reloads),
                () -> live.powers(),
                this::operatorPrivileges,
                accounts.moderation(),
                new RoomGateway(
                        rooms, settings.names().caseMapping()::room, context.getSystem()::scheduler, ROOM_ANSWERS),
                services.supervisor(),
                stopper,
                context.getSystem().dispatchers().lookup(DispatcherSelector.blocking()),
                Clock.systemUTC()));
        this.ircServer = settings.ircAtAnyDoor()
                .map(irc -> new IrcServer(irc.dialect(), IrcCommands.all(), powers, Configuration.source()));
    }

    private EmbeddedMembers.Doorway doorway(
            ActorRef<RoomDirectory.Command> rooms,
            OnlineUsers users,
            ActorRef<NickRegistry.Command> nicks,
            Optional<Duration> reclaim) {
        return new EmbeddedMembers.Doorway(rooms, users, nicks, reclaim, services.rules(), taken -> {
            embedded = List.copyOf(taken);
            reserve();
        });
    }

    /** Reserves the names of the settings, and those of the application's members. */
    private void reserve() {
        List<String> names = new ArrayList<>(live.names().reserved());
        names.addAll(embedded);
        services.rules().reserve(names);
    }

    private void load(EntranceLoader entrance, ActorSystem<?> system) {
        entrance.load().thenAccept(loaded -> {
            if (!loaded) {
                entrance.retry(system, settings.store().backend().retryInterval(), services.users());
            }
        });
    }

    /** Puts settings into effect that need no restart. Returns the names of those whose files have changed. */
    private List<String> replace(Settings fresh) {
        live = fresh;
        admission.replace(fresh.connections().admission());
        reserve();
        fresh.ircAtAnyDoor()
                .ifPresent(irc -> ircServer.ifPresent(server -> server.replace(irc.dialect())
                        .forEach(user -> services.users().demote(user, "the settings have changed"))));
        reloaded.accept(fresh);
        Optional<ServerCertificate> renewed = certificate(fresh);
        return certificate(settings)
                        .flatMap(mine -> renewed.filter(mine::replaceWith))
                        .isPresent()
                ? List.of("teahouse.irc.tls-certificate")
                : List.of();
    }

    private static Optional<ServerCertificate> certificate(Settings of) {
        return of.ircAtAnyDoor().flatMap(IrcDoor::certificate);
    }

    /** Who may use the admin port. */
    List<AdminToken> adminTokens() {
        return live.admin().map(AdminSettings::tokens).orElse(List.of());
    }

    /** Of the web door, which must be there. */
    private WebSettings web() {
        return live.web().orElseThrow().web();
    }

    /** Those of a store, before they are loaded. */
    static BanList bans(Settings settings, Store store) {
        return new BanList(store.operators().bans(), settings.names().caseMapping(), Clock.systemUTC());
    }

    private boolean isOperatorAccount(String account) {
        return ircServer
                .map(IrcServer::settings)
                .filter(irc ->
                        irc.access().isOperatorAccount(account, irc.names().caseMapping()))
                .isPresent();
    }

    private Set<Privilege> operatorPrivileges(String account) {
        return ircServer
                .map(IrcServer::settings)
                .map(irc -> irc.access().accountPrivileges(account, irc.names().caseMapping()))
                .orElse(Set.of());
    }

    private static Optional<Nick> accepted(NickRules.Checked checked) {
        return checked instanceof NickRules.Accepted accepted ? Optional.of(accepted.nick()) : Optional.empty();
    }

    /**
     * The plain door without a transport: one actor admits the connections of any number of transports.
     *
     * @param framing how the bytes of these transports become lines
     * @throws IllegalStateException if {@code teahouse.plain.enabled} is off
     */
    public Behavior<ConnectionHost.Command> plain(Framing framing) {
        PlainDoor plain =
                settings.plain().orElseThrow(() -> new IllegalStateException("teahouse.plain.enabled is off"));
        return host(plain.listener(), framing, plainServices(plain), plainDialects(plain));
    }

    /**
     * The same for the IRC door.
     *
     * @throws IllegalStateException if {@code teahouse.irc.enabled} is off
     */
    public Behavior<ConnectionHost.Command> irc(Framing framing) {
        IrcDoor irc = settings.irc().orElseThrow(() -> new IllegalStateException("teahouse.irc.enabled is off"));
        return host(irc.listener(), framing, services, ircDialects(ircServer.orElseThrow()));
    }

    /**
     * The web door without a transport: its connections begin with a request of HTTP/1.1, and become WebSockets or load pages.
     * Elements of their streams are any bytes. An application that has an HTTP server passes its WebSockets to {@link #irc}
     * instead, with {@link Framing#FRAMES}. Needs akka-http-core.
     *
     * @param system runs the streams of pages
     * @throws IllegalStateException if {@code teahouse.web.enabled} is off
     */
    public Behavior<ConnectionHost.Command> web(ActorSystem<?> system) {
        WebDoor web = settings.web().orElseThrow(() -> new IllegalStateException("teahouse.web.enabled is off"));
        return webHost(web, new WebNegotiation(() -> web().anywhere(), embeddedPages(system)));
    }

    /** One for all web doors of an application, because they share the folder of uploaded files. */
    private synchronized Pages embeddedPages(ActorSystem<?> system) {
        Pages pages = embeddedPages.orElseGet(() -> pages(system, BLOCKING_DISPATCHER));
        embeddedPages = Optional.of(pages);
        return pages;
    }

    private Behavior<ConnectionHost.Command> host(
            ListenerSettings listener, Framing framing, Services shared, Supplier<Dialect> dialects) {
        return ConnectionHost.create(listener.connections().withFraming(framing), admission, shared, dialects);
    }

    /** The same for an application. */
    Map<String, Behavior<ListenerActor.Command>> listeners(
            ActorSystem<?> system, ActorRef<ListenerActor.Status> replyTo) {
        return listeners(() -> embeddedPages(system), replyTo);
    }

    /**
     * What listens on the ports of the server, by the name of the door.
     *
     * @param pages of the web door
     * @param replyTo is told of each how it went
     */
    Map<String, Behavior<ListenerActor.Command>> listeners(
            Supplier<Pages> pages, ActorRef<ListenerActor.Status> replyTo) {
        Map<String, Behavior<ListenerActor.Command>> listeners = new LinkedHashMap<>();
        settings.plain()
                .ifPresent(plain -> listeners.put(
                        "plain",
                        ListenerActor.create(
                                plain.listener(),
                                tcpHost(plain.listener(), plainServices(plain), plainDialects(plain)),
                                replyTo)));
        settings.irc().ifPresent(irc -> {
            Supplier<Dialect> dialects = ircDialects(ircServer.orElseThrow());
            listeners.put(
                    "irc", ListenerActor.create(irc.listener(), tcpHost(irc.listener(), services, dialects), replyTo));
            irc.encrypted()
                    .ifPresent(tls -> listeners.put(
                            "irc-tls",
                            encrypted(
                                    tls,
                                    ConnectionHost.create(tls.connections(), admission, services, dialects),
                                    false,
                                    replyTo)));
        });
        settings.web().ifPresent(web -> {
            Negotiation negotiation = new WebNegotiation(this::web, pages.get());
            listeners.put("web", ListenerActor.create(web.listener(), webHost(web, negotiation), replyTo));
            web.encrypted()
                    .ifPresent(
                            tls -> listeners.put("web-tls", encrypted(tls, webHost(web, negotiation), true, replyTo)));
        });
        return listeners;
    }

    private Behavior<ListenerActor.Command> encrypted(
            ListenerSettings listener,
            Behavior<ConnectionHost.Command> host,
            boolean isHeaderOptional,
            ActorRef<ListenerActor.Status> replyTo) {
        return settings.connections()
                .proxyHeader()
                .map(header -> ListenerActor.create(listener, host, header, isHeaderOptional, replyTo))
                .orElseGet(() -> ListenerActor.create(listener, host, replyTo));
    }

    /**
     * The pages of the web door.
     *
     * @param dispatcher the name of the one that the streams run on; not that of the chat
     */
    Pages pages(ActorSystem<?> system, String dispatcher) {
        return new Pages(
                system,
                dispatcher,
                this::web,
                settings.web()
                        .flatMap(web -> web.uploads()
                                .map(some -> new Uploads(
                                        system,
                                        dispatcher,
                                        some,
                                        this::web,
                                        new AccountUploads(services.accounts(), services.entrance())))));
    }

    private Behavior<ConnectionHost.Command> tcpHost(
            ListenerSettings listener, Services shared, Supplier<Dialect> dialects) {
        return settings.connections()
                .proxyHeader()
                .map(header -> ConnectionHost.create(
                        listener.connections(), admission, shared, form -> dialects.get(), header))
                .orElseGet(() -> ConnectionHost.create(listener.connections(), admission, shared, dialects));
    }

    private Services plainServices(PlainDoor plain) {
        return services.withIdleTimeout(() -> live.plain().orElse(plain).idleTimeout());
    }

    private static Supplier<Dialect> plainDialects(PlainDoor plain) {
        return () -> new PlainDialect(plain.dialect());
    }

    private static Supplier<Dialect> ircDialects(IrcServer server) {
        return () -> new IrcDialect(server, LineForm.CRLF);
    }

    private Behavior<ConnectionHost.Command> webHost(WebDoor web, Negotiation negotiation) {
        IrcServer server = ircServer.orElseThrow();
        return ConnectionHost.create(
                web.listener().connections(), admission, services, form -> new IrcDialect(server, form), negotiation);
    }

    /** What the clients of all doors share. */
    Services services() {
        return services;
    }

    /** Who admits connections, at all doors. */
    Admission admission() {
        return admission;
    }

    /** What operators can do. */
    Powers powers() {
        return powers;
    }

    SettingsReload.Totals reloads() {
        return reloads;
    }
}
