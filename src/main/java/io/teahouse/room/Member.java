package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One member of one room, as that room knows him. Only the room changes it; a policy may read it. */
public final class Member {
    private static final List<RoomEvent> NOTHING_HELD = List.of();

    /** Bytes that may wait for the member; members of one room mostly share them. */
    private static final long MOST_HELD = 1 << 20;

    private final ActorRef<RoomEvent> ref;
    private final Delivery delivery;
    private Nick nick;
    private Profile profile;
    private Profile known;
    private Ranks ranks;
    private boolean serverOperator;

    /** Counts those who came. */
    long arrival;

    private final Instant since;

    /** The newest event that there was when he came. */
    private long before;

    private boolean gone;

    /** Where he stands in the room's array of those who are told; -1 while he is not. */
    int slot = -1;

    /** First event of the batch in the making that concerns him. */
    int from;

    /** True while the batch in the making holds something he did: he is told last. */
    boolean spoke;

    private List<RoomEvent> held = NOTHING_HELD;
    private long heldBytes;

    /** Must {@link #release} the member when too much waits. */
    private Runnable tooMuch = () -> {};

    /**
     * Whether bans keep the member from speaking.
     *
     * @param changes how often the bans had changed when it was found out; -1: the member has changed since
     * @param by the bans that mean the member, or meant them as they were called before
     */
    record Silence(int changes, boolean isOn, Set<Modes.Listed> by) {}

    /** As {@link Modes} has found out; null: it has not been asked. */
    @Nullable
    Silence silence;

    Member(Nick nick, Profile profile, ActorRef<RoomEvent> ref, Delivery delivery, Ranks ranks, Instant since) {
        this.since = since;
        this.nick = nick;
        this.ref = ref;
        this.delivery = delivery;
        this.profile = profile.shown();
        this.known = profile;
        this.ranks = ranks;
    }

    public Nick nick() {
        return nick;
    }

    /** Where his events go, and who he is: a member is known by this reference. */
    public ActorRef<RoomEvent> ref() {
        return ref;
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

    /** See {@link Profile#identity}. */
    String identity() {
        return profile.identity(nick);
    }

    /** The same with the address, for masks only. */
    Profile profileWithAddress() {
        return known;
    }

    public Ranks ranks() {
        return ranks;
    }

    void before(long seq) {
        before = seq;
    }

    /** When he came in. */
    public Instant since() {
        return since;
    }

    void profile(Profile to) {
        Profile before = known;
        profile = to.shown();
        known = to.address().isEmpty() ? to.withAddress(known.address()) : to;
        if (!Mask.isSame(before, known)) {
            forgetSilence();
        }
    }

    /** Must be computed again; a silenced member stays silenced. */
    private void forgetSilence() {
        Silence before = silence;
        silence = before == null ? null : new Silence(-1, before.isOn, before.by);
    }

    void ranks(Ranks to) {
        ranks = to;
    }

    /** Names the member as a cause: all rooms that lose him say the same. */
    long refHash() {
        return -1L - Integer.toUnsignedLong(ref.hashCode());
    }

    /**
     * What is meant for the member now.
     *
     * @param past see {@link Room#past}
     */
    Visibility visibility(long past) {
        return new Visibility(nick, profile, ranks, before, past);
    }

    /** Whether the member said that, and not somebody else who had the name then. */
    public boolean isAuthor(RoomEvent.Recorded event) {
        return visibility(0).isOwn(event);
    }

    void rename(Nick to) {
        nick = to;
        forgetSilence();
    }

    /** He ended; nothing is told to him any more. */
    void gone() {
        gone = true;
    }

    /**
     * From now on the member's events wait, until {@link #release} sends what they missed.
     *
     * @param tooMuch runs when no more may wait, and releases the member
     */
    void hold(Runnable tooMuch) {
        held = new ArrayList<>();
        heldBytes = 0;
        this.tooMuch = tooMuch;
    }

    boolean isHeld() {
        return held != NOTHING_HELD;
    }

    /** Tells him what he missed, and then what waited. */
    void release(EventBatch missed) {
        List<RoomEvent> waiting = held;
        held = NOTHING_HELD;
        tell(missed);
        waiting.forEach(this::tell);
    }

    /** Tells him something at once, whatever waits. */
    void tellNow(RoomEvent event) {
        if (!gone) {
            ref.tell(event);
        }
    }

    /** Of another name of the room he hears at once, since whatever answers him bears it from now on. */
    void tell(RoomEvent event) {
        Optional<RoomName> newName = event instanceof EventBatch batch ? batch.newName() : Optional.empty();
        if (isHeld() && newName.isEmpty()) {
            held.add(event);
            heldBytes += event instanceof EventBatch batch ? batch.bytes() : RoomEvent.EVENT_BYTES;
            if (heldBytes > MOST_HELD) {
                tooMuch.run();
            }
            return;
        }
        if (isHeld()) {
            held.replaceAll(waiting -> ((EventBatch) waiting).in(newName.get()));
        }
        if (event instanceof EventBatch batch && delivery == Delivery.EACH) {
            batch.events().forEach(this::tellNow);
        } else {
            tellNow(event);
        }
    }
}
