package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Refusal;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserRoom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One client's membership of one room, from the time it asks to join until it has left: a state machine without actors.
 * Each transition returns the {@link Effect}s that the client has to carry out, in order. A delivery that
 * changes nothing but how far the client has seen has no effects, and allocates nothing.
 */
final class Membership {
    /** Where it stands. */
    sealed interface State {}

    /**
     * Asked to join, for the first time.
     *
     * @param key opens a room that is locked with one; or empty
     * @param outcome is told if the room refuses
     */
    record Joining(String key, Outcome outcome) implements State {}

    record In() implements State {}

    /** The room failed; asked to join again, after the last event that was seen. */
    record Rejoining() implements State {}

    /**
     * The room failed and cannot be joined now: it is asked again and again, and nobody waits for it.
     *
     * @param why answers whatever is asked there
     */
    record RoomAway(Refusal why) implements State {}

    /**
     * The user is a member already; asked to subscribe.
     *
     * @param fresh whether they have only just become one
     */
    record Subscribing(boolean fresh) implements State {}

    /**
     * Joined again; what was missed follows.
     *
     * @param upTo the seq at which what was missed ends
     * @param unseen how many of the pending commands are from before and have not been among it so far
     */
    record CatchingUp(long upTo, int unseen) implements State {}

    /** @param text the parting words */
    record Leaving(String text) implements State {}

    /** What is to be done outside. */
    sealed interface Effect {}

    /**
     * The directory is to be asked where the room is.
     *
     * @param counted whether it counts for the quota of the client if it is opened
     */
    record Locate(RoomName room, boolean counted) implements Effect {}

    /** The room is to be located again after a while. */
    record RetryLater() implements Effect {}

    record Watch(ActorRef<RoomActor.Command> ref) implements Effect {}

    record Unwatch(ActorRef<RoomActor.Command> ref) implements Effect {}

    /**
     * The room is to be asked to let the client in.
     *
     * @param since as {@link RoomActor.Back#since}; empty: the client joins as a newcomer
     * @param member whether the user is a member, or else not let in
     */
    record Join(ActorRef<RoomActor.Command> ref, Nick nick, String key, Optional<Long> since, boolean member)
            implements Effect {}

    /** The same for a conversation, which refuses nobody whom it is for. */
    record JoinConversation(ActorRef<RoomActor.Command> ref) implements Effect {}

    record Tell(ActorRef<RoomActor.Command> ref, RoomActor.Command command) implements Effect {}

    /** The membership has ended. */
    record Forget(RoomName room) implements Effect {}

    /**
     * The client has been let in.
     *
     * @param recent as in {@link Dialect#welcomed}
     */
    record Welcomed(RoomEvent.Welcome welcome, long recent) implements Effect {}

    /** The client is to be shown its own join, which others were not told of. */
    record ShowJoined(RoomEvent.Welcome welcome, Nick nick) implements Effect {}

    /** The client is to be shown that it has left, as the room is not there to tell it so. */
    record ShowLeft(RoomName room, Nick nick, String text) implements Effect {}

    /** Told after the client has been shown that it left. */
    record Departed(RoomName room) implements Effect {}

    record ShowGap(RoomEvent.Gap gap) implements Effect {}

    record Refuse(Outcome outcome, RoomReply.Refused refused) implements Effect {}

    /** The room does not let the client in again. */
    record RefuseRejoin(RoomReply.Refused refused) implements Effect {}

    record Doubt(Outcome outcome, RoomReply.InDoubt doubt) implements Effect {}

    record Repeat(Outcome outcome, RoomReply.Repeated repeated) implements Effect {}

    /** Sums over all memberships of one client, so that nobody has to add them up for each line. */
    static final class Sums {
        /** Commands whose effect the client has not seen yet. */
        int outstanding;

        /** Joins that are not answered yet. */
        int joins;
    }

    /** A command of which the client has not seen yet what became of it. */
    private static final class Pending {
        final long number;
        final Outcome outcome;
        boolean inDoubt;

        Pending(long number, Outcome outcome) {
            this.number = number;
            this.outcome = outcome;
        }
    }

