package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.account.Result;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.IdGenerator;
import io.teahouse.room.Metadata;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.Place;
import io.teahouse.user.UserMessage;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One client's identity: its nick, profile, modes and metadata, from registration until it leaves, with or without a
 * connection. Alone changes {@link CurrentUser}. Runs in the client's actor.
 */
final class ClientIdentity implements Session.Identity {
    private static final String ABSENT = "connection lost";

    /** How often it is asked whose name it is that could not be found out. */
    private static final Duration PROVING = Duration.ofSeconds(2);

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final CurrentUser me;
    private final ClientConnection connection;
    private final Memberships memberships;
    private final ClientQuestions questions;
    private final ClientAccount account;
    private final PendingReplies replies;
    private final PendingWork work;

    /** By which the registry tells it from others; the connections of an account are different users there. */
    private final UserId claimant = UserId.generate();

    /** The name before the last change, until it is certain that no room refuses the new one. */
    private Optional<Nick> former = Optional.empty();

    private int metadataBytes;

    ClientIdentity(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            CurrentUser me,
            ClientConnection connection,
            Memberships memberships,
            ClientQuestions questions,
            ClientAccount account,
            PendingReplies replies,
            PendingWork work) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.me = me;
        this.connection = connection;
        this.memberships = memberships;
        this.questions = questions;
        this.account = account;
        this.replies = replies;
        this.work = work;
    }

    @Override
    public Optional<Nick> nick() {
        return me.nick();
    }

    @Override
    public Profile profile() {
        return me.profile();
    }

    @Override
    public boolean isSecure() {
        return me.isSecure();
    }

    @Override
    public Optional<UserSnapshot> user() {
        return me.user();
    }

    @Override
    public void watch(String key) {
        me.online().ifPresent(user -> user.watch(key));
    }

    @Override
    public void unwatch(String key) {
        me.online().ifPresent(user -> user.unwatch(key));
    }

    @Override
    public boolean said(RoomName conversation, Nick by, Profile profile) {
        return me.said(conversation, by, profile);
    }

    // Its name

    @Override
    public void claim(String name) {
        NickRules.Checked checked = services.rules().check(name);
        if (checked instanceof NickRules.Accepted accepted) {
            Nick wanted = accepted.nick();
            Optional<String> reserved =
                    account.owns(wanted) ? Optional.empty() : services.rules().reservation(wanted);
            if (reserved.isPresent()) {
                dialect.nameRefused(name, NameProblem.INVALID, reserved.get());
            } else if (me.user().isPresent() && account.owns(wanted)) {
                dismissAbsent(wanted, () -> claim(wanted));
            } else if (me.user().isEmpty() || me.nick().filter(wanted::sameAs).isPresent()) {
                claim(wanted); // before registration the owner is checked on entering: the client may log in until then
            } else {
                account.check(
                        wanted,
                        unproven -> {
                            claim(wanted);
                            proveLater(wanted, unproven);
                        },
                        (problem, why) -> dialect.nameRefused(name, problem, why));
            }
        } else if (checked instanceof NickRules.Rejected rejected) {
            dialect.nameRefused(name, NameProblem.INVALID, rejected.why());
        }
    }

    /**
     * Removes the same user's lost connection of that name from rooms that this client is in too, so that the user is not in
     * a room twice. It leaves before the client has the name: otherwise others would see the client leave.
     */
    private void dismissAbsent(Nick name, Runnable then) {
        Optional<OnlineUser> absent = findAbsent(name);
        List<RoomName> both = absent.stream()
                .flatMap(other -> other.snapshot().places().stream())
                .map(Place::room)
                .filter(memberships::isIn)
                .toList();
        if (both.isEmpty()) {
            then.run();
        } else {
            dismiss(absent.orElseThrow(), both, then);
        }
    }

    private void dismiss(OnlineUser absent, List<RoomName> from, Runnable then) {
        RoomName room = from.get(0);
        memberships
                .ref(room)
                .ifPresent(ref -> ref.tell(new RoomActor.Leave(absent.subscriber(), Departure.PARTED, "")));
        questions.names(room, seen -> {
            if (from.size() > 1) {
                dismiss(absent, from.subList(1, from.size()), then);
            } else {
                then.run();
            }
        });
    }

    /** Claims a name. An owner takes it from everybody else, even from their own other connection. */
    private void claim(Nick wanted) {
        long number = replies.nextNumber();
        work.begin();
        replies.expect(number, NickRegistry.Claimed.class, this::claimed);
        services.nicks()
                .tell(new NickRegistry.Claim(
                        number,
                        wanted,
                        account.owns(wanted),
                        claimant,
                        context.getSelf().narrow(),
                        context.getSelf().narrow()));
    }

    private void claimed(NickRegistry.Claimed claimed) {
        work.end();
        Nick asked = claimed.nick();
        if (claimed.obstacle().isPresent()) {
            Nick other = claimed.obstacle().get();
            String why = other.sameAs(asked)
                    ? "the name " + asked + " is taken"
                    : "the name " + asked + " looks like " + other + ", which is taken";
            dialect.nameRefused(asked.text(), NameProblem.TAKEN, why);
            return;
        }
        Nick before = me.nick().orElse(asked);
        former = me.nick();
        rename(asked);
        dialect.named(asked, before);
    }

    private void rename(Nick to) {
        me.nick(Optional.of(to));
        me.online().ifPresent(user -> {
            Optional<OnlineUser> absent = findAbsent(to);
            absent.ifPresent(OnlineUser::leaveSilently);
            long cause = IdGenerator.process().next();
            user.publish(user.snapshot().withNick(to), cause);
            memberships.rename(to, cause, newName());
            absent.ifPresent(this::takePlacesOf);
        });
    }

    /** Handles a room that refuses the new name: it may have a member of that name who is not in the registry. */
    private Outcome newName() {
        Outcome told = dialect.outcome();
        return new Outcome() {
            @Override
            public void refused(RoomReply.Refused refused) {
                told.refused(refused);
                takeBackOldName();
            }

            @Override
            public void inDoubt(RoomReply.InDoubt doubt) {
                told.inDoubt(doubt);
            }
        };
    }

    private void takeBackOldName() {
        former.ifPresent(this::claim);
        former = Optional.empty();
    }

    /** The owner of the name has logged in: renames this client, or makes it ask for another name if it has not entered yet. */
    void on(NickRegistry.Lost lost) {
        boolean stillSo = me.nick().filter(lost.nick()::sameAs).isPresent();
        if (!stillSo) {
            return; // it has been given another one in the meantime
        } else if (me.user().isEmpty()) { // keeps the other one until it asks for a name, as it may have done already
            loseName(lost.nick(), NameProblem.OWNED, ClientAccount.owned(lost.nick()));
            return;
        }
        Nick before = lost.nick();
        former = Optional.empty();
        rename(lost.instead());
        dialect.renamed(lost.instead(), before, whyRenamed(before));
    }

    /** Another connection of the account may be dead without the server knowing. It is not closed, so that two live ones do not close each other in turn. */
    private String whyRenamed(Nick before) {
        return account.owns(before)
                ? "another connection of your account has logged in and now has the name " + before
                : "the owner of the name " + before + " has logged in";
    }

    private void loseName(Nick lost, NameProblem problem, String why) {
        if (me.nick().filter(lost::sameAs).isPresent()) {
            me.nick(Optional.empty());
            dialect.nameRefused(lost.text(), problem, why);
        }
    }

    private void release() {
        services.nicks()
                .tell(new NickRegistry.Release(claimant, context.getSelf().narrow()));
    }

    // Being here

    @Override
    public void enter(Runnable then) {
        if (me.nick().isPresent() && me.user().isEmpty()) {
            Nick name = me.nick().get();
            account.check(name, unproven -> enter(name, unproven, then), (problem, why) -> {
                release();
                loseName(name, problem, why);
            });
        }
    }

    private void enter(Nick name, boolean unproven, Runnable then) {
        if (me.nick().filter(name::equals).isPresent()) {
            enter(name);
            connection.entered();
            then.run();
            proveLater(name, unproven);
        }
    }

    /** Asks again whether the name belongs to an account: the store was away when the client took it. */
    private void proveLater(Nick name, boolean unproven) {
        if (unproven) {
            work.after(PROVING, () -> prove(name));
        }
    }

    private void prove(Nick name) {
        if (isStill(name)) {
            work.whenDone(account.whyOwned(name), answer -> proved(name, answer.orElseGet(Result::unavailable)));
        }
    }

    private void proved(Nick name, Result<Optional<String>> whyOwned) {
        if (isStill(name)) {
            whyOwned.handle(why -> why.ifPresent(connection::cutOff), refused -> proveLater(name, true));
        }
    }

    /** Whether the client has that name, and not as the owner of its account. */
    private boolean isStill(Nick name) {
        return me.nick().filter(name::sameAs).isPresent() && !account.owns(name);
    }

    private void enter(Nick name) {
        String unique = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
        me.profile(me.profile().withGuest(UserId.guest(name, unique)));
        UserSnapshot first =
                UserSnapshot.online(name, me.profile(), me.profile().guest(), me.isSecure());
        ActorRef<UserMessage> owner = context.getSelf().narrow();
        Optional<OnlineUser> before = findAbsent(name);
        me.entered(
                before.isPresent()
                        ? services.users()
                                .enterInPlaceOf(
                                        before.get(),
                                        first.withMetadata(
                                                before.get().snapshot().metadata()),
                                        owner,
                                        me.ref())
                        : services.users().enter(first, owner, me.ref()));
        before.ifPresent(this::takePlacesOf);
        account.requireCurrentPassword(connection); // not before others can find it
    }

    // A connection that was lost

    private void takePlacesOf(OnlineUser absent) {
        work.ask(
                absent.owner().<Object>unsafeUpcast(),
                Takeover.Places.class,
                Takeover::new,
                services.settings().answerTimeout(),
                places -> places.ifPresent(this::resume));
    }

    /** Not before the greeting is complete. */
    private void resume(Takeover.Places places) {
        work.putOff(() -> places.rooms().forEach(held -> memberships.resume(held, places.of())));
    }

    /** The same user with that nick, who has lost the connection and was expected back. */
    private Optional<OnlineUser> findAbsent(Nick name) {
        return services.users().find(name.text()).filter(this::isMyself).flatMap(services.users()::online);
    }

    private boolean isMyself(UserSnapshot other) {
        return other.isAbsent()
                && !me.profile().account().isEmpty()
                && other.profile().account().equals(me.profile().account());
    }

    // What others may know

    @Override
    public void changeProfile(Profile to) {
        boolean changed = !me.profile().equals(to);
        boolean loggedIn = !me.profile().account().equals(to.account());
        me.profile(to);
        if (loggedIn) {
            freeNameOf(to.account());
        }
        if (changed) {
            me.online().ifPresent(user -> {
                long cause = IdGenerator.process().next();
                user.publish(user.snapshot().withProfile(to), cause);
                memberships.changeProfile(to, cause);
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

    @Override
    public void changeMetadata(Map<String, String> changes) {
        me.online().ifPresent(user -> {
            long cause = IdGenerator.process().next();
            user.publish(user.snapshot().withMetadataChanged(changes), cause);
            memberships.tellMetadata(changes, cause);
            metadataBytes = (int) Metadata.bytes(user.snapshot().metadata());
        });
    }

    /** About how many bytes there are of it. */
    int metadataBytes() {
        return metadataBytes;
    }

    @Override
    public void setMode(UserMode mode, boolean set) {
        me.publish(user -> user.withMode(mode, set), 0);
        if (mode == UserMode.OPERATOR) {
            memberships.tellServerOperator(set);
        }
    }

    // The end

    /**
     * Keeps the user in their rooms after the connection is lost, if that is allowed: until a connection logs in to the same
     * account. Only for a user whose nick is the name of the account, since nobody else can take that nick.
     */
    boolean stay() {
        ClientSettings settings = services.settings();
        boolean may = me.user().isPresent()
                && !settings.absence().isZero()
                && me.nick()
                        .map(Nick::key)
                        .equals(services.users().key(me.profile().account()))
                && services.users().mayBeAbsent(settings.mostAbsent());
        if (may) {
            me.publish(user -> user.withConnections(List.of()), 0);
            memberships.connectionLost();
            changeProfile(me.profile().isAway() ? me.profile() : me.profile().withAway(ABSENT));
            release();
        }
        return may;
    }

    /** Notifies those who monitor the user, then frees the name. */
    void leave() {
        me.online().ifPresentOrElse(OnlineUser::leave, () -> services.users().disconnected());
        release();
    }
}
