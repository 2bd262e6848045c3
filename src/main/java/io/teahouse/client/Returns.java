package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.client.Membership.State;
import io.teahouse.room.EventBatch;
import io.teahouse.room.IdGenerator;
import io.teahouse.room.Nick;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How one client comes back into rooms that failed, is told there what it missed, and what goes on while that cannot be.
 * Belongs to one {@link ClientRooms}.
 */
final class Returns {
    /** Asks again for a room that could not be entered after it failed. */
    record Retry(RoomName room) {}

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Refusal LOST =
            new Refusal(Refusal.Reason.NOT_STORED, "your last message was not stored, nobody saw it: say it again");

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final Session session;
    private final Memberships memberships;

    Returns(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Session session,
            Memberships memberships) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.session = session;
        this.memberships = memberships;
    }

    /** The room failed or was put away: it is found again by its name. */
    void ended(ActorRef<Void> room, Consumer<RoomName> told) {
        for (Membership m : memberships.all()) {
            if (m.ref.filter(ref -> ref.path().equals(room.path())).isEmpty()) {
                continue;
            }
            m.ref = Optional.empty();
            if (m.state == State.LEAVING) {
                left(m, m.parting);
            } else if (m.room.isConversation() && m.outstanding + m.inDoubt == 0) {
                memberships.forget(m);
                dialect.departed(session, m.room);
            } else {
                if (!m.isComing()) {
                    memberships.beginComing();
                }
                m.state = m.state == State.JOINING ? State.JOINING : State.REJOINING;
                locate(m.room);
            }
            told.accept(m.room);
        }
    }

    /** The room is there again, but cannot be entered: what else the client wants need not wait for it. */
    void away(Membership m, Refusal why) {
        if (m.isComing()) {
            memberships.endComing();
        }
        m.state = State.AWAY;
        m.whyAway = Optional.of(why);
        memberships.lose(m);
        while (m.outstanding > 0) {
            memberships.doubt(m);
            RoomActor.Asking said = new RoomActor.Say(self(), "", replies());
            dialect.inDoubt(session, new RoomReply.InDoubt(m.room, said));
        }
        context.scheduleOnce(RETRY, context.getSelf(), new Retry(m.room));
    }

    void on(Retry retry) {
        memberships.find(retry.room()).filter(m -> m.state == State.AWAY).ifPresent(m -> locate(m.room));
    }

    /** The client leaves, and there is nobody to tell it so. */
    void left(Membership m, String text) {
        Nick me = session.nick().orElse(m.nick); // a new name is not told there any more
        dialect.show(session, EventBatch.left(m.room, me, session.profile(), text), me, true);
        memberships.forget(m);
        dialect.departed(session, m.room);
    }

    private void locate(RoomName room) {
        services.rooms().tell(new RoomDirectory.Locate(room, context.getSelf().unsafeUpcast()));
    }

    // In again

    /** The client is in again: what it missed follows. */
    void catchUp(Membership m, RoomEvent.Welcome welcome) {
        m.state = State.CATCHING_UP;
        m.whyAway = Optional.empty();
        m.caughtUpAt = welcome.seq();
        m.unseen = m.outstanding + m.inDoubt;
        memberships.endComing();
        caughtUp(m);
    }

    /** A receipt: of what was done before, if it is among what was missed. */
    static void seen(Membership m, RoomEvent event) {
        if (m.state == State.CATCHING_UP
                && event instanceof RoomEvent.Recorded recorded
                && recorded.seq() <= m.caughtUpAt
                && m.unseen > 0) {
            m.unseen--;
        }
    }

    /** What was said before the room failed, and has not come by now, never will; what is said since is under way. */
    void caughtUp(Membership m) {
        if (m.state == State.CATCHING_UP && m.seq >= m.caughtUpAt) {
            m.state = State.IN;
            for (; m.unseen > 0; m.unseen--) {
                memberships.settle(m);
                RoomActor.Asking lost = new RoomActor.Say(self(), "", replies());
                dialect.refused(session, new RoomReply.Refused(m.room, lost, LOST));
            }
            session.nick().filter(now -> !now.equals(m.nick)).ifPresent(now -> {
                long cause = IdGenerator.process().next();
                memberships.ask(m, new RoomActor.Rename(self(), now, cause, replies()));
            });
        }
    }

    private ActorRef<RoomEvent> self() {
        return context.getSelf().narrow();
    }

    private ActorRef<RoomReply> replies() {
        return context.getSelf().narrow();
    }
}