    private static final State IN = new In();
    private static final State REJOINING = new Rejoining();
    private static final ArrayDeque<Pending> NONE_PENDING = new ArrayDeque<>(1);
    private static final Refusal LOST =
            new Refusal(Reason.NOT_STORED, "your last message was not stored, nobody saw it: say it again");

    private final Sums sums;

    /** As it was asked for; once in, as the room itself spells it, which is one object for all. */
    private RoomName room;

    /** What the user is called there. */
    private Nick nick;

    private State state;
    private Optional<ActorRef<RoomActor.Command>> ref = Optional.empty();

    /** In a conversation: with whom. */
    private Optional<Nick> partner = Optional.empty();

    /** Of the last event that was seen. */
    private long seq;

    /** What was shown and not written yet, where that matters: for a user who may come back to it. */
    private Optional<Unwritten> unwritten = Optional.empty();

    /** What the client has asked for and not seen yet, in order. */
    private ArrayDeque<Pending> pending = NONE_PENDING;

    /** How many of them are in doubt, and so hold nothing back. */
    private int inDoubt;

    /** The number of the latest look-up or join. */
    private long request;

    /** Of the transition that is under way. */
    private List<Effect> effects = List.of();

    private Membership(RoomName room, Nick nick, State state, Sums sums) {
        this.room = room;
        this.nick = nick;
        this.state = state;
        this.sums = sums;
    }

    // Beginnings

    /** The client asks to join. {@link #begin} has the room located. */
    static Membership joining(RoomName room, Nick me, String key, Outcome outcome, Sums sums) {
        sums.joins++;
        return new Membership(room, me, new Joining(key, outcome), sums);
    }

    /**
     * The user is there already: the client subscribes.
     *
     * @param fresh whether they have only just become a member
     */
    static Membership subscribing(UserRoom there, boolean fresh, Nick me, Sums sums) {
        sums.joins++;
        Membership membership = new Membership(there.room(), me, new Subscribing(fresh), sums);
        membership.seq = there.since();
        membership.ref = Optional.of(there.ref());
        return membership;
    }

    /** A conversation that the client is about to {@link #enter}. */
    static Membership conversation(RoomName room, Nick me, Sums sums) {
        return new Membership(room, me, IN, sums);
    }

    /** Somebody talks to the client: it has been let into their conversation. */
    static Membership broughtIn(RoomEvent.Welcome welcome, Sums sums) {
        Membership membership = new Membership(welcome.room(), welcome.nick(), IN, sums);
        membership.ref = Optional.of(welcome.self());
        membership.seq = welcome.seq();
        return membership;
    }

    /** What a new membership needs first. */
    List<Effect> begin() {
        if (state instanceof Joining) {
            effect(new Locate(room, true));
        } else if (ref.isPresent()) {
            effect(new Watch(ref.get()));
            if (state instanceof Subscribing) {
                effect(new Join(ref.get(), nick, "", Optional.of(seq), true));
            }
        }
        return end();
    }

    // What it is

    RoomName room() {
        return room;
    }

    Nick nick() {
        return nick;
    }

    /** With whom the client talks there, if that is known. */
    Optional<Nick> partner() {
        return partner;
    }

    Optional<ActorRef<RoomActor.Command>> ref() {
        return ref;
    }

    boolean isFor(ActorRef<RoomActor.Command> of) {
        return ref.isPresent() && ref.get().equals(of);
    }

    /** Whether the client has been in the room, as far as it knows, and has not left it. */
    boolean isMember() {
        return !(state instanceof Joining || state instanceof Subscribing);
    }

    /** Whether nothing keeps the client from what happens there. */
    boolean isIn() {
        return state == IN;
    }

    /** Whether the directory is being asked for the room so that the client can join. */
    boolean isBeingLocated() {
        return isAwaited() && ref.isEmpty();
    }

    /** While the room is away: what answers whatever is asked there. */
    Optional<Refusal> whyAway() {
        return state instanceof RoomAway away ? Optional.of(away.why) : Optional.empty();
    }

    boolean isCatchingUp() {
        return state instanceof CatchingUp;
    }

    /** Of the last event that was seen. */
    long seq() {
        return seq;
    }

