package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.account.Networks;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.UserId;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.Place;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user of one connection: first by the data that the connection gave, then the user that it is attached to. Changed
 * by {@link ClientIdentity} and {@link ClientNick} alone, within the client's actor.
 */
final class CurrentUser {
    private final ActorRef<RoomEvent> ref;
    private final Peer peer;
    private final String address;

    /** Without the address: once attached, the same object as in the user's snapshot. */
    private Profile shown;

    private @Nullable Viewer viewer;
    private boolean hasAccount;
    private @Nullable ActorRef<UserActor.Command> actor;
    private @Nullable UserActor guest;
    private @Nullable OnlineUser online;

    /** See {@link ConnectionInfo#id}. */
    private long connection;

    /**
     * A connection that is not attached yet.
     *
     * @param ref the client's actor
     * @param profile with the address that it comes from
     */
    CurrentUser(ActorRef<RoomEvent> ref, Peer peer, Profile profile) {
        this.ref = ref;
        this.peer = peer;
        this.shown = profile.shown();
        this.address = profile.address();
    }

    /** The subscriber of the user's rooms; an event that it caused is its receipt. */
    ActorRef<RoomEvent> ref() {
        return ref;
    }

    Optional<Nick> nick() {
        return Optional.ofNullable(viewer).map(Viewer::nick);
    }

    /** The receiver of events, once they have a nick. Called for every delivery, so it is cached. */
    @Nullable
    Viewer viewer() {
        return viewer;
    }

    /**
     * Whether the user has an account, so that they can resume their rooms when they reconnect. Called for every
     * delivery.
     */
    boolean hasAccount() {
        return hasAccount;
    }

    /** The profile with the address of the connection. */
    Profile profile() {
        return shown().withAddress(address);
    }

    /** The public profile. */
    Profile shown() {
        refresh();
        return shown;
    }

    /** Adopts changes by the user's actor. */
    void refresh() {
        if (online != null) {
            Profile latest = online.snapshot().profile();
            if (!latest.equals(shown)) {
                profile(latest);
            }
        }
    }

    /** The user's snapshot, once the connection is attached. */
    Optional<UserSnapshot> user() {
        return online == null ? Optional.empty() : Optional.of(online.snapshot());
    }

    /** The user's actor, once the connection is attached. */
    Optional<ActorRef<UserActor.Command>> actor() {
        return Optional.ofNullable(actor);
    }

    /** Sends a command to the user's actor, once the connection is attached. */
    void tell(UserActor.Command command) {
        if (guest != null) {
            guest.on(command);
        } else if (actor != null) {
            actor.tell(command);
        }
    }

    /** The guest that runs in the actor of this connection, if the user is one. */
    Optional<UserActor> guest() {
        return Optional.ofNullable(guest);
    }

    boolean isSecure() {
        return peer.secure();
    }

    /** See {@link Peer#door}. */
    String door() {
        return peer.door();
    }

    /** The connection as the user's actor knows it. */
    Optional<ConnectionInfo> connection() {
        return user().stream()
                .flatMap(mine -> mine.connections().stream())
                .filter(each -> each.id() == connection)
                .findFirst();
    }

    List<Place> places() {
        return user().map(UserSnapshot::places).orElse(List.of());
    }

    /** The user whose quota counts the rooms that this connection opens. */
    RoomDirectory.Opener opener() {
        return new RoomDirectory.Opener(
                identity(), Networks.customerName(peer.address().getAddress()));
    }

    UserId id() {
        return shown().id();
    }

    /** Identifies the user in their conversations; not before the connection is attached. */
    String identity() {
        return id().value();
    }

    /**
     * The user's identity for rooms; not before the connection is attached.
     *
     * @param as the nick in the room
     */
    RoomActor.Identity introduction(Nick as) {
        return user().orElseThrow().withNick(as).identity(address, Objects.requireNonNull(actor));
    }

    /** Whether the user is the author of a message in that conversation, see {@link UserSnapshot#said}. */
    boolean said(RoomName conversation, Nick by, Profile author) {
        return online != null && online.snapshot().said(conversation, by, author);
    }

    /** Whether that is the user, under any nick; compares nicks only if the author's id is unknown. */
    boolean is(Nick other, Profile as) {
        return as.id().isKnown()
                ? shown().isSameUser(as)
                : nick().filter(other::sameAs).isPresent();
    }

    boolean is(UserMode mode) {
        return user().filter(mine -> mine.is(mode)).isPresent();
    }

    // By ClientIdentity and ClientNick

    void guest(Optional<UserActor> beside) {
        guest = beside.orElse(null);
    }

    void adopted(ActorRef<UserActor.Command> by) {
        actor = by;
    }

    void nick(Optional<Nick> to) {
        viewer = to.isPresent() ? new Viewer(ref, shown, to.get()) : null;
    }

    /** Only before it is attached. */
    void profile(Profile to) {
        shown = to.shown();
        hasAccount = !to.account().isEmpty();
        viewer = viewer == null ? null : new Viewer(ref, shown, viewer.nick());
    }

    void attach(ActorRef<UserActor.Command> to, Optional<OnlineUser> as, long by) {
        actor = to;
        online = as.orElse(null);
        connection = by;
        profile(online == null ? shown : online.snapshot().profile());
    }
}
