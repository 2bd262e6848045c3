package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import io.teahouse.room.support.IdGenerator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who one user is: nick, profile, modes, metadata, rooms and connections. Whatever changes is published in the directory and
 * told to the user's rooms and other connections. The parts of one {@link UserActor} share it.
 */
final class UserState {
    private final ActorContext<Object> context;
    private final UserServices services;
    private final ActorRef<UserSupervisor.Command> supervisor;
    private final PendingReplies replies;
    private final UserRooms rooms;
    private final UserDelivery delivery;
    private final UserConnections connections;

    /** Under which the nick is claimed. */
    private UserId claimant = UserId.UNKNOWN;

    /** Not before the nick is certain. */
    private @Nullable OnlineUser online;

    private boolean gone;

    UserState(
            ActorContext<Object> context,
            UserServices services,
            ActorRef<UserSupervisor.Command> supervisor,
            PendingReplies replies,
            UserDelivery delivery) {
        this.context = context;
        this.services = services;
        this.supervisor = supervisor;
        this.replies = replies;
        this.delivery = delivery;
        this.connections = new UserConnections(delivery);
        this.rooms = new UserRooms(context, replies, services.settings().answerTimeout());
    }

    ActorContext<Object> context() {
        return context;
    }

    UserServices services() {
        return services;
    }

    ActorRef<UserSupervisor.Command> supervisor() {
        return supervisor;
    }

    PendingReplies replies() {
        return replies;
    }

    UserRooms rooms() {
        return rooms;
    }

    UserConnections connections() {
        return connections;
    }

    /** Tells a connection, also one that is none of the user's. */
    void tell(ActorRef<UserEvent> connection, UserEvent event) {
        delivery.tell(connection, event);
    }

    ActorRef<UserActor.Command> self() {
        return context.getSelf().narrow();
    }

    /** The user has left, or another actor has become the owner. */
    boolean isGone() {
        return gone;
    }

    /** See {@link UserDelivery#outlivesActor}. */
    boolean outlivesActor() {
        return delivery.outlivesActor();
    }

    /** The user has left the directory. */
    void left() {
        online().leave();
        delivery.left();
    }

    void gone() {
        gone = true;
    }

    // The directory

    /** Whether the nick is certain, so that the user is in the directory. */
    boolean isOnline() {
        return online != null;
    }

    OnlineUser online() {
        return Objects.requireNonNull(online);
    }

    UserSnapshot snapshot() {
        return online().snapshot();
    }

    /** The user, whose nick has been claimed, appears in the directory. */
    void enter(UserSnapshot first) {
        online = services.users().enter(first, self());
        delivery.entered(online);
    }

    /** The same with connections, which are about to be added. */
    void enter(UserSnapshot first, List<ActorRef<RoomEvent>> subscribers) {
        online = services.users().enter(first, self(), subscribers);
        delivery.entered(online);
    }

    /** Becomes the owner of a user who is in the directory already. False: they have just left. */
    boolean adopt(UserId user) {
        online = services.users().online(user).orElse(null);
        if (online != null) {
            online.actor(self());
            delivery.entered(online);
        }
        return online != null;
    }

    private void publish(UserSnapshot next, long cause) {
        online().publish(next, cause);
    }

    /** A connection was attached or detached. */
    void publishConnections() {
        publish(snapshot().withConnections(connections.infos()), 0);
        online().subscribers(connections.subscribers());
    }

    /** Tells connections to end. They are no longer listed from then on. */
    void end(List<UserConnections.Connection> ending, String reason) {
        ending.forEach(UserConnections.Connection::markEnding);
        publishConnections();
        ending.forEach(each -> each.tell(new Disconnect(reason)));
    }

    /** The user has just said something on that connection. */
    void active(ActorRef<UserEvent> connection) {
        long now = System.currentTimeMillis();
        connections.active(connection, now);
        publish(snapshot().active(connections.infos(), now), 0);
    }

    // The nick

    /** Nicks are claimed under that id from now on. */
    void claimant(UserId to) {
        claimant = to;
    }

