package io.teahouse.client;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.account.Result;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.Metadata;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.Disconnect;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.Notification;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.PendingReplies;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserEvent;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Who the user of one connection is: claims a nick for it, attaches it to its user, and has the user changed. Alone changes
 * {@link CurrentUser}. Runs in the client's actor.
 */
final class ClientIdentity implements Session.Identity, ClientLogin.Subject {
    /** How often it is asked whose name it is that could not be found out. */
    private static final Duration PROVING = Duration.ofSeconds(2);

    /** The user's actor itself waits for rooms as long as an answer may take, more than once if a room refuses. */
    private static final int PATIENCE = 3;

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final CurrentUser me;
    private final ClientConnection connection;
    private final ClientRooms rooms;
    private final RoomJoiner joiner;
    private final ClientAccount account;
    private final PendingReplies replies;
    private final PendingWork work;

    /** Under which the nick is claimed before there is a user. */
    private final UserId claimant = UserId.generate();

    private int metadataBytes;

    ClientIdentity(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            CurrentUser me,
            ClientConnection connection,
            ClientRooms rooms,
            RoomJoiner joiner,
            ClientAccount account,
            PendingReplies replies,
            PendingWork work) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.me = me;
        this.connection = connection;
        this.rooms = rooms;
        this.joiner = joiner;
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
    public Optional<ConnectionInfo> thisConnection() {
        return me.connection();
    }

    @Override
    public void endConnection(ConnectionInfo which, String reason) {
        me.tell(new UserActor.EndConnection(which.id(), reason));
    }

    @Override
    public void watch(String key) {
        services.users().watch(key, context.getSelf().<Notification>narrow());
    }

    @Override
    public void unwatch(String key) {
        services.users().unwatch(key, context.getSelf().<Notification>narrow());
    }

    @Override
    public boolean said(RoomName conversation, Nick by, Profile profile) {
        return me.said(conversation, by, profile);
    }

    // The nick

    @Override
    public void claim(String name) {
        NickRules.Checked checked = services.rules().check(name);
        if (checked instanceof NickRules.Accepted accepted) {
            Nick wanted = accepted.nick();
            Optional<String> reserved =
                    account.owns(wanted) ? Optional.empty() : services.rules().reservation(wanted);
            if (reserved.isPresent()) {
                dialect.nameRefused(name, NameProblem.INVALID, reserved.get());
            } else if (me.user().isEmpty()) { // the owner is checked on entering: the client may log in until then
                first(wanted);
            } else if (me.nick().filter(wanted::sameAs).isPresent()) {
                rename(wanted);
            } else {
                account.check(
                        wanted,
                        unproven -> {
                            rename(wanted);
                            proveLater(wanted, unproven);
                        },
                        (problem, why) -> dialect.nameRefused(name, problem, why));
            }
        } else if (checked instanceof NickRules.Rejected rejected) {
            dialect.nameRefused(name, NameProblem.INVALID, rejected.why());
        }
    }

    /** The first nick; that of the account's user, if there is one. */
    private void first(Nick wanted) {
        Optional<Nick> already = account.name()
                .flatMap(mine -> services.users().find(UserId.ofAccount(mine.text())))
                .map(UserSnapshot::nick);
        if (already.isPresent()) {
            me.nick(already);
            dialect.named(already.get(), already.get());
            return;
        }
        long number = replies.nextNumber();
        work.begin();
        replies.expect(number, NickRegistry.Claimed.class, claimed -> {
            work.end();
            Optional<Nick> obstacle = claimed.obstacle();
            if (obstacle.isPresent() && !isAbsent(obstacle.get())) {
                refused(wanted, obstacle.get());
            } else { // the absent user may be about to log in: this is checked on entering
                Nick before = me.nick().orElse(wanted);
                me.nick(Optional.of(wanted));
                dialect.named(wanted, before);
            }
        });
        services.nicks()
                .tell(new NickRegistry.Claim(
                        number,
                        wanted,
                        account.owns(wanted),
                        claimant,
                        context.getSelf().narrow(),
                        context.getSelf().narrow()));
    }

    private boolean isAbsent(Nick nick) {
        return services.users().find(nick.text()).filter(UserSnapshot::isAbsent).isPresent();
    }

    private void refused(Nick asked, Nick obstacle) {
        dialect.nameRefused(asked.text(), NameProblem.TAKEN, taken(asked, obstacle));
    }

    private static String taken(Nick asked, Nick obstacle) {
        return obstacle.sameAs(asked)
                ? "the name " + asked + " is taken"
                : "the name " + asked + " looks like " + obstacle + ", which is taken";
    }

    private void rename(Nick to) {
        ask(
                event -> {
                    if (event instanceof UserEvent.NickRefused refused) {
                        refused(refused.asked(), refused.obstacle());
                    }
                },
                number -> new UserActor.Rename(number, self(), to, account.owns(to)));
    }

