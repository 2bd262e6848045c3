package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One user in one room, with any number of subscribers. Only the room changes it; a policy may read it. */
public final class Member {
    private UserId id;
    private ActorRef<?> owner;
    private @Nullable ActorRef<MemberEvent> observer;
    private List<ActorRef<RoomEvent>> subscribers = List.of();
    private Nick nick;
    private Profile profile;
    private String address;
    private Ranks ranks;

    /** Those that the other members know. */
    private Ranks shownRanks;

    private boolean serverOperator;

    /** Orders the members by their joins. */
    long arrival;

    private final Instant since;

    /** The index in the room's array of shown members; -1: not shown. */
    int slot = -1;

    /** Another member of the same owner. */
    @Nullable
    Member nextOfOwner;

    /** Whether the user came back after a failure of the room, perhaps before other connections of theirs. */
    boolean hasReturned;

    /** As {@link Modes} has computed it. */
    Modes.Silence silence = Modes.Silence.UNKNOWN;

    Member(RoomActor.Identity user, Ranks ranks, Instant since) {
        this.since = since;
        this.id = user.id();
        this.owner = user.owner();
        this.observer = user.observer().orElse(null);
        this.nick = user.nick();
        this.profile = user.profile();
        this.address = user.address();
        this.serverOperator = user.serverOperator();
        this.ranks = ranks;
        this.shownRanks = ranks;
    }

    /** The id of the member's user. */
    public UserId id() {
        return id;
    }

    void id(UserId to) {
        id = to;
    }

    /**
     * The id that the member has with that profile, if it is another one: a guest has logged in. An actor that speaks
     * for itself is known by its reference, and one that chose an id other than that of its profile keeps it.
     */
    Optional<UserId> newId(Profile to) {
        boolean own = id.isOf(owner) || subscribers.stream().anyMatch(id::isOf);
        boolean follows = id.equals(profile.id()) && !own;
        return Optional.of(to.id()).filter(next -> follows && next.isKnown() && !next.equals(id));
    }

    /** The membership ends when this actor ends. */
    ActorRef<?> owner() {
        return owner;
    }

    /** Receives the member's standing in the room. */
    Optional<ActorRef<MemberEvent>> observer() {
        return Optional.ofNullable(observer);
    }

    /** The subscribers that receive the member's events; none while the user is away. */
    List<ActorRef<RoomEvent>> subscribers() {
        return subscribers;
    }

    /** Sets the actor that owns the member from now on. */
    void own(RoomActor.Identity user) {
        owner = user.owner();
        observer = user.observer().orElse(null);
    }

    /** The member itself, if it is an actor that speaks for itself: it is the cause of its own commands. */
    Optional<ActorRef<RoomEvent>> itself() {
        return observer != null
                ? Optional.empty()
                : subscribers.stream()
                        .filter(each -> each.equals(owner) || id.isOf(each)) // a relay may own it
                        .findFirst();
    }

    void subscribe(ActorRef<RoomEvent> subscriber) {
        subscribers = subscribers.isEmpty()
                ? List.of(subscriber)
                : Stream.concat(subscribers.stream(), Stream.of(subscriber)).toList();
    }

    void unsubscribe(ActorRef<RoomEvent> subscriber) {
        subscribers =
                subscribers.stream().filter(each -> !each.equals(subscriber)).toList();
    }

    public Nick nick() {
        return nick;
    }

    /** What others may know of the member. */
    public Profile profile() {
        return profile;
    }

    /** Whether they are an operator of the server. */
    public boolean isServerOperator() {
        return serverOperator;
    }

    void serverOperator(boolean is) {
        serverOperator = is;
    }

    /** The same with the address, for masks only. */
    Profile profileWithAddress() {
        return profile.withAddress(address);
    }

    public Ranks ranks() {
        return ranks;
    }

    /** When the member joined. */
    public Instant since() {
        return since;
    }

    void profile(Profile to) {
        Profile before = profileWithAddress();
        profile = to.shown();
        address = to.address().isEmpty() ? address : to.address();
        if (!Mask.isSame(before, profileWithAddress())) {
            forgetSilence();
        }
    }

    /** Marks the silence as outdated; a silenced member stays silenced. */
    private void forgetSilence() {
        silence = silence.outdated();
    }

    /** Whether a ban or a mute in these modes, which are those of the room, keeps the member from speaking. */
    boolean isSilenced(Modes modes) {
        if (modes.isOutdated(silence)) {
            silence = modes.silence(nick, profileWithAddress(), silence);
        }
        return silence.isOn();
    }

    /** The change is in effect at once, and still to be published. */
    void ranks(Ranks to) {
        ranks = to;
    }

    /** As they have been published: the room continues with them after a failure. */
    Ranks shownRanks() {
        return shownRanks;
    }

    void showRanks(Ranks to) {
        shownRanks = to;
    }

    /** The cause of a loss, the same in all rooms that lose the member. */
    long lossCause() {
        return -1L - Integer.toUnsignedLong(owner.hashCode());
    }

    /**
     * What the member may see now.
     *
     * @param past see {@link Room#past}
     */
    Visibility visibility(long past) {
        return new Visibility(profile, ranks, past);
    }

    /** Whether this user is the author, under any nick. */
    public boolean isAuthor(RoomEvent.Recorded event) {
        return event.isBy(profile);
    }

    /** Whether the member's join has been published. */
    boolean isShown() {
        return slot >= 0;
    }

    void rename(Nick to) {
        nick = to;
        forgetSilence();
    }
}
