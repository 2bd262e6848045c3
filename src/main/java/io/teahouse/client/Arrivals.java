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
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How one client comes into its rooms: into those that it asks for, into rooms of two, into those of the one who was
 * absent; and, as {@link Returns} has it, back into those that failed. Belongs to one {@link ClientActor} and runs in it.
 */
final class Arrivals {
    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final Session session;
    private final Memberships memberships;
    private final Returns returns;
    private final Supplier<RoomDirectory.Opener> opener;

    /** @param opener whose quota counts the rooms that are opened for it */
    Arrivals(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Session session,
            Memberships memberships,
            Returns returns,
            Supplier<RoomDirectory.Opener> opener) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.session = session;
        this.memberships = memberships;
        this.returns = returns;
        this.opener = opener;
    }

    // Coming in

    void join(RoomName room, String key, Nick me) {
        if (memberships.find(room).isEmpty()) {
            Membership m = memberships.remember(room, me);
            m.key = key;
            memberships.beginComing();
            services.rooms()
                    .tell(new RoomDirectory.Locate(
                            room, Optional.of(opener.get()), context.getSelf().unsafeUpcast()));
        }
    }

    /** The room is not even asked. */
    void refuse(RoomName room, Nick me, Refusal why) {
        RoomActor.Join asked = join(me, session.profile(), "", self(), Optional.empty(), replies());
        dialect.refused(session, new RoomReply.Refused(room, asked, why));
    }

    /** Both come into the room of two before the first word is said in it; it is no matter if they are there. */
    void converse(RoomDirectory.Found found, Nick me, UserSnapshot other, Function<Me, RoomActor.Asking> words) {
        ActorRef<RoomReply> nobody = context.getSystem().ignoreRef();
        Membership m = enter(found, me);
        m.partner = Optional.of(other.nick());
        services.users()
                .online(other)
                .ifPresent(online -> found.ref()
                        .tell(join(other.nick(), other.profile(), "", online.subscriber(), Optional.empty(), nobody)));
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
            RoomActor.Join join = join(me, "", back);
            m.join = Optional.of(join);
            held.ref().tell(join);
        }
    }

    private RoomActor.Join join(Nick me, String key, Optional<RoomActor.Back> back) {
        boolean serverOperator =
                session.user().filter(mine -> mine.is(UserMode.OPERATOR)).isPresent();
        return new RoomActor.Join(
                me, session.profile(), key, self(), Delivery.BATCHED, back, serverOperator, replies());
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
            RoomActor.Join join = join(again ? m.nick : me, m.key, back);
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
            returns.catchUp(m, welcome);
        } else if (m.state == State.REJOINING) {
            returns.catchUp(m, welcome);
        } else if (m.seq == 0) {
            m.seq = welcome.seq();
        }
    }

    /** True if the client may not come in, be it that the room was called otherwise meanwhile. */
    boolean on(RoomReply.Refused refused) {
        Optional<Membership> coming = memberships
                .find(refused.room())
                .or(() -> memberships.findComing(
                        m -> m.join.filter(refused.asked()::equals).isPresent()))
                .filter(Membership::isComing);
        coming.ifPresent(m -> refused(m, refused));
        return coming.isPresent();
    }

    private void refused(Membership m, RoomReply.Refused refused) {
        if (m.state == State.REJOINING && refused.refusal().reason() == Refusal.Reason.STORE_AWAY) {
            returns.away(m, refused.refusal());
            return;
        }
        if (m.state == State.REJOINING) {
            returns.left(m, refused.refusal().text());
        } else {
            memberships.forget(m);
        }
        if (m.state != State.RESUMING) { // else he was put out meanwhile
            dialect.refused(session, refused);
        }
    }

    void on(RoomDirectory.NotFound notFound) {
        memberships.find(notFound.room()).ifPresent(m -> {
            if (m.state == State.REJOINING || m.state == State.AWAY) {
                returns.away(m, notFound.refusal());
            } else {
                memberships.forget(m);
                RoomActor.Join asked = join(m.nick, session.profile(), m.key, self(), Optional.empty(), replies());
                dialect.refused(session, new RoomReply.Refused(notFound.room(), asked, notFound.refusal()));
            }
        });
    }

    private ActorRef<RoomEvent> self() {
        return context.getSelf().narrow();
    }

    private ActorRef<RoomReply> replies() {
        return context.getSelf().narrow();
    }
}
