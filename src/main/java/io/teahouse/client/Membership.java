package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.client.MembershipEffect.Departed;
import io.teahouse.client.MembershipEffect.Forget;
import io.teahouse.client.MembershipEffect.Join;
import io.teahouse.client.MembershipEffect.JoinConversation;
import io.teahouse.client.MembershipEffect.Locate;
import io.teahouse.client.MembershipEffect.Refuse;
import io.teahouse.client.MembershipEffect.RefuseRejoin;
import io.teahouse.client.MembershipEffect.RetryLater;
import io.teahouse.client.MembershipEffect.ShowGap;
import io.teahouse.client.MembershipEffect.ShowJoined;
import io.teahouse.client.MembershipEffect.ShowLeft;
import io.teahouse.client.MembershipEffect.SubscribeLater;
import io.teahouse.client.MembershipEffect.Tell;
import io.teahouse.client.MembershipEffect.Unwatch;
import io.teahouse.client.MembershipEffect.Watch;
import io.teahouse.client.MembershipEffect.Welcomed;
import io.teahouse.client.MembershipState.CatchingUp;
import io.teahouse.client.MembershipState.In;
import io.teahouse.client.MembershipState.Joining;
import io.teahouse.client.MembershipState.Leaving;
import io.teahouse.client.MembershipState.Rejoining;
import io.teahouse.client.MembershipState.RoomAway;
import io.teahouse.client.MembershipState.Subscribing;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Refusal;
import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's membership of one room, from the time it asks to join until it has left: a state machine without actors.
 * Each transition returns the {@link MembershipEffect}s that {@link RoomJoiner} has to carry out, in order. A batch of
 * which only the seq matters has no effects, and allocates nothing.
 */
final class Membership {
    private static final MembershipState IN = new In();
    private static final MembershipState REJOINING = new Rejoining();

    private final MembershipTotals totals;

    /** As it was requested; after the join, the room's own spelling, which is one object for all members. */
    private RoomName room;

    /** The user's nick in the room. */
    private Nick nick;

    private MembershipState state;
    private @Nullable ActorRef<RoomActor.Command> ref;

    /** In a conversation: the nick of the other user. */
    private Optional<Nick> partner = Optional.empty();

    /** The seq of the last event that the client has seen. */
    private long seq;

    /** Batches that were shown and are not written yet; for a user who may reconnect. */
    private Optional<Unwritten> unwritten = Optional.empty();

    /** The commands whose effect the client has not seen yet. */
    private final PendingCommands pending;

    /** The number of the latest question to the directory or join. */
    private long request;

    /** The effects of the current transition. */
    private List<MembershipEffect> effects = List.of();

    private Membership(RoomName room, Nick nick, MembershipState state, MembershipTotals totals) {
        this.room = room;
        this.nick = nick;
        this.state = state;
        this.totals = totals;
        this.pending = new PendingCommands(totals);
    }

    // Creation

    /** The client asks to join. {@link #begin} locates the room. */
    static Membership joining(RoomName room, Nick me, String key, Outcome outcome, MembershipTotals totals) {
        totals.joins++;
        return new Membership(room, me, new Joining(key, outcome), totals);
    }

    /**
     * The user is a member already: the client subscribes.
     *
     * @param fresh whether they have just become a member
     */
    static Membership subscribing(UserRoom there, boolean fresh, Nick me, MembershipTotals totals) {
        totals.joins++;
        Membership membership = new Membership(there.room(), me, new Subscribing(fresh), totals);
        membership.seq = there.since();
        return membership;
    }

    /** A conversation that the client is about to {@link #enter}. */
    static Membership conversation(RoomName room, Nick me, MembershipTotals totals) {
        return new Membership(room, me, IN, totals);
    }

    /** A conversation that another user has started with the client. */
    static Membership broughtIn(RoomEvent.Welcome welcome, MembershipTotals totals) {
        Membership membership = new Membership(welcome.room(), welcome.nick(), IN, totals);
        membership.ref = welcome.self();
        membership.seq = welcome.seq();
        return membership;
    }

    /** The first transition of a new membership. */
    List<MembershipEffect> begin() {
        if (state.isJoining()) {
            effect(new Locate(room, state instanceof Joining));
        } else if (ref != null) {
            effect(new Watch(ref));
        }
        return end();
    }

    // State

    RoomName room() {
        return room;
    }

    Nick nick() {
        return nick;
    }

    /** In a conversation: the nick of the other user, if it is known. */
    Optional<Nick> partner() {
        return partner;
    }

    Optional<ActorRef<RoomActor.Command>> ref() {
        return Optional.ofNullable(ref);
    }

