package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.account.LoginToken;
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
import io.teahouse.user.PendingReplies;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserEvent;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The user of one connection: attaches the connection to its user, changes the user, and handles the events of the
 * user's actor. Runs in the client's actor.
 */
final class ClientIdentity implements Session.Identity, ClientLogin.Subject {
    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final CurrentUser me;
    private final ClientConnection connection;
    private final ClientRooms rooms;
    private final RoomJoiner joiner;
    private final ClientAccount account;
    private final ClientNick nick;
    private final UserQuestions questions;
    private final PendingReplies replies;
    private final PendingWork work;

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
            ClientNick nick,
            UserQuestions questions,
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
        this.nick = nick;
        this.questions = questions;
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
        nick.claim(name);
    }

    void on(NickRegistry.Lost lost) {
        if (me.user().isPresent()) {
            tellGuest(lost);
        } else {
            nick.on(lost);
        }
    }

    // Attaching

    @Override
    public void introduce(String user, String realName) {
        me.profile(me.profile().withUser(user).withRealName(realName));
    }

    @Override
    public void enter(Runnable then) {
        if (me.nick().isPresent() && me.user().isEmpty()) {
            Nick name = me.nick().get();
            account.check(name, unproven -> enter(name, unproven, then), (problem, why) -> {
                nick.release();
                nick.lose(name, problem, why);
            });
        }
    }

    private void enter(Nick name, boolean unproven, Runnable then) {
        if (me.nick().filter(name::equals).isPresent()) {
            boolean isNew = !me.hasAccount()
                    || services.users()
                            .find(UserId.ofAccount(me.profile().account()))
                            .isEmpty();
            Optional<String> refusal = services.entrance().refusal(name, me.profile(), isNew);
            if (refusal.isPresent()) {
                connection.cutOff(refusal.get());
                return;
            }
            me.profile(me.profile().withGuest(nick.guest(name)));
            long number = questions.expect(event -> entered(event, unproven, then));
            UserActor.Attach attach = new UserActor.Attach(number, newcomer(name, account.owns(name), me.profile()));
            if (!me.hasAccount()) {
                me.guest(Optional.of(UserActor.forGuest(context, services.user(), services.supervisor(), replies)));
                me.tell(attach);
            } else {
                services.supervisor().tell(attach);
            }
        }
    }

    private UserActor.Newcomer newcomer(Nick name, boolean owned, Profile profile) {
        return new UserActor.Newcomer(
                name, owned, nick.claimant(), profile, me.door(), me.isSecure(), self(), me.ref());
    }

    private void entered(UserEvent event, boolean unproven, Runnable then) {
        if (event instanceof UserEvent.Attached attached) {
            services.users().identified();
            attach(attached);
            connection.entered();
            then.run();
            nick.proveLater(attached.user().nick(), unproven);
            account.requireCurrentPassword(connection); // when others can find it
            requireNoBan();
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
            nick.release(); // unless the user has taken over the claim, they have another nick
        }
    }

    /** Once the user can be found: a ban of just now may have missed them before. */
    private void requireNoBan() {
        me.nick()
                .flatMap(name -> services.entrance().refusal(name, me.profile(), false))
                .ifPresent(connection::cutOff);
    }

    /** Subscribes after the greeting; one room after another, so that the lines of each stay together. */
    private void subscribe(UserEvent.Attached to) {
        to.rooms().forEach(room -> work.putOff(() -> joiner.subscribe(room, false)));
        to.absentSince().ifPresent(since -> work.putOff(() -> dialect.returned(since)));
    }

    private void refused(UserEvent event) {
        if (event instanceof UserEvent.AttachRefused refused) {
            me.guest(Optional.empty());
            Optional<Nick> mine = me.nick();
            if (refused.obstacle().isPresent() && mine.isPresent()) {
                String taken = ClientNick.taken(mine.get(), refused.obstacle().get());
                account.check(
                        mine.get(),
                        unproven -> nick.lose(mine.get(), NameProblem.TAKEN, taken),
                        (problem, why) -> nick.lose(mine.get(), problem, why));
            } else {
                connection.cutOff(
                        "you have " + refused.mostConnections() + " connections already, more are not allowed");
            }
        }
    }

    // The account

    @Override
    public void logIn(Nick to, boolean rename, Runnable then) {
        Profile profile = me.profile().withAccount(to.text());
        if (me.user().isEmpty()) {
            me.profile(profile);
            if (services.users().find(UserId.ofAccount(to.text())).isEmpty()
                    && services.rules().check(to.text()) instanceof NickRules.Accepted name) {
                services.nicks().tell(new NickRegistry.Free(name.nick(), nick.claimant()));
            }
            then.run();
            return;
        }
        questions.ask(
                event -> loggedIn(event, to, rename, then),
                number -> new UserActor.LogIn(number, newcomer(to, true, profile)));
    }

    private void loggedIn(UserEvent event, Nick to, boolean rename, Runnable then) {
        then.run();
        if (event instanceof UserEvent.Attached attached) {
            UserSnapshot before = me.user().orElse(attached.user());
            List<RoomName> left = joiner.leaveAll();
            attach(attached);
            dialect.moved(attached.user().nick(), before, left);
            account.requireCurrentPassword(connection); // when others can find it
            requireNoBan();
            subscribe(attached);
        } else if (event instanceof UserEvent.Done) {
            account.requireCurrentPassword(connection);
            requireNoBan();
            joiner.endConversations();
            if (rename) {
                nick.claim(to.text());
            }
        } else {
            work.step(() -> refused(event)).run(); // when the user knows of the login
        }
    }

    @Override
    public boolean logOut(Runnable then) {
        if (me.user().filter(mine -> mine.connections().size() > 1).isPresent()) {
            return false;
        } else if (me.user().isEmpty()) {
            me.profile(me.profile().withAccount(""));
            then.run();
        } else {
            questions.ask(
                    event -> {
                        joiner.endConversations();
                        then.run();
                    },
                    number -> new UserActor.LogOut(number, self()));
        }
        return true;
    }

    @Override
    public void alwaysOn(Optional<Boolean> choice, Consumer<Result<Boolean>> then) {
        questions.ask(
                event -> {
                    if (event instanceof UserEvent.Chosen chosen) {
                        then.accept(chosen.result());
                    }
                },
                number -> new UserActor.ChooseAlwaysOn(number, self(), choice));
    }

    /** Notifies the user's other connections. */
    void notifyOthers(Notification what) {
        me.tell(new UserActor.NotifyOthers(self(), what));
    }

    @Override
    public void disconnectOthers(String reason) {
        tellUser(new UserActor.DisconnectOthers(self(), reason));
    }

    @Override
    public void disconnectOthers(LoginToken token, String reason) {
        tellUser(new UserActor.RevokeToken(self(), token.id(), reason));
    }

    /** Also before the connection is attached, when it is known whose it will be. */
    private void tellUser(UserActor.Command command) {
        if (me.actor().isPresent()) {
            me.actor().get().tell(command);
        } else {
            services.users().online(me.id()).ifPresent(user -> user.tell(command));
        }
    }

    // What others see

    @Override
    public void setAway(String text) {
        questions.ask(done -> {}, number -> new UserActor.SetAway(number, self(), text));
    }

    @Override
    public void setRealName(String name) {
        questions.ask(done -> {}, number -> new UserActor.SetRealName(number, self(), name));
    }

    @Override
    public void setMode(UserMode mode, boolean set) {
        questions.ask(done -> {}, number -> new UserActor.SetMode(number, self(), mode, set));
    }

    @Override
    public void changeMetadata(Map<String, String> changes) {
        questions.ask(
                done -> metadataBytes = me.user()
                        .map(user -> (int) Metadata.bytes(user.metadata()))
                        .orElse(0),
                number -> new UserActor.ChangeMetadata(number, self(), changes));
    }

    /** The approximate number of bytes of the user's metadata. */
    int metadataBytes() {
        return metadataBytes;
    }

    /** Passes a message to the guest who runs in this actor. */
    void tellGuest(Object message) {
        me.guest().ifPresent(guest -> guest.on(message));
    }

    // Events of the user's actor

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
            replies.forget(adopted.refusal());
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
        } else if (event instanceof UserEvent.TokenRevoked revoked) {
            if (account.hasToken(revoked.token())) {
                connection.kill(revoked.reason());
            }
        } else if (event instanceof Notification notification) {
            dialect.notified(notification);
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

    /** Whether that is the user's actor. */
    boolean isActor(ActorRef<Void> ended) {
        return me.actor().filter(actor -> actor.path().equals(ended.path())).isPresent();
    }

    private ActorRef<UserEvent> self() {
        return context.getSelf().narrow();
    }

    // The end

    /** Detaches the connection from its user, who may stay without one. */
    void leave(ClientConnection.Closing how) {
        boolean mayStay = how.lost() && dialect.mayStay();
        me.tell(new UserActor.Detach(self(), how.how(), how.text(), mayStay, rooms.seen(), how.at()));
        if (me.actor().isEmpty()) {
            services.users().identified();
            nick.release();
        }
    }
}
