package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.account.Networks;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.Place;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The current identity of one client. Changed by {@link ClientIdentity} alone, within the client's actor. */
final class CurrentUser {
    private final ActorRef<RoomEvent> ref;
    private final boolean secure;
    private final String network;
    private Profile profile;
    private Optional<Nick> nick = Optional.empty();
    private Optional<Viewer> viewer = Optional.empty();
    private Optional<OnlineUser> online = Optional.empty();

    /**
     * Not here yet.
     *
     * @param ref the client's actor
     * @param profile with the address that it comes from
     */
    CurrentUser(ActorRef<RoomEvent> ref, Peer peer, Profile profile) {
        this.ref = ref;
        this.secure = peer.secure();
        this.network = Networks.customerName(peer.address().getAddress());
        this.profile = profile;
    }

    /** The subscriber of its rooms; an event that it caused is its receipt. */
    ActorRef<RoomEvent> ref() {
        return ref;
    }

    Optional<Nick> nick() {
        return nick;
    }

    /** Who is shown events, once it has a nick. */
    Optional<Viewer> viewer() {
        return viewer;
    }

    /** With the address that it comes from. */
    Profile profile() {
        return profile;
    }

    /** How others see it, once it has entered. */
    Optional<UserSnapshot> user() {
        return online.map(OnlineUser::snapshot);
    }

    /** The same, to be changed. */
    Optional<OnlineUser> online() {
        return online;
    }

    /**
     * Changes what others see, once it has entered.
     *
     * @param cause as in {@link io.teahouse.room.RoomEvent.Personal}; 0: nobody is told
     */
    void publish(UnaryOperator<UserSnapshot> change, long cause) {
        online.ifPresent(me -> me.publish(change.apply(me.snapshot()), cause));
    }

    boolean isSecure() {
        return secure;
    }

    boolean isServerOperator() {
        return user().filter(mine -> mine.is(UserMode.OPERATOR)).isPresent();
    }

    List<Place> places() {
        return user().map(UserSnapshot::places).orElse(List.of());
    }

    /** Whose quota the rooms count against that it opens. */
    RoomDirectory.Opener opener() {
        return new RoomDirectory.Opener(identity(), network);
    }

    /** Identifies it in its conversations; not before it has entered. */
    String identity() {
        return profile.id().value();
    }

    /** Whether the client has said something in that conversation, see {@link UserSnapshot#said}; not before it has entered. */
    boolean said(RoomName conversation, Nick by, Profile profile) {
        return online.isPresent() && online.get().snapshot().said(conversation, by, profile);
    }

    // By ClientIdentity

    void nick(Optional<Nick> to) {
        nick = to;
        viewer = nick.map(name -> new Viewer(ref, profile, name));
    }

    void profile(Profile to) {
        profile = to;
        viewer = nick.map(name -> new Viewer(ref, profile, name));
    }

    void entered(OnlineUser as) {
        online = Optional.of(as);
    }
}