    boolean isFor(ActorRef<RoomActor.Command> of) {
        return of.equals(ref);
    }

    /** See {@link MembershipState#isMember}. */
    boolean isMember() {
        return state.isMember();
    }

    /** Whether the client is in the room and has seen all events. */
    boolean isIn() {
        return state == IN;
    }

    /** Whether the room is being located so that the client can join. */
    boolean isBeingLocated() {
        return state.isJoining() && ref == null;
    }

    /** While the room is away: the answer to all commands to it. */
    Optional<Refusal> whyAway() {
        return state instanceof RoomAway away ? Optional.of(away.why()) : Optional.empty();
    }

    boolean isCatchingUp() {
        return state instanceof CatchingUp;
    }

    /** The seq of the last event that the client has seen. */
    long seq() {
        return seq;
    }

    /** Whether the client has not seen the effect of one of its commands yet. */
    boolean isExpecting() {
        return !pending.isEmpty();
    }

    /** The number of the latest question to the directory or join. */
    long request() {
        return request;
    }

    void requested(long number) {
        request = number;
    }

    // Joining

    /** The directory has found the room. */
    List<MembershipEffect> located(ActorRef<RoomActor.Command> found, Nick me) {
        if (ref != null) {
            return List.of();
        }
        ref = found;
        effect(new Watch(found));
        if (state instanceof RoomAway) {
            become(REJOINING);
        }
        if (state instanceof Joining joining) {
            effect(new Join(found, me, joining.key(), Optional.empty(), false));
        } else { // by the nick that the others know; a new one is published afterwards
            effect(new Join(found, nick, "", Optional.of(seq), state instanceof Subscribing));
        }
        return end();
    }

    /** The directory refuses to locate the room for the client. */
    List<MembershipEffect> notLocated(RoomName asked, Refusal why) {
        if (state instanceof Joining joining) {
            forget();
            effect(new Refuse(joining.outcome(), new RoomReply.Refused(asked, 0, "", why)));
        } else if (state instanceof Subscribing subscribing) {
            subscribeLater(subscribing);
        } else if (state instanceof Rejoining || state instanceof RoomAway) {
            away(why);
        }
        return end();
    }

    /** Enters a conversation; the client may be in it already, or be joining it. */
    List<MembershipEffect> enter(ActorRef<RoomActor.Command> found, Nick me) {
        if (state.isJoining() || state instanceof RoomAway) {
            return located(found, me);
        }
        become(IN);
        ref = found;
        effect(new Watch(found));
        effect(new JoinConversation(found));
        return end();
    }

    /** The conversation is with a user of that nick. */
    void talkTo(Nick other) {
        partner = Optional.of(other);
    }

    List<MembershipEffect> welcomed(RoomEvent.Welcome welcome) {
        room = welcome.room(); // it may have been renamed in the meantime
        if (state instanceof Joining) {
            become(IN);
            seq = welcome.seq();
            effect(new Welcomed(welcome, seq));
            if (welcome.joined()) {
                pending.add(0, Outcome.IGNORED); // its own Joined follows
            } else { // another connection of the user joined at the same time
                effect(new ShowJoined(welcome, nick));
            }
        } else if (state instanceof Subscribing subscribing) {
            subscribed(welcome, subscribing.fresh());
        } else if (state instanceof Rejoining) {
            catchUp(welcome.seq());
        } else if (seq == 0) {
            seq = welcome.seq();
        }
        return end();
    }

    /** Shows earlier messages, unless the user saw them before an absence. */
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

    /** The room refuses the join. */
    List<MembershipEffect> joinRefused(RoomReply.Refused refused) {
        if (state instanceof Joining joining) {
            forget();
            effect(new Refuse(joining.outcome(), refused));
        } else if (state instanceof Subscribing subscribing) {
            subscribeLater(subscribing);
        } else if (state instanceof Rejoining && refused.refusal().reason() == Reason.STORE_AWAY) {
            away(refused.refusal());
        } else if (state instanceof Rejoining) {
            left(refused.refusal().text());
            effect(new RefuseRejoin(refused));
        }
        return end();
    }

    /** The user has left in the meantime; or the room has failed, and does not know them again yet. */
    private void subscribeLater(Subscribing refused) {
        forget();
        effect(new SubscribeLater(new UserRoom(room, seq), refused.fresh()));
    }

    // The room fails