    /** Whether something there is the client's own doing and has not been shown to it yet. */
    boolean isExpecting() {
        return !pending.isEmpty();
    }

    /** Whether the client has asked to join and has not been answered. */
    private boolean isAwaited() {
        return state instanceof Joining || state instanceof Rejoining || state instanceof Subscribing;
    }

    /** The number of the latest look-up or join. */
    long request() {
        return request;
    }

    void requested(long number) {
        request = number;
    }

    // Joining

    /** The directory has found the room. */
    List<Effect> located(ActorRef<RoomActor.Command> found, Nick me) {
        if (ref.isPresent()) {
            return List.of();
        }
        ref = Optional.of(found);
        effect(new Watch(found));
        if (state instanceof RoomAway) {
            become(REJOINING);
        }
        if (state instanceof Joining joining) {
            effect(new Join(found, me, joining.key, Optional.empty(), false));
        } else { // by the name that the others know; a new one is told to them afterwards
            effect(new Join(found, nick, "", Optional.of(seq), false));
        }
        return end();
    }

    /** The directory has no such room for the client. */
    List<Effect> notLocated(RoomName asked, Refusal why) {
        if (state instanceof Joining joining) {
            forget();
            effect(new Refuse(joining.outcome, new RoomReply.Refused(asked, 0, "", why)));
        } else if (state instanceof Rejoining || state instanceof RoomAway) {
            away(why);
        }
        return end();
    }

    /** Enters a conversation; it does not matter if the client is there, or is just joining. */
    List<Effect> enter(ActorRef<RoomActor.Command> found, Nick me) {
        if (isAwaited() || state instanceof RoomAway) {
            return located(found, me);
        }
        become(IN);
        ref = Optional.of(found);
        effect(new Watch(found));
        effect(new JoinConversation(found));
        return end();
    }

    /** Somebody else has been asked into the conversation. */
    void talkTo(Nick other) {
        partner = Optional.of(other);
    }

    List<Effect> welcomed(RoomEvent.Welcome welcome) {
        room = welcome.room(); // it may have been renamed in the meantime
        if (state instanceof Joining) {
            become(IN);
            seq = welcome.seq();
            effect(new Welcomed(welcome, seq));
            if (welcome.joined()) {
                expect(0, Outcome.IGNORED); // its own Joined follows
            } else { // by another connection of the user, at the same time
                effect(new ShowJoined(welcome, nick));
            }
        } else if (state instanceof Subscribing subscribing) {
            subscribed(welcome, subscribing.fresh);
        } else if (state instanceof Rejoining) {
            catchUp(welcome.seq());
        } else if (seq == 0) {
            seq = welcome.seq();
        }
        return end();
    }

    /** What was said before is shown unless the user has seen it, and was away since. */
    private void subscribed(RoomEvent.Welcome welcome, boolean fresh) {
        boolean fromNowOn = seq < 0;
        long recent = fromNowOn ? welcome.seq() : fresh ? seq : 0;
        nick = welcome.nick();
        if (!room.isConversation()) {
            effect(new Welcomed(welcome, recent));
            effect(new ShowJoined(welcome, nick));
        }
        if (fromNowOn) {
            become(IN);
            seq = welcome.seq();
        } else {
            catchUp(welcome.seq());
        }
    }

    /** The room does not let the client in. */
    List<Effect> joinRefused(RoomReply.Refused refused) {
        if (state instanceof Joining joining) {
            forget();
            effect(new Refuse(joining.outcome, refused));
        } else if (state instanceof Subscribing) {
            forget(); // the user has left in the meantime
        } else if (state instanceof Rejoining && refused.refusal().reason() == Reason.STORE_AWAY) {
            away(refused.refusal());
        } else if (state instanceof Rejoining) {
            left(refused.refusal().text());
            effect(new RefuseRejoin(refused));
        }
        return end();
    }

    // Failures of the room

    /** The room has failed, or was closed: it is found again by its name. */
    List<Effect> roomEnded() {
        ref = Optional.empty();
        if (state instanceof Leaving leaving) {
            left(leaving.text);
        } else if (room.isConversation() && pending.isEmpty()) {
            forget();
            effect(new Departed(room));
        } else {
            if (!(state instanceof Joining)) {
                become(REJOINING);
            }
            effect(new Locate(room, false));
        }
        return end();
    }

