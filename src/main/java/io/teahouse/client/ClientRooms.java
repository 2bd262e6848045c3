package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.client.Membership.State;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rooms of one client: what it does there, what it sees of that, and how it goes; {@link Arrivals} has how it comes.
 * Belongs to one {@link ClientActor} and runs in it.
 */
final class ClientRooms {
    /** A place in a room, for whoever takes it over. */
    record Held(RoomName room, ActorRef<RoomActor.Command> ref, long seq) {}

    private final ActorContext<Object> context;
    private final Dialect dialect;
    private final Session session;
    private final ClientSession.Life life;
    private final Memberships memberships;

    /** Whether one with an account may come back to his places; not any more once the connection is lost. */
    private boolean staying;

    private final Arrivals arrivals;
    private final Talks talks = new Talks();
    private String account = "";

    ClientRooms(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Session session,
            ClientSession.Life life) {
        this.life = life;
        this.staying = !services.settings().absence().isZero();
        this.context = context;
        this.dialect = dialect;
        this.session = session;
        this.memberships = new Memberships(context, session);
        this.arrivals = new Arrivals(context, services, dialect, session, memberships);
    }

    /** Since when which conversation is the client's own. */
    Talks talks() {
        return talks;
    }

    /** How the client comes in. */
    Arrivals arrivals() {
        return arrivals;
    }

    int outstanding() {
        return memberships.outstanding();
    }

    /** True while the next line has to wait for a room's answer. */
    boolean isAwaiting() {
        return memberships.isAwaiting();
    }

    /** The actor of a room that the client is in, where it is known just now. */
    Optional<ActorRef<RoomActor.Command>> ref(RoomName room) {
        return memberships.find(room).flatMap(m -> m.ref);
    }

    boolean isIn(RoomName room) {
        return memberships
                .find(room)
                .filter(m -> m.state != State.JOINING && m.state != State.RESUMING)
                .isPresent();
    }

    /** Where the client is in a room that cannot be entered again just now: what is answered for it. */
    Optional<Refusal> whyAway(RoomName room) {
        return memberships.find(room).flatMap(m -> m.whyAway);
    }

    /** True when something in that room is the client's own doing and has not been shown to it yet. */
    boolean isExpecting(RoomName room) {
        return memberships.outstanding() > 0
                || memberships.find(room).filter(m -> m.inDoubt > 0).isPresent();
    }

    // What the client wants

    /** The client sees nothing from now on. */
    void lost() {
        staying = false;
        Outbox.Progress written = life.written();
        memberships
                .all()
                .forEach(m -> m.seqWhenLost = m.unwritten
                        .map(unwritten -> unwritten.lastTaken(m.seq, written))
                        .orElse(m.seq));
    }

    /** Gives up all places, without a word to the rooms: another comes in this one's stead. */
    List<Held> handOver() {
        endConversations();
        List<Held> places = new ArrayList<>();
        for (Membership m : memberships.all()) {
            if (m.state == State.IN || m.state == State.CATCHING_UP) {
                m.ref.ifPresent(ref -> places.add(new Held(m.room, ref, m.seqWhenLost)));
            }
            memberships.forget(m);
        }
        return places;
    }

    /** What a room needs to know of the client. */
    record Me(ActorRef<RoomEvent> ref, ActorRef<RoomReply> replyTo) {
        static Me of(ActorContext<Object> context) {
            return new Me(context.getSelf().narrow(), context.getSelf().narrow());
        }
    }

    Me me() {
        return Me.of(context);
    }