    /** The room has failed, or was closed: it is located again by its name. */
    List<MembershipEffect> roomEnded() {
        ref = null;
        if (state instanceof Leaving leaving) {
            left(leaving.text());
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

    /** The room cannot be joined now: no other request of the client waits for it. */
    private void away(Refusal why) {
        become(new RoomAway(why));
        loseRef();
        pending.doubtAll(room, this::effect);
        effect(new RetryLater());
    }

    /** It is time to locate a room that was away. */
    List<MembershipEffect> retry() {
        if (state instanceof RoomAway) {
            effect(new Locate(room, false));
        }
        return end();
    }

    private void catchUp(long upTo) {
        become(new CatchingUp(upTo, pending.size()));
        caughtUp();
    }

    /** Commands from before the failure without effect by now are lost; later ones are under way. */
    private void caughtUp() {
        if (state instanceof CatchingUp catching && seq >= catching.upTo()) {
            become(IN);
            pending.lose(catching.unseen(), room, this::effect);
        }
    }

    // Leaving

    /** @param leave the command to the room */
    List<MembershipEffect> part(String text, RoomActor.Leave leave) {
        if (state == IN || state instanceof CatchingUp) {
            become(new Leaving(text));
            tell(leave);
        } else if (state instanceof RoomAway) {
            left(text);
        }
        return end();
    }

    /** The client leaves, and the room publishes no event for it. */
    private void left(String text) {
        effect(new ShowLeft(room, nick, text));
        forget();
        effect(new Departed(room));
    }

    /** The membership ends, without a command to the room. */
    List<MembershipEffect> abandon() {
        forget();
        return end();
    }

    // Commands

    private void tell(RoomActor.Command command) {
        pending.add(0, Outcome.IGNORED);
        ref().ifPresent(found -> effect(new Tell(found, command)));
    }

    /** A command is about to be sent to the room. The client will see its effect, or {@code outcome} gets the reply. */
    void expect(RoomActor.Asking command, Outcome outcome) {
        pending.add(command.number(), outcome);
    }

    // Events

    /** A batch is about to be shown whose first event follows {@link #seq}, for a user who may reconnect. */
    void willBeWritten(Outbox.Progress written) {
        unwritten = unwritten.or(() -> Optional.of(new Unwritten()));
        unwritten.get().shown(seq, written);
    }

    /** The seq up to which events have been written to the connection; empty while the client is not in the room. */
    Optional<UserRoom> seen(Outbox.Progress written) {
        return ref().filter(any -> state == IN || state instanceof CatchingUp)
                .map(found -> new UserRoom(
                        room,
                        unwritten.map(shown -> shown.lastTaken(seq, written)).orElse(seq)));
    }

    /**
     * The client has been shown a batch.
     *
     * @param me decides which events of a conversation are the client's own
     */
    List<MembershipEffect> shown(EventBatch batch, CurrentUser me) {
        seq = Math.max(seq, batch.lastSeq());
        if (room.isConversation()) {
            for (RoomEvent event : batch.events()) {
                meet(event, me);
            }
        }
        if (!pending.isEmpty() || batch.changesMembers()) {
            for (int i = 0; i < batch.events().size(); i++) {
                note(batch.events().get(i), PendingCommands.isEffect(batch, i, me), me);
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

    private void receipt(RoomEvent event) {
        if (state instanceof CatchingUp catching) {
            state = catching.afterReceipt(event);
        }
        pending.settleOldest();
    }

    /** Some of the missed events are no longer stored. */
    List<MembershipEffect> gap(RoomEvent.Gap gap) {
        seq = gap.next() - 1;
        effect(new ShowGap(gap));
        caughtUp();
        return end();
    }

    // Replies

    /** Whether a command with that number is pending. */
    boolean hasAsked(long number) {
        return pending.contains(number);
    }

    /** The reply to a command that is {@linkplain #hasAsked pending}. */
    List<MembershipEffect> answered(RoomReply reply) {
        pending.on(reply, this::effect);
        return end();
    }

    // Steps of transitions

    private void become(MembershipState next) {
        totals.joins -= state.isJoining() ? 1 : 0;
        state = next;
        totals.joins += state.isJoining() ? 1 : 0;
    }

    private void forget() {
        totals.joins -= state.isJoining() ? 1 : 0;
        state = IN; // not counted any more
        pending.clear();
        loseRef();
        effect(new Forget());
    }

    private void loseRef() {
        ref().ifPresent(found -> effect(new Unwatch(found)));
        ref = null;
    }

    private void effect(MembershipEffect effect) {
        if (effects.isEmpty()) {
            effects = new ArrayList<>(4);
        }
        effects.add(effect);
    }

    private List<MembershipEffect> end() {
        List<MembershipEffect> result = effects;
        if (!result.isEmpty()) { // most deliveries have none: no write to an old object, which the collector would scan
            effects = List.of();
        }
        return result;
    }
}