    /** The room is there again, but cannot be joined: what else the client wants need not wait for it. */
    private void away(Refusal why) {
        become(new RoomAway(why));
        loseRef();
        for (Pending each : pending) {
            if (doubt(each)) {
                effect(new Doubt(each.outcome, new RoomReply.InDoubt(room, each.number, "")));
            }
        }
        effect(new RetryLater());
    }

    /** It is time to look for a room that was away. */
    List<Effect> retry() {
        if (state instanceof RoomAway) {
            effect(new Locate(room, false));
        }
        return end();
    }

    private void catchUp(long upTo) {
        become(new CatchingUp(upTo, pending.size()));
        caughtUp();
    }

    /** What was said before the room failed, and has not come by now, never will; what is said since is under way. */
    private void caughtUp() {
        if (state instanceof CatchingUp catching && seq >= catching.upTo) {
            become(IN);
            for (int i = 0; i < catching.unseen && !pending.isEmpty(); i++) {
                Pending lost = pending.peekFirst();
                settle(lost);
                effect(new Refuse(lost.outcome, new RoomReply.Refused(room, lost.number, "", LOST)));
            }
        }
    }

    // Leaving

    /** @param leave tells the room so */
    List<Effect> part(String text, RoomActor.Leave leave) {
        if (state == IN || state instanceof CatchingUp) {
            become(new Leaving(text));
            tell(leave);
        } else if (state instanceof RoomAway) {
            left(text);
        }
        return end();
    }

    /** The client leaves, and there is nobody to tell it so. */
    private void left(String text) {
        effect(new ShowLeft(room, nick, text));
        forget();
        effect(new Departed(room));
    }

    /** The membership ends, without a word to the room. */
    List<Effect> abandon() {
        forget();
        return end();
    }

    // What the client does there

    private void tell(RoomActor.Command command) {
        expect(0, Outcome.IGNORED);
        ref.ifPresent(found -> effect(new Tell(found, command)));
    }

    /** The room is about to be sent a command. The client will see its effect, or {@code outcome} is told. */
    void expect(RoomActor.Asking command, Outcome outcome) {
        expect(command.number(), outcome);
    }

    // What the client is shown

    /** A batch is about to be shown whose first event follows {@link #seq}, for a user who may come back. */
    void willBeWritten(Outbox.Progress written) {
        unwritten = unwritten.or(() -> Optional.of(new Unwritten()));
        unwritten.get().shown(seq, written);
    }

    /** Where the client is, and up to where what happened there has been written; empty if it is not quite there. */
    Optional<UserRoom> seen(Outbox.Progress written) {
        return ref.filter(any -> state == IN || state instanceof CatchingUp)
                .map(found -> new UserRoom(
                        room,
                        found,
                        unwritten.map(shown -> shown.lastTaken(seq, written)).orElse(seq)));
    }

    /**
     * The client has been shown what happened.
     *
     * @param me tells what is the client's own in a conversation
     */
    List<Effect> shown(EventBatch batch, CurrentUser me) {
        seq = Math.max(seq, batch.lastSeq());
        if (room.isConversation()) {
            for (RoomEvent event : batch.events()) {
                meet(event, me);
            }
        }
        if (!pending.isEmpty() || batch.changesMembers()) {
            for (int i = 0; i < batch.events().size(); i++) {
                note(batch.events().get(i), isReceipt(batch, i, me), me);
            }
        }
        caughtUp();
        return end();
    }

    private void meet(RoomEvent event, CurrentUser me) {
        if (event instanceof RoomEvent.Recorded said && !me.said(room, said.by(), said.profile())) {
            partner = Optional.of(said.by());
        }
    }

    private void note(RoomEvent event, boolean receipt, CurrentUser me) {
        if (event instanceof RoomEvent.Left left && me.is(left.nick(), left.profile())) {
            forget();
            effect(new Departed(room));
        } else if (event instanceof RoomEvent.RoomRenamed renamed) {
            room = renamed.to();
        }
        if (receipt) {
            receipt(event);
        }
        if (event instanceof RoomEvent.Renamed renamed && me.is(renamed.from(), renamed.profile())) {
            nick = renamed.to();
        }
    }

