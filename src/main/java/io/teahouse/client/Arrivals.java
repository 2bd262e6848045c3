package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.client.ClientRooms.Held;
import io.teahouse.client.ClientRooms.Me;
import io.teahouse.client.Membership.State;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How one client comes into its rooms: into those that it asks for, into rooms of two, into those of the one who was
 * absent, and back into those that failed, where it is told what it missed. Belongs to one {@link ClientActor} and runs
 * in it.
 */
final class Arrivals {
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

    Arrivals(
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

    // Coming in

    void join(RoomName room, String key, Nick me) {
        if (memberships.find(room).isEmpty()) {
            Membership m = memberships.remember(room, me);
            m.key = key;
            memberships.beginComing();
            locate(room);
        }
    }

    /** Both come into the room of two before the first word is said in it; it is no matter if they are there. */
    void converse(RoomDirectory.Found found, Nick me, Presence other, Function<Me, RoomActor.Asking> words) {
        ActorRef<RoomReply> nobody = context.getSystem().ignoreRef();
        Membership m = enter(found, me);
        m.partner = Optional.of(other.nick());
        found.ref().tell(join(other.nick(), other.profile(), "", other.ref(), Optional.empty(), nobody));
        memberships.ask(m, words.apply(Me.of(context)));
    }

    /** Comes into a room of two; it is no matter if the client is there, or just comes. */
    Membership enter(RoomDirectory.Found conversation, Nick me) {
        Optional<Membership> known = memberships.find(conversation.room());
        if (known.filter(m -> m.isComing() || m.state == State.AWAY).isPresent()) {
            on(conversation, me);
            return known.get();
        }
        Membership m = known.orElseGet(() -> memberships.remember(conversation.room(), me));
        m.state = State.IN;
        m.ref = Optional.of(conversation.ref());
        context.watch(conversation.ref());
        ActorRef<RoomReply> nobody = context.getSystem().ignoreRef();
        conversation.ref().tell(join(me, session.profile(), "", self(), Optional.empty(), nobody));
        return m;
    }

    /** Takes the place of the one who was absent. */
    void resume(Held held, ActorRef<RoomEvent> instead, Nick me) {
        if (memberships.find(held.room()).isEmpty()) {
            Membership m = memberships.remember(held.room(), me);
            m.state = State.RESUMING;
            m.seq = held.seq();
            m.ref = Optional.of(held.ref());
            memberships.beginComing();
            context.watch(held.ref());
            Optional<RoomActor.Back> back = Optional.of(new RoomActor.Back(held.seq(), instead));
            RoomActor.Join join = join(me, session.profile(), "", self(), back, replies());
            m.join = Optional.of(join);
            held.ref().tell(join);
        }
    }

    private static RoomActor.Join join(
            Nick nick,
            Profile profile,
            String key,
            ActorRef<RoomEvent> ref,
            Optional<RoomActor.Back> back,
            ActorRef<RoomReply> replyTo) {
        return new RoomActor.Join(nick, profile, key, ref, Delivery.BATCHED, back, replyTo);
    }

    private void locate(RoomName room) {
        services.rooms().tell(new RoomDirectory.Locate(room, context.getSelf().unsafeUpcast()));
    }

    // What directory and rooms say to it

    /** Whether the directory has been asked for that room, so that the client can come in. */
    boolean isLookingFor(RoomName room) {
        return memberships
                .find(room)
                .filter(m -> m.isComing() && m.ref.isEmpty())
                .isPresent();
    }

    void on(RoomDirectory.Found found, Nick me) {
        memberships.find(found.room()).filter(m -> m.ref.isEmpty()).ifPresent(m -> {
            m.ref = Optional.of(found.ref());
            context.watch(found.ref());
            if (m.state == State.AWAY) {
                m.state = State.REJOINING;
                memberships.beginComing();
            }
            boolean again = m.state == State.REJOINING;
            Optional<RoomActor.Back> back = again ? Optional.of(new RoomActor.Back(m.seq, m.ranks)) : Optional.empty();
            // by the name that the others know; a new one is told to them afterwards
            RoomActor.Join join = join(again ? m.nick : me, session.profile(), m.key, self(), back, replies());
            m.join = Optional.of(join);
            found.ref().tell(join);
        });
    }

    void on(RoomEvent.Welcome welcome) {
        Optional<Membership> known = memberships.find(welcome.room()).or(() -> entering(welcome.self()));
        known.ifPresent(m -> m.room = welcome.room()); // perhaps it was called otherwise while the client came in
        if (known.isEmpty() && welcome.room().isConversation()) {
            Membership m = memberships.remember(welcome.room(), welcome.nick());
            m.state = State.IN;
            m.ref = Optional.of(welcome.self());
            m.seq = welcome.seq();
            context.watch(welcome.self());
        }
        known.ifPresent(m -> welcomed(m, welcome));
    }

    private Optional<Membership> entering(ActorRef<RoomActor.Command> room) {
        return memberships.findComing(m -> m.ref.filter(room::equals).isPresent());
    }

    private void welcomed(Membership m, RoomEvent.Welcome welcome) {
        if (m.state == State.JOINING) {
            m.state = State.IN;
            m.room = welcome.room();
            m.seq = welcome.seq();
            m.key = "";
            memberships.expect(m); // its own Joined follows
            memberships.endComing();
            memberships.put(m, welcome.ranks(), welcome.secret());
            dialect.welcomed(session, welcome);
        } else if (m.state == State.RESUMING) {
            memberships.put(m, welcome.ranks(), welcome.secret());
            dialect.welcomed(session, welcome);
            dialect.show(session, EventBatch.joined(welcome, session.profile()), m.nick, true);
            catchUp(m, welcome);
        } else if (m.state == State.REJOINING) {
            catchUp(m, welcome);
        } else if (m.seq == 0) {
            m.seq = welcome.seq();
        }
    }

    private void catchUp(Membership m, RoomEvent.Welcome welcome) {
        m.state = State.CATCHING_UP;
        m.whyAway = Optional.empty();
        m.caughtUpAt = welcome.seq();
        memberships.endComing();
        caughtUp(m);
    }

    /** What was said before the room failed, and has not come by now, never will. */
    void caughtUp(Membership m) {
        if (m.state == State.CATCHING_UP && m.seq >= m.caughtUpAt) {
            m.state = State.IN;
            while (m.outstanding + m.inDoubt > 0) {
                memberships.settle(m);
                RoomActor.Asking lost = new RoomActor.Say(self(), "", replies());
                dialect.refused(session, new RoomReply.Refused(m.room, lost, LOST));
            }
            session.nick().filter(now -> !now.equals(m.nick)).ifPresent(now -> {
                long cause = services.people().cause();
                memberships.ask(m, new RoomActor.Rename(self(), now, cause, replies()));
            });
        }
    }

    /** The room may have been called otherwise while the client came in. */
    Optional<Membership> find(RoomActor.Asking asked) {
        return memberships.findComing(m -> m.join.filter(asked::equals).isPresent());
    }

    /** The client may not come in. */
    void refused(Membership m, RoomReply.Refused refused) {
        if (m.state == State.REJOINING && refused.refusal().reason() == Refusal.Reason.STORE_AWAY) {
            away(m, refused.refusal());
            return;
        }
        memberships.forget(m);
        if (m.state == State.REJOINING) {
            dialect.departed(session, m.room);
        }
        if (m.state != State.RESUMING) { // else he was put out meanwhile
            dialect.refused(session, refused);
        }
    }

    void on(RoomDirectory.NotFound notFound) {
        memberships.find(notFound.room()).ifPresent(m -> {
            if (m.state == State.REJOINING || m.state == State.AWAY) {
                away(m, notFound.refusal());
            } else {
                memberships.forget(m);
                RoomActor.Join asked = join(m.nick, session.profile(), m.key, self(), Optional.empty(), replies());
                dialect.refused(session, new RoomReply.Refused(notFound.room(), asked, notFound.refusal()));
            }
        });
    }

    // Coming back

    /** The room failed or was put away: it is found again by its name. */
    void ended(ActorRef<Void> room, Consumer<RoomName> told) {
        for (Membership m : memberships.all()) {
            if (m.ref.filter(ref -> ref.path().equals(room.path())).isEmpty()) {
                continue;
            }
            m.ref = Optional.empty();
            if (m.state == State.LEAVING || (m.room.isConversation() && m.outstanding + m.inDoubt == 0)) {
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
    private void away(Membership m, Refusal why) {
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

    private ActorRef<RoomEvent> self() {
        return context.getSelf().narrow();
    }

    private ActorRef<RoomReply> replies() {
        return context.getSelf().narrow();
    }
}
