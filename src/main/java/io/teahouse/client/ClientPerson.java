package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.account.Networks;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.IdGenerator;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.Place;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Who one client is: its name, what others may know of it, and how they see it from the time it enters until it leaves,
 * with or without a connection. Belongs to one {@link ClientSession}.
 */
final class ClientPerson {
    private static final String ABSENT = "connection lost";

    /** How often it is asked whose name it is that could not be found out. */
    private static final Duration PROVING = Duration.ofSeconds(2);

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final Session session;
    private final ClientRooms rooms;
    private final Awaited awaited;
    private final ClientLogin login;
    private final Peer peer;

    /** By which the registry tells it from others; the connections of an account are different users there. */
    private final UserId claimant = UserId.generate();

    private Profile profile;
    private Optional<Nick> nick = Optional.empty();

    /** Once it has entered. */
    private Optional<OnlineUser> online = Optional.empty();

    /** The name before the last change, until it is certain that no room refuses the new one. */
    private Optional<Nick> former = Optional.empty();

    ClientPerson(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Session session,
            Peer peer,
            ClientRooms rooms,
            Awaited awaited) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.session = session;
        this.rooms = rooms;
        this.awaited = awaited;
        this.profile = peer.profile(services.cloak());
        this.peer = peer;
        this.login = new ClientLogin(
                services.accounts(), services.rules(), peer.address().getAddress(), session, awaited);
    }

    // What it is

    Optional<Nick> nick() {
        return nick;
    }

    /** With the address that it comes from. */
    Profile profile() {
        return profile;
    }

    /** How others see it, once it has entered. */
    Optional<UserSnapshot> user() {
        return online.map(OnlineUser::snapshot);
    }

    /**
     * Changes what others see, once it has entered.
     *
     * @param cause as in {@link io.teahouse.room.RoomEvent.Personal}; 0: nobody is told
     */
    void publish(UnaryOperator<UserSnapshot> change, long cause) {
        online.ifPresent(me -> me.publish(change.apply(me.snapshot()), cause));
    }

    void watch(String key) {
        online.ifPresent(me -> me.watch(key));
    }

    void unwatch(String key) {
        online.ifPresent(me -> me.unwatch(key));
    }

    ClientLogin login() {
        return login;
    }

    boolean isSecure() {
        return peer.secure();
    }

    List<Place> places() {
        return user().map(UserSnapshot::places).orElse(List.of());
    }

    /** Whose quota counts the rooms that it opens. */
    RoomDirectory.Opener opener() {
        return new RoomDirectory.Opener(
                identity(), Networks.customerName(peer.address().getAddress()));
    }

    /** Identifies it in its conversations; not before it has entered. */
    String identity() {
        return profile.id().value();
    }

    // Its name

    void claim(String name) {
        NickRules.Checked checked = services.rules().check(name);
        if (checked instanceof NickRules.Accepted accepted) {
            Nick wanted = accepted.nick();
            Optional<String> reserved =
                    login.owns(wanted) ? Optional.empty() : services.rules().reservation(wanted);
            if (reserved.isPresent()) {
                dialect.nameRefused(session, name, NameProblem.INVALID, reserved.get());
            } else if (online.isPresent() && login.owns(wanted)) {
                dismissAbsent(wanted, () -> claim(wanted));
            } else if (online.isEmpty() || nick.filter(wanted::sameAs).isPresent()) {
                claim(wanted); // who is not here yet is asked when he enters: he may log in until then
            } else {
                login.check(
                        wanted,
                        unproven -> {
                            claim(wanted);
                            proveLater(wanted, unproven);
                        },
                        (problem, why) -> dialect.nameRefused(session, name, problem, why));
            }
        } else if (checked instanceof NickRules.Rejected rejected) {
            dialect.nameRefused(session, name, NameProblem.INVALID, rejected.why());
        }
    }

    /**
     * The client was absent under that name, and is about to be called so: where it is itself it is not there twice. The
     * other one goes before the client has the name, or it would seem that the client goes.
     */
    private void dismissAbsent(Nick name, Runnable then) {
        Optional<OnlineUser> absent = findAbsent(name);
        List<RoomName> both = absent.stream()
                .flatMap(other -> other.snapshot().places().stream())
                .map(Place::room)
                .filter(rooms::isIn)
                .toList();
        if (both.isEmpty()) {
            then.run();
        } else {
            dismiss(absent.orElseThrow(), both, then);
        }
    }

    private void dismiss(OnlineUser absent, List<RoomName> from, Runnable then) {
        RoomName room = from.get(0);
        rooms.ref(room).ifPresent(ref -> ref.tell(new RoomActor.Leave(absent.subscriber(), Departure.PARTED, "")));
        session.ask().names(room, seen -> {
            if (from.size() > 1) {
                dismiss(absent, from.subList(1, from.size()), then);
            } else {
                then.run();
            }
        });
    }

    /** The owner of the name gets it from everybody else, also from another connection of their own. */
    private void claim(Nick wanted) {
        awaited.begin();
        services.nicks()
                .tell(new NickRegistry.Claim(
                        0,
                        wanted,
                        login.owns(wanted),
                        claimant,
                        context.getSelf().narrow(),
                        context.getSelf().narrow()));
    }

    void on(NickRegistry.Claimed claimed) {
        awaited.end();
        Nick asked = claimed.nick();
        if (claimed.obstacle().isPresent()) {
            Nick other = claimed.obstacle().get();
            String why = other.sameAs(asked)
                    ? "the name " + asked + " is taken"
                    : "the name " + asked + " looks like " + other + ", which is taken";
            dialect.nameRefused(session, asked.text(), NameProblem.TAKEN, why);
            return;
        }
        Nick before = nick.orElse(asked);
        former = nick;
        rename(asked);
        dialect.named(session, asked, before);
    }

    private void rename(Nick to) {
        nick = Optional.of(to);
        online.ifPresent(me -> {
            Optional<OnlineUser> absent = findAbsent(to);
            absent.ifPresent(OnlineUser::leaveSilently);
            long cause = IdGenerator.process().next();
            me.publish(me.snapshot().withNick(to), cause);
            rooms.rename(to, cause);
            absent.ifPresent(this::takePlacesOf);
        });
    }

    /** A room has somebody of the new name who is not in the registry: an actor of the application. */
    void takeBackOldName() {
        former.ifPresent(this::claim);
        former = Optional.empty();
    }

    /** The owner of the name has logged in: renames this client, or makes it ask for another name if it has not entered yet. */
    void on(NickRegistry.Lost lost) {
        boolean stillSo = nick.filter(lost.nick()::sameAs).isPresent();
        if (!stillSo) {
            return; // it has been given another one in the meantime
        } else if (online.isEmpty()) { // keeps the other one until it asks for a name, as it may have done already
            loseName(lost.nick(), NameProblem.OWNED, ClientLogin.owned(lost.nick()));
            return;
        }
        Nick before = lost.nick();
        former = Optional.empty();
        rename(lost.instead());
        dialect.renamed(session, lost.instead(), before, whyRenamed(before));
    }

    /** Another connection of the account may be dead without the server knowing. It is not closed, so that two live ones do not close each other in turn. */
    private String whyRenamed(Nick before) {
        return login.owns(before)
                ? "another connection of your account has logged in and now has the name " + before
                : "the owner of the name " + before + " has logged in";
    }

    private void loseName(Nick lost, NameProblem problem, String why) {
        if (nick.filter(lost::sameAs).isPresent()) {
            nick = Optional.empty();
            dialect.nameRefused(session, lost.text(), problem, why);
        }
    }

    private void release() {
        services.nicks()
                .tell(new NickRegistry.Release(claimant, context.getSelf().narrow()));
    }

    // Being here

    /** @param then what is to be done when it is here */
    void enter(Runnable then) {
        nick.filter(me -> online.isEmpty())
                .ifPresent(me -> login.check(
                        me,
                        unproven -> {
                            if (nick.filter(me::equals).isPresent()) {
                                enter(me);
                                then.run();
                                proveLater(me, unproven);
                            }
                        },
                        (problem, why) -> {
                            release();
                            loseName(me, problem, why);
                        }));
    }

    /** Whether somebody has a name that he may not have is found out when the store is back. */
    record Prove(Nick name) {}

    private void proveLater(Nick name, boolean unproven) {
        if (unproven) {
            context.scheduleOnce(PROVING, context.getSelf(), new Prove(name));
        }
    }

    void on(Prove prove) {
        if (nick.filter(prove.name::sameAs).isPresent()) {
            context.pipeToSelf(
                    login.isOwned(prove.name),
                    (answer, failure) -> new Awaited.Computed(
                            () -> proved(prove.name, failure == null ? answer : Optional.empty())));
        }
    }

    private void proved(Nick name, Optional<Boolean> isOwned) {
        boolean stillSo = nick.filter(name::sameAs).isPresent() && !login.owns(name);
        if (stillSo && isOwned.orElse(false)) {
            session.cutOff(ClientLogin.owned(name));
        } else {
            proveLater(name, stillSo && isOwned.isEmpty());
        }
    }

    private void enter(Nick me) {
        String unique = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
        profile = profile.withGuest(UserId.guest(me, unique));
        UserSnapshot first = UserSnapshot.online(me, profile, profile.guest(), peer.secure());
        ActorRef<Object> self = context.getSelf();
        Optional<OnlineUser> before = findAbsent(me);
        online = Optional.of(
                before.isPresent()
                        ? services.users()
                                .enterInPlaceOf(
                                        before.get(),
                                        first.withMetadata(
                                                before.get().snapshot().metadata()),
                                        self.narrow(),
                                        self.narrow())
                        : services.users().enter(first, self.narrow(), self.narrow()));
        before.ifPresent(this::takePlacesOf);
        login.requireCurrentPassword(); // not before others can find it
    }

    private void takePlacesOf(OnlineUser absent) {
        awaited.ask(
                absent.owner().<Object>unsafeUpcast(),
                ClientActor.Places.class,
                ClientActor.GiveWay::new,
                services.settings().answerTimeout(),
                places -> places.ifPresent(this::resume));
    }

    /** Not before the greeting is complete. */
    private void resume(ClientActor.Places places) {
        session.afterwards(() -> nick.ifPresent(me ->
                places.rooms().forEach(held -> rooms.arrivals().resume(held, places.of(), me))));
    }

    /** The same user with that nick, who has lost the connection and was expected back. */
    private Optional<OnlineUser> findAbsent(Nick name) {
        return services.users().find(name.text()).filter(this::isMyself).flatMap(services.users()::online);
    }

    private boolean isMyself(UserSnapshot other) {
        return other.isAbsent()
                && !profile.account().isEmpty()
                && other.profile().account().equals(profile.account());
    }

    void changeProfile(Profile to) {
        boolean changed = !profile.equals(to);
        boolean loggedIn = !profile.account().equals(to.account());
        profile = to;
        if (loggedIn) {
            freeNameOf(to.account());
        }
        if (changed) {
            online.ifPresent(me -> {
                long cause = IdGenerator.process().next();
                me.publish(me.snapshot().withProfile(to), cause);
                rooms.changeProfile(to, cause);
            });
        }
    }

    /** Others must not use the name of this client's account; its other connections may. */
    private void freeNameOf(String account) {
        boolean isOwners = services.users()
                .find(account)
                .filter(user -> user.profile().account().equals(account))
                .isPresent();
        if (!isOwners && services.rules().check(account) instanceof NickRules.Accepted name) {
            services.nicks().tell(new NickRegistry.Free(name.nick(), claimant));
        }
    }

    void setMode(UserMode mode, boolean set) {
        publish(me -> me.withMode(mode, set), 0);
        if (mode == UserMode.OPERATOR) {
            rooms.tellServerOperator(set);
        }
    }

    /** It has said something to others. */
    void spoke() {
        publish(UserSnapshot::active, 0);
    }

    /**
     * The connection is lost. True: the client stays in its rooms for whoever proves to be the same; only who goes by the
     * name of his account can, so nobody else may take that name meanwhile.
     */
    boolean stay() {
        ClientSettings settings = services.settings();
        boolean may = online.isPresent()
                && !settings.absence().isZero()
                && nick.map(Nick::key).equals(services.users().key(profile.account()))
                && services.users().mayBeAbsent(settings.mostAbsent());
        if (may) {
            publish(me -> me.withConnections(List.of()), 0);
            rooms.witness().lost();
            changeProfile(profile.isAway() ? profile : profile.withAway(ABSENT));
            release();
        }
        return may;
    }

    /** Everybody who looks for it is told; then the name is free. */
    void leave() {
        online.ifPresentOrElse(OnlineUser::leave, () -> services.users().disconnected());
        release();
    }
}