    /** Whether it answers something that the client did; an invitation is answered by itself. */
    private static boolean isReceipt(EventBatch batch, int place, CurrentUser me) {
        RoomEvent event = batch.events().get(place);
        boolean own = batch.isLive() ? batch.isCausedBy(me.ref(), place) : event.isBy(me.shown());
        return own && !(event instanceof RoomEvent.Invited);
    }

    /** Of the oldest command: a room shows what one member asks for in order. */
    private void receipt(RoomEvent event) {
        if (state instanceof CatchingUp catching
                && event instanceof RoomEvent.Recorded recorded
                && recorded.seq() <= catching.upTo
                && catching.unseen > 0) {
            state = new CatchingUp(catching.upTo, catching.unseen - 1);
        }
        if (!pending.isEmpty()) {
            settle(pending.peekFirst());
        }
    }

    /** Some of what was missed is no longer there. */
    List<Effect> gap(RoomEvent.Gap gap) {
        seq = gap.next() - 1;
        effect(new ShowGap(gap));
        caughtUp();
        return end();
    }

    // What is answered

    /** False if nothing was asked under that number, or if its receipt has been seen. */
    boolean hasAsked(long number) {
        return find(number).isPresent();
    }

    private Optional<Pending> find(long number) {
        return pending.stream().filter(each -> each.number == number).findFirst();
    }

    /** The answer to a command that is {@linkplain #hasAsked pending}. */
    List<Effect> answered(RoomReply reply) {
        find(reply.number()).ifPresent(asked -> answered(asked, reply));
        return end();
    }

    private void answered(Pending asked, RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused) {
            settle(asked);
            effect(new Refuse(asked.outcome, refused));
        } else if (reply instanceof RoomReply.ModesSet set) {
            if (!set.changed()) {
                settle(asked);
            }
            for (Refusal why : set.refusals()) {
                effect(new Refuse(asked.outcome, new RoomReply.Refused(set.room(), set.number(), "", why)));
            }
        } else if (reply instanceof RoomReply.InDoubt doubt && doubt(asked)) {
            effect(new Doubt(asked.outcome, doubt));
        } else if (reply instanceof RoomReply.Repeated repeated) {
            settle(asked);
            effect(new Repeat(asked.outcome, repeated));
        }
    }

    // Steps of transitions

    private void become(State next) {
        sums.joins -= isAwaited() ? 1 : 0;
        state = next;
        sums.joins += isAwaited() ? 1 : 0;
    }

    private void forget() {
        sums.outstanding -= pending.size() - inDoubt;
        sums.joins -= isAwaited() ? 1 : 0;
        pending = NONE_PENDING;
        inDoubt = 0;
        state = IN; // counts for nothing any more
        loseRef();
        effect(new Forget(room));
    }

    private void loseRef() {
        ref.ifPresent(found -> effect(new Unwatch(found)));
        ref = Optional.empty();
    }

    /** @param number 0: it is answered by its event only */
    private void expect(long number, Outcome outcome) {
        if (pending == NONE_PENDING) {
            pending = new ArrayDeque<>(4);
        }
        pending.addLast(new Pending(number, outcome));
        sums.outstanding++;
    }

    /** False if it was in doubt already. */
    private boolean doubt(Pending which) {
        if (which.inDoubt) {
            return false;
        }
        which.inDoubt = true;
        inDoubt++;
        sums.outstanding--;
        return true;
    }

    private void settle(Pending which) {
        pending.removeFirstOccurrence(which);
        pending = pending.isEmpty() ? NONE_PENDING : pending;
        if (which.inDoubt) {
            inDoubt--;
        } else {
            sums.outstanding--;
        }
    }

    private void effect(Effect effect) {
        if (effects.isEmpty()) {
            effects = new ArrayList<>(4);
        }
        effects.add(effect);
    }

    private List<Effect> end() {
        List<Effect> result = effects;
        effects = List.of();
        return result;
    }
}