    /** Claims the nick under the id of the user's account from now on, by which another actor of the same user finds it. */
    void claimForAccount() {
        claimant(snapshot().id());
        claim(snapshot().nick(), false, claimed -> {});
    }

    /** @param mine it belongs to the user's account, see {@link NickRegistry.Claim} */
    void claim(Nick nick, boolean mine, Consumer<NickRegistry.Claimed> then) {
        long number = replies.nextNumber();
        replies.expect(number, NickRegistry.Claimed.class, then);
        ActorRef<Object> self = context.getSelf();
        services.nicks().tell(new NickRegistry.Claim(number, nick, mine, claimant, self.narrow(), self.narrow()));
    }

    /** All nicks of the user are free. */
    void releaseNicks() {
        services.nicks()
                .tell(new NickRegistry.Release(claimant, context.getSelf().narrow()));
    }

    /** Another user who has that nick, the name of this user's account, must give it up. */
    void freeNick(Nick nick) {
        services.nicks().tell(new NickRegistry.Free(nick, claimant));
    }

    void rename(UserActor.Rename rename) {
        claim(rename.to(), rename.mine(), claimed -> {
            if (claimed.obstacle().isPresent()) {
                tell(
                        rename.connection(),
                        new UserEvent.NickRefused(
                                rename.number(), rename.to(), claimed.obstacle().get()));
            } else {
                renamed(rename);
            }
        });
    }

    private void renamed(UserActor.Rename rename) {
        Nick before = snapshot().nick();
        long cause = publishNick(rename.to());
        connections.tellOthers(rename.connection(), new UserEvent.Named(0, rename.to(), before, ""));
        connections
                .find(rename.connection())
                .ifPresent(each -> each.tell(new UserEvent.Named(rename.number(), rename.to(), before, "")));
        renameInRooms(
                rename.to(),
                cause,
                refused -> {
                    tell(rename.connection(), new UserEvent.RoomRefused(refused));
                    rename(new UserActor.Rename(0, rename.connection(), before, rename.mine()));
                },
                done(rename.connection(), rename.number()));
    }

    /** @return as in {@link io.teahouse.room.RoomEvent.Personal#cause} */
    private long publishNick(Nick to) {
        long cause = IdGenerator.process().next();
        publish(snapshot().withNick(to), cause);
        return cause;
    }

    private void renameInRooms(Nick to, long cause, Consumer<RoomReply.Refused> refused, Runnable done) {
        rooms.leaveConversations(snapshot().id());
        rooms.rename(snapshot().id(), to, cause, refused, done);
    }

    /** The owner of the nick is here: the user of an account, or a member of the application. */
    void loseNick(NickRegistry.Lost lost) {
        if (isOnline() && snapshot().nick().sameAs(lost.nick())) {
            long cause = publishNick(lost.instead());
            String why = "the name " + lost.nick() + " belongs to another user, who is here now";
            connections.tell(new UserEvent.Named(0, lost.instead(), lost.nick(), why));
            renameInRooms(lost.instead(), cause, refused -> {}, () -> {});
        }
    }

    // What others may know

    void changeProfile(Profile to, Runnable done) {
        changeProfile(to, context.getSystem().ignoreRef(), done);
    }

    /** @param by the connection that has asked for it */
    void changeProfile(Profile to, ActorRef<UserEvent> by, Runnable done) {
        UserSnapshot before = snapshot();
        Profile profile = to.shown();
        if (before.profile().equals(profile)) {
            done.run();
            return;
        }
        long cause = IdGenerator.process().next();
        publish(before.withProfile(profile), cause);
        if (!before.profile().account().equals(profile.account())) {
            rooms.leaveConversations(before.id());
        }
        tellOthers(by, before);
        rooms.tell((number, replyTo) -> new RoomActor.ChangeProfile(before.id(), to, cause, number, replyTo), done);
    }

    private void tellOthers(ActorRef<UserEvent> by, UserSnapshot before) {
        connections.tellOthers(by, new UserEvent.Changed(before, snapshot()));
    }