    /** Asks the user's actor something; the client's next line waits for the answer. */
    private void ask(Consumer<UserEvent> then, LongFunction<UserActor.Command> question) {
        if (me.actor().isPresent()) {
            me.tell(question.apply(expect(then)));
        }
    }

    /** Without an answer the connection ends: the actor that was asked may have failed before the question came. */
    private long expect(Consumer<UserEvent> then) {
        long number = replies.nextNumber();
        work.begin();
        Cancellable patience = work.after(
                services.settings().answerTimeout().multipliedBy(PATIENCE),
                () -> connection.cutOff("the server does not answer, please connect again"));
        replies.expect(number, UserEvent.class, event -> {
            patience.cancel();
            work.end();
            then.accept(event);
        });
        return number;
    }

    private ActorRef<UserEvent> self() {
        return context.getSelf().narrow();
    }

    /** The owner of the nick has logged in before this client has entered: it keeps the other one until it asks for a name. */
    void on(NickRegistry.Lost lost) {
        if (me.user().isPresent()) {
            tellGuest(lost);
        } else if (!account.owns(lost.nick())) {
            loseName(lost.nick(), NameProblem.OWNED, ClientAccount.owned(lost.nick()));
        }
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
    public void introduce(String user, String realName) {
        me.profile(me.profile().withUser(user).withRealName(realName));
    }

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
            String unique = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
            me.profile(me.profile().withGuest(UserId.guest(name, unique)));
            long number = expect(event -> entered(event, unproven, then));
            UserActor.Attach attach = new UserActor.Attach(number, newcomer(name, account.owns(name), me.profile()));
            if (!me.hasAccount()) {
                me.guest(Optional.of(UserActor.beside(context, services.user(), services.supervisor(), replies)));
                me.tell(attach);
            } else {
                services.supervisor().tell(attach);
            }
        }
    }

    private UserActor.Newcomer newcomer(Nick nick, boolean owned, Profile profile) {
        return new UserActor.Newcomer(nick, owned, claimant, profile, me.door(), me.isSecure(), self(), me.ref());
    }

    private void entered(UserEvent event, boolean unproven, Runnable then) {
        if (event instanceof UserEvent.Attached attached) {
            services.users().identified();
            attach(attached);
            connection.entered();
            then.run();
            proveLater(attached.user().nick(), unproven);
            account.requireCurrentPassword(connection); // not before others can find it
            subscribe(attached);
        } else {
            refused(event);
        }
    }

    private void attach(UserEvent.Attached to) {
        if (me.guest().isEmpty()) {
            context.watch(to.actor());
        }
        me.attach(to.actor(), services.users().online(to.user().id()), to.connection());
        me.nick(Optional.of(to.user().nick()));
        if (account.name().isPresent()) {
            release(); // unless the user has taken over the claim, another nick is theirs
        }
    }

    /** Not before the greeting is complete; one room after another, so that what is told of one stays together. */
    private void subscribe(UserEvent.Attached to) {
        to.rooms().forEach(room -> work.putOff(() -> joiner.subscribe(room, false)));
        to.absentSince().ifPresent(since -> work.putOff(() -> dialect.returned(since)));
    }

    private void refused(UserEvent event) {
        if (event instanceof UserEvent.AttachRefused refused) {
            me.guest(Optional.empty());
            Optional<Nick> nick = me.nick();
            if (refused.obstacle().isPresent() && nick.isPresent()) {
                loseName(
                        nick.get(),
                        NameProblem.TAKEN,
                        taken(nick.get(), refused.obstacle().get()));
            } else {
                connection.cutOff(
                        "you have " + refused.mostConnections() + " connections already, more are not allowed");
            }
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

    // The account

    @Override
    public void logIn(Nick to, boolean rename) {
        Profile profile = me.profile().withAccount(to.text());
        if (me.user().isEmpty()) {
            me.profile(profile);
            if (services.users().find(UserId.ofAccount(to.text())).isEmpty()
                    && services.rules().check(to.text()) instanceof NickRules.Accepted name) {
                services.nicks().tell(new NickRegistry.Free(name.nick(), claimant));
            }
            return;
        }
        ask(event -> loggedIn(event, to, rename), number -> new UserActor.LogIn(number, newcomer(to, true, profile)));
    }

    private void loggedIn(UserEvent event, Nick to, boolean rename) {
        if (event instanceof UserEvent.Attached attached) {
            UserSnapshot before = me.user().orElse(attached.user());
            List<RoomName> left = joiner.leaveAll();
            attach(attached);
            dialect.moved(attached.user().nick(), before, left);
            subscribe(attached);
        } else if (event instanceof UserEvent.Done) {
            joiner.endConversations();
            if (rename) {
                claim(to.text());
            }
        } else {
            refused(event);
        }
    }

    @Override
    public boolean logOut() {
        if (me.user().filter(mine -> mine.connections().size() > 1).isPresent()) {
            return false;
        } else if (me.user().isEmpty()) {
            me.profile(me.profile().withAccount(""));
        } else {
            ask(event -> joiner.endConversations(), number -> new UserActor.LogOut(number, self()));
        }
        return true;
    }

    @Override
    public void alwaysOn(Optional<Boolean> choice, Consumer<Result<Boolean>> then) {
        ask(
                event -> {
                    if (event instanceof UserEvent.Chosen chosen) {
                        then.accept(chosen.alwaysOn());
                    }
                },
                number -> new UserActor.ChooseAlwaysOn(number, self(), choice));
    }

    /** Tells the user's other connections. */
    void notifyOthers(Notification what) {
        me.tell(new UserActor.NotifyOthers(self(), what));
    }

    @Override
    public void disconnectOthers(String reason) {
        me.actor()
                .or(() -> services.users().online(me.id()).map(OnlineUser::actor))
                .ifPresent(actor -> actor.tell(new UserActor.DisconnectOthers(self(), reason)));
    }

    // What others may know

    @Override
    public void setAway(String text) {
        ask(done -> {}, number -> new UserActor.SetAway(number, self(), text));
    }

    @Override
    public void setRealName(String name) {
        ask(done -> {}, number -> new UserActor.SetRealName(number, self(), name));
    }

    @Override
    public void setMode(UserMode mode, boolean set) {
        ask(done -> {}, number -> new UserActor.SetMode(number, self(), mode, set));
    }

    @Override
    public void changeMetadata(Map<String, String> changes) {
        ask(
                done -> metadataBytes = me.user()
                        .map(user -> (int) Metadata.bytes(user.metadata()))
                        .orElse(0),
                number -> new UserActor.ChangeMetadata(number, self(), changes));
    }

    /** About how many bytes there are of it. */
    int metadataBytes() {
        return metadataBytes;
    }

    /** Something is told to the guest who lives in this actor. */
    void tellGuest(Object message) {
        me.guest().ifPresent(guest -> guest.on(message));
    }

    // What the user's actor tells

    void on(UserEvent event) {
        me.refresh();
        if (event instanceof UserEvent.Attached attached) {
            replies.answered(attached.number(), attached);
        } else if (event instanceof UserEvent.AttachRefused refused) {
            replies.answered(refused.number(), refused);
        } else if (event instanceof UserEvent.Done done) {
            replies.answered(done.number(), done);
        } else if (event instanceof UserEvent.NickRefused refused) {
            replies.answered(refused.number(), refused);
        } else if (event instanceof UserEvent.Detached) {
            me.guest(Optional.empty());
            me.actor().ifPresent(context::unwatch); // it may end now
        } else if (event instanceof UserEvent.Chosen chosen) {
            replies.answered(chosen.number(), chosen);
        } else if (event instanceof UserEvent.ReportSeen) {
            me.tell(new UserActor.Seen(rooms.seen()));
        } else if (event instanceof UserEvent.Adopted adopted) {
            me.guest(Optional.empty());
            me.adopted(adopted.actor());
            context.watch(adopted.actor());
        } else if (event instanceof UserEvent.Named named) {
            named(named);
        } else if (event instanceof UserEvent.RoomRefused refused) {
            dialect.outcome().refused(refused.refused());
        } else if (event instanceof UserEvent.Changed changed) {
            dialect.userChanged(changed.before(), changed.now());
        } else if (event instanceof UserEvent.Subscribe subscribe) {
            joiner.subscribe(subscribe.room(), true);
        } else if (event instanceof Notification notification) {
            dialect.told(notification);
        } else if (event instanceof Disconnect disconnect) {
            connection.kill(disconnect.reason());
        }
    }

    private void named(UserEvent.Named named) {
        me.nick(Optional.of(named.to()));
        joiner.endConversations();
        if (named.why().isEmpty()) {
            dialect.named(named.to(), named.before());
        } else {
            dialect.renamed(named.to(), named.before(), named.why());
        }
    }

    /** The user's actor has failed. */
    boolean isActor(ActorRef<Void> ended) {
        return me.actor().filter(actor -> actor.path().equals(ended.path())).isPresent();
    }

    // The end

    /** Detaches the connection from its user, who may stay without one. */
    void leave(ClientConnection.Closing how) {
        boolean mayStay = how.lost() && dialect.mayStay();
        me.tell(new UserActor.Detach(self(), how.how(), how.text(), mayStay, rooms.seen()));
        if (me.actor().isEmpty()) {
            services.users().identified();
            release();
        }
    }
}