    /** Has the room do something that the client will see, or be refused. */
    void act(RoomName room, Function<Me, RoomActor.Asking> command) {
        Optional<Membership> m = memberships.find(room).filter(found -> found.ref.isPresent());
        if (m.isPresent()) {
            memberships.ask(m.get(), command.apply(me()));
        } else {
            Refusal why =
                    whyAway(room).orElseGet(() -> new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in " + room));
            dialect.refused(session, new RoomReply.Refused(room, command.apply(me()), why));
        }
    }

    void part(RoomName room, String text) {
        memberships
                .find(room)
                .filter(m -> m.state == State.IN || m.state == State.CATCHING_UP)
                .ifPresent(m -> {
                    m.state = State.LEAVING;
                    memberships.ask(m, new RoomActor.Leave(self(), Departure.PARTED, text));
                });
        memberships.find(room).filter(m -> m.state == State.AWAY).ifPresent(m -> {
            dialect.show(session, EventBatch.left(m.room, m.nick, session.profile(), text), m.nick, true);
            memberships.forget(m);
            dialect.departed(session, m.room);
        });
    }

    /** Conversations belong to who somebody was. */
    private void endConversations() {
        for (Membership m : memberships.all()) {
            if (m.room.isConversation()) {
                m.ref.ifPresent(ref -> ref.tell(new RoomActor.Leave(self(), Departure.PARTED, "")));
                memberships.forget(m);
            }
        }
    }

    void rename(Nick to, long cause) {
        endConversations();
        for (Membership m : memberships.all()) {
            boolean comesBack = m.state == State.REJOINING || m.state == State.AWAY; // and is renamed then
            if (!comesBack && !m.nick.equals(to)) {
                memberships.ask(m, new RoomActor.Rename(self(), to, cause, replies()));
            }
        }
    }

    void changeProfile(Profile to, long cause) {
        if (!to.account().equals(account)) {
            account = to.account();
            endConversations();
        }
        for (Membership m : memberships.all()) {
            if (m.state == State.IN && !m.room.isConversation()) {
                memberships.ask(m, new RoomActor.ChangeProfile(self(), to, cause));
            }
        }
    }

    void tellMetadata(Map<String, String> changes, long cause) {
        for (Membership m : memberships.all()) {
            if (m.state == State.IN && !m.room.isConversation()) {
                memberships.ask(m, new RoomActor.TellMetadata(self(), changes, cause));
            }
        }
    }

    void leaveAll(Departure how, String text, long cause) {
        for (Membership m : memberships.all()) {
            m.ref.ifPresent(ref -> ref.tell(new RoomActor.Leave(self(), how, text, cause)));
        }
        memberships.clear();
    }

    // What the rooms say

    /** With whom the client talks there, if it knows. */
    Optional<String> partner(RoomName conversation) {
        return memberships.find(conversation).flatMap(m -> m.partner).map(Nick::text);
    }

    /** As much of it as may be shown: of what was missed, perhaps the newest part; then the client is told of the gap. */
    EventBatch fitting(EventBatch batch) {
        Optional<Membership> m = batch.events().size() < CatchUp.FEW
                ? Optional.empty()
                : memberships.find(batch.room()).filter(found -> found.state == State.CATCHING_UP);
        int surplus = m.isPresent() ? CatchUp.surplus(batch, life.free() / 2) : 0;
        if (surplus == 0) {
            return batch;
        }
        EventBatch rest = batch.without(surplus);
        on(new RoomEvent.Gap(batch.room(), m.get().seq, CatchUp.next(rest)));
        return rest;
    }

    /** Takes note of a batch that the client has been shown. */
    void on(EventBatch batch) {
        Optional<Membership> known = memberships.find(batch.room());
        if (known.isEmpty()) {
            return;
        }
        Membership m = known.get();
        if (staying && batch.lastSeq() > m.seq && !session.profile().account().isEmpty()) {
            m.unwritten = m.unwritten.or(() -> Optional.of(new Unwritten()));
            m.unwritten.get().shown(m.seq, life.written());
        }
        m.seq = Math.max(m.seq, batch.lastSeq());
        if (m.room.isConversation()) {
            batch.events().forEach(event -> meet(m, event));
        }
        if (m.outstanding + m.inDoubt > 0 || batch.changesMembers()) {
            batch.events().forEach(event -> note(m, event));
        }
        arrivals.caughtUp(m);
    }

    private void meet(Membership m, RoomEvent event) {
        if (event instanceof RoomEvent.Recorded said) {
            talks.heard(m.room, said);
            if (!said.by().sameAs(m.nick)) {
                m.partner = Optional.of(said.by());
            }
        }
    }

    private void note(Membership m, RoomEvent event) {
        if (event instanceof RoomEvent.Left left) {
            onLeft(m, left);
        } else if (event instanceof RoomEvent.ModesChanged changed) {
            changed.changes().forEach(change -> onMode(m, change));
        } else if (event instanceof RoomEvent.RoomRenamed renamed) {
            m.room = renamed.to();
            session.presence().ifPresent(presence -> presence.rename(renamed.room(), renamed.to()));
        }
        if (isReceipt(event, m.nick)) {
            memberships.settle(m);
        }
        if (event instanceof RoomEvent.Renamed renamed && renamed.from().sameAs(m.nick)) {
            m.nick = renamed.to();
        }
    }

    /** Whether it answers something that the client did; an invitation is answered by itself. */
    private static boolean isReceipt(RoomEvent event, Nick nick) {
        return event.isBy(nick) && !(event instanceof RoomEvent.Invited);
    }

    private void onLeft(Membership m, RoomEvent.Left left) {
        if (left.nick().sameAs(m.nick)) {
            memberships.forget(m);
            dialect.departed(session, m.room);
        }
    }

    private void onMode(Membership m, ModeChange change) {
        if (change.mode() == Mode.SECRET) {
            memberships.put(m, m.ranks, change.set());
        } else if (change.mode().kind() == Mode.Kind.RANK && change.value().equals(m.nick.text())) {
            memberships.put(m, m.ranks.with(change.mode(), change.set()), m.secret);
        }
    }

    void on(RoomEvent.Gap gap) {
        memberships.find(gap.room()).ifPresent(m -> {
            m.seq = gap.next() - 1;
            dialect.gap(session, gap);
            arrivals.caughtUp(m);
        });
    }

    void on(RoomReply.Refused refused) {
        memberships
                .find(refused.room())
                .or(() -> arrivals.find(refused.asked()))
                .ifPresent(m -> {
                    if (m.isComing()) {
                        arrivals.refused(m, refused);
                    } else {
                        memberships.settle(m);
                        dialect.refused(session, refused);
                    }
                });
    }

    void on(RoomReply.ModesSet set) {
        memberships.find(set.room()).ifPresent(m -> {
            if (!set.changed()) {
                memberships.settle(m);
            }
            set.refusals()
                    .forEach(why -> dialect.refused(session, new RoomReply.Refused(set.room(), set.asked(), why)));
        });
    }

    /** True when the room that the client is in would not have it called otherwise. */
    boolean isAboutNewName(RoomReply.Refused refused) {
        return refused.asked() instanceof RoomActor.Rename;
    }

    void on(RoomReply.InDoubt doubt) {
        memberships.find(doubt.room()).filter(m -> m.outstanding > 0).ifPresent(m -> {
            memberships.doubt(m);
            dialect.inDoubt(session, doubt);
        });
    }

    void on(RoomReply.Repeated repeated) {
        memberships.find(repeated.room()).ifPresent(memberships::settle);
        dialect.repeated(session, repeated);
    }

    private ActorRef<RoomEvent> self() {
        return context.getSelf().narrow();
    }

    private ActorRef<RoomReply> replies() {
        return context.getSelf().narrow();
    }
}