    void setRealName(UserActor.SetRealName set) {
        Profile profile = snapshot().profile().withRealName(set.name());
        changeProfile(profile, set.connection(), done(set.connection(), set.number()));
    }

    void setAway(UserActor.SetAway set) {
        connections.setAway(set.connection(), set.text());
        updateAway(set.connection(), done(set.connection(), set.number()));
    }

    /** @param by the connection that has changed, or was detached */
    void updateAway(ActorRef<UserEvent> by, Runnable done) {
        changeProfile(snapshot().profile().withAway(connections.away(by)), by, done);
    }

    void setMode(UserActor.SetMode set) {
        UserSnapshot before = snapshot();
        publish(before.withMode(set.mode(), set.set()), 0);
        tellOthers(set.connection(), before);
        Runnable done = done(set.connection(), set.number());
        if (set.mode() == UserMode.OPERATOR) {
            tellRooms(set.set());
        }
        if (set.mode() == UserMode.BOT) {
            changeProfile(snapshot().profile().withBot(set.set()), set.connection(), done);
        } else {
            done.run();
        }
    }

    private void tellRooms(boolean isOperator) {
        rooms.tell(new RoomActor.ServerOperator(snapshot().id(), isOperator));
    }

    /** If the user is an operator of the server, they no longer are, and are told why in one line. */
    void demote(String why) {
        UserSnapshot before = snapshot();
        if (before.is(UserMode.OPERATOR)) {
            publish(before.withMode(UserMode.OPERATOR, false), 0);
            connections.tell(new UserEvent.Changed(before, snapshot()));
            connections.tell(new Notification.ServerNotice("you are no operator of the server any more: " + why));
            tellRooms(false);
        }
    }

    void changeMetadata(UserActor.ChangeMetadata change) {
        long cause = IdGenerator.process().next();
        UserSnapshot before = snapshot();
        publish(before.withMetadataChanged(change.changes()), cause);
        tellOthers(change.connection(), before);
        rooms.tell(
                (number, replyTo) -> new RoomActor.TellMetadata(before.id(), change.changes(), cause, number, replyTo),
                done(change.connection(), change.number()));
    }

    Runnable done(ActorRef<UserEvent> connection, long number) {
        return () -> tell(connection, new UserEvent.Done(number));
    }

    // Where the user is

    /**
     * A room says that the user is a member.
     *
     * @param restored the seq up to which the user has seen it, if this actor has asked to join; else empty
     */
    void placed(MemberEvent.Placed placed, Optional<Long> restored) {
        if (placed.room().isConversation()
                && !placed.user().equals(snapshot().id())) { // it began just before the change
            placed.self().tell(new RoomActor.Leave(placed.user(), Departure.PARTED, "", 0));
            return;
        }
        RoomName before = rooms.name(placed.self()).orElse(placed.room());
        boolean fresh = rooms.placed(placed, restored);
        if (!placed.room().isConversation()) {
            Place place = new Place(placed.room(), placed.ranks(), placed.secret());
            publish(snapshot().withRoomRenamed(before, placed.room()).withPlace(place), 0);
        }
        if (!fresh) {
            return;
        }
        rooms.rename( // another nick may have been taken while the user was joining
                snapshot().id(), snapshot().nick(), IdGenerator.process().next(), refused -> {}, () -> {});
        if (connections.size() > 1 || restored.isPresent()) {
            long since = restored.orElse(placed.seq());
            connections.tell(new UserEvent.Subscribe(new UserRoom(placed.room(), since)));
        }
    }

    /** A room says that the user is no member any more. */
    void removed(MemberEvent.Removed removed) {
        if (rooms.removed(removed.self())) {
            publish(snapshot().withoutPlace(removed.room()), 0);
        }
    }

    /** A room that had failed does not let the user in again. */
    void notPlaced(RoomName room) {
        rooms.remove(room);
        publish(snapshot().withoutPlace(room), 0);
    }
}
