package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.client.Membership.State;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The rooms of one client: what it does there, and how it goes; {@link Arrivals} has how it comes, {@link Witness} what it
 * sees. Belongs to one {@link ClientActor} and runs in it.
 */
final class ClientRooms {
    /** A place in a room, for whoever takes it over. */
    record Held(RoomName room, ActorRef<RoomActor.Command> ref, long seq) {}

    private final ActorContext<Object> context;
    private final Dialect dialect;
    private final Session session;
    private final Memberships memberships;

    private final Returns returns;
    private final Arrivals arrivals;
    private final Witness witness;
    private String account = "";

    /**
     * The rooms of a client.
     *
     * @param opener whose quota counts the rooms that are opened for it
     * @param shown changes what others may see of the client
     */
    ClientRooms(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            Session session,
            Life life,
            Supplier<RoomDirectory.Opener> opener,
            Consumer<UnaryOperator<UserSnapshot>> shown) {
        this.context = context;
        this.dialect = dialect;
        this.session = session;
        this.memberships = new Memberships(context, shown);
        this.returns = new Returns(context, services, dialect, session, memberships);
        this.arrivals = new Arrivals(context, services, dialect, session, memberships, returns, opener);
        boolean staying = !services.settings().absence().isZero();
        this.witness = new Witness(self(), dialect, session, life, memberships, returns, shown, staying);
    }

    /** How the client comes in. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** How it comes back. */
    Returns returns() {
        return returns;
    }

    /** What it sees. */
    Witness witness() {
        return witness;
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

    /** Where the client is, comes into or goes. */
    Optional<Membership> find(RoomName room) {
        return memberships.find(room);
    }

    // What the client wants

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
                    m.parting = text;
                    memberships.ask(m, new RoomActor.Leave(self(), Departure.PARTED, text));
                });
        memberships.find(room).filter(m -> m.state == State.AWAY).ifPresent(m -> returns.left(m, text));
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

    /** Tells rooms which of their members are operators of the server. */
    void tellServerOperator(boolean is) {
        for (Membership m : memberships.all()) {
            m.ref.ifPresent(ref -> ref.tell(new RoomActor.ServerOperator(self(), is)));
        }
    }

    void leaveAll(Departure how, String text, long cause) {
        for (Membership m : memberships.all()) {
            m.ref.ifPresent(ref -> ref.tell(new RoomActor.Leave(self(), how, text, cause)));
        }
        memberships.clear();
    }

    private ActorRef<RoomEvent> self() {
        return context.getSelf().narrow();
    }

    private ActorRef<RoomReply> replies() {
        return context.getSelf().narrow();
    }
}
