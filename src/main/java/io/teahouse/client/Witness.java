package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.client.Membership.State;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserSnapshot;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What one client sees of its rooms: it takes note of how far it has seen, of what has become of its own doing, and of how
 * it stands there. Belongs to one {@link ClientRooms}.
 */
final class Witness {
    private final ActorRef<RoomEvent> self;
    private final Dialect dialect;
    private final Session session;
    private final Life life;
    private final Memberships memberships;
    private final Returns returns;
    private final Consumer<UnaryOperator<UserSnapshot>> shown;

    /** Whether one with an account may come back to his places; not any more once the connection is lost. */
    private boolean staying;

    /**
     * What a client sees.
     *
     * @param shown changes what others may see of the client
     * @param staying whether a user with an account may come back to their places
     */
    Witness(
            ActorRef<RoomEvent> self,
            Dialect dialect,
            Session session,
            Life life,
            Memberships memberships,
            Returns returns,
            Consumer<UnaryOperator<UserSnapshot>> shown,
            boolean staying) {
        this.self = self;
        this.dialect = dialect;
        this.session = session;
        this.life = life;
        this.memberships = memberships;
        this.returns = returns;
        this.shown = shown;
        this.staying = staying;
    }

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

    /** True when something there is the client's own doing and has not been shown to it yet. */
    boolean isExpecting(Optional<Membership> in) {
        return memberships.outstanding() > 0 || (in.isPresent() && in.get().inDoubt > 0);
    }

    // What happened

    /** With whom the client talks there, if it knows. */
    Optional<String> partner(RoomName conversation) {
        return memberships.find(conversation).flatMap(m -> m.partner).map(Nick::text);
    }

    /** As much of it as may be shown: of what was missed, perhaps the newest part; then the client is told of the gap. */
    EventBatch fitting(EventBatch batch, Optional<Membership> in) {
        boolean catchingUp =
                batch.events().size() >= CatchUp.FEW && in.isPresent() && in.get().state == State.CATCHING_UP;
        int surplus = catchingUp ? CatchUp.surplus(batch, life.free() / 2) : 0;
        if (surplus == 0) {
            return batch;
        }
        EventBatch rest = batch.without(surplus);
        on(new RoomEvent.Gap(batch.room(), in.get().seq, CatchUp.next(rest)));
        return rest;
    }

    /** Takes note of a batch that the client has been shown. */
    void on(EventBatch batch, Membership m) {
        if (staying && batch.lastSeq() > m.seq && !session.profile().account().isEmpty()) {
            m.unwritten = m.unwritten.or(() -> Optional.of(new Unwritten()));
            m.unwritten.get().shown(m.seq, life.written());
        }
        m.seq = Math.max(m.seq, batch.lastSeq());
        if (m.room.isConversation()) {
            batch.events().forEach(event -> meet(m, event));
        }
        if (m.outstanding + m.inDoubt > 0 || batch.changesMembers()) {
            for (int i = 0; i < batch.events().size(); i++) {
                note(m, batch.events().get(i), isReceipt(batch, i));
            }
        }
        returns.caughtUp(m);
    }

    private void meet(Membership m, RoomEvent event) {
        if (event instanceof RoomEvent.Recorded said && !session.said(m.room, said.by(), said.profile())) {
            m.partner = Optional.of(said.by());
        }
    }

    private void note(Membership m, RoomEvent event, boolean receipt) {
        if (event instanceof RoomEvent.Left left) {
            onLeft(m, left);
        } else if (event instanceof RoomEvent.ModesChanged changed) {
            changed.changes().forEach(change -> onMode(m, change));
        } else if (event instanceof RoomEvent.RoomRenamed renamed) {
            m.room = renamed.to();
            shown.accept(user -> user.withRoomRenamed(renamed.room(), renamed.to()));
        }
        if (receipt) {
            Returns.seen(m, event);
            memberships.settle(m);
        }
        if (event instanceof RoomEvent.Renamed renamed && renamed.from().sameAs(m.nick)) {
            m.nick = renamed.to();
        }
    }

    /** Whether it answers something that the client did; an invitation is answered by itself. */
    private boolean isReceipt(EventBatch batch, int place) {
        RoomEvent event = batch.events().get(place);
        boolean own = batch.isLive() ? batch.isCausedBy(self, place) : event.isBy(session.profile());
        return own && !(event instanceof RoomEvent.Invited);
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
            returns.caughtUp(m);
        });
    }

    // What was answered

    void on(RoomReply.Refused refused) {
        memberships.find(refused.room()).ifPresent(m -> {
            memberships.settle(m);
            dialect.refused(session, refused);
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
}
