package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.client.Membership.State;
import io.teahouse.room.Delivery;
import io.teahouse.room.Nick;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rooms of one client: how it comes in, speaks, goes, and finds back into a room that failed. Belongs to one
 * {@link ClientActor} and runs in it. It counts what the client has done and not seen yet, since no reply may overtake
 * that.
 */
final class ClientRooms {
    /** Asks again for a room that could not be entered after it failed. */
    record Retry(RoomName room) {}

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Refusal LOST =
            new Refusal(Refusal.Reason.NOT_STORED, "your last message was not stored, nobody saw it: say it again");

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final Session session;
    private final List<Membership> memberships = new ArrayList<>(1);

    /** Sum over the rooms, so that nobody has to add it up for each line. */
    private int outstanding;

    /** Joins and questions that are not answered yet. */
    private int awaited;

    ClientRooms(ActorContext<Object> context, Services services, Dialect dialect, Session session) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.session = session;
    }

    int outstanding() {
        return outstanding;
    }

    /** True while the next line has to wait for a room's answer. */
    boolean isAwaiting() {
        return awaited > 0;
    }

    // What the client wants

    void join(RoomName room, Nick me) {
        if (find(room).isEmpty()) {
            remember(room, me);
            awaited++;
            locate(room);
        }
    }

    /** Both come into the room of two before the first word is said in it; it is no matter if they are there. */
    void converse(RoomDirectory.Found found, Nick me, NickRegistryActor.Person other, Kind kind, String text) {
        ActorRef<RoomReply> nobody = context.getSystem().ignoreRef();
        Membership m = find(found.room()).orElseGet(() -> remember(found.room(), me));
        m.state = State.IN;
        m.ref = Optional.of(found.ref());
        context.watch(found.ref());
        found.ref().tell(new RoomActor.Join(me, self(), Delivery.BATCHED, true, -1, nobody));
        found.ref().tell(new RoomActor.Join(other.nick(), other.ref(), Delivery.BATCHED, true, -1, nobody));
        ask(m, new RoomActor.Say(self(), kind, text, "", replies()));
    }

    private Membership remember(RoomName room, Nick me) {
        Membership m = new Membership(room, me);
        memberships.add(m);
        return m;
    }

    /** What a room needs to know of the client. */
    record Me(ActorRef<RoomEvent> ref, ActorRef<RoomReply> replyTo) {}

    /** Has the room do something that the client will see, or be refused. */
    void act(RoomName room, Function<Me, RoomActor.Command> command) {
        reach(room).ifPresent(m -> ask(m, command.apply(new Me(self(), replies()))));
    }

    /** Asks a room something that it answers to this client alone. */
    void query(RoomName room, Function<Me, RoomActor.Command> question) {
        reach(room).ifPresent(m -> {
            m.questions++;
            awaited++;
            m.ref.ifPresent(ref -> ref.tell(question.apply(new Me(self(), replies()))));
        });
    }

    /** The room if it can be asked now; else the client is told that it is not in it. */
    private Optional<Membership> reach(RoomName room) {
        Optional<Membership> m = find(room).filter(found -> found.ref.isPresent());
        if (m.isEmpty()) {
            dialect.refused(session, room, new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in " + room));
        }
        return m;
    }

    /** A question has been answered. */
    void answered(RoomName room) {
        find(room).filter(m -> m.questions > 0).ifPresent(m -> {
            m.questions--;
            awaited--;
        });
    }

    void part(RoomName room, String text) {
        find(room)
                .filter(m -> m.state == State.IN || m.state == State.CATCHING_UP)
                .ifPresent(m -> {
                    m.state = State.LEAVING;
                    ask(m, new RoomActor.Leave(self(), Departure.PARTED, text));
                });
    }

    private void ask(Membership m, RoomActor.Command command) {
        m.outstanding++;
        outstanding++;
        m.ref.ifPresent(ref -> ref.tell(command));
    }

    /** Conversations belong to a name, so the old one's end here. */
    void rename(Nick to) {
        for (Membership m : List.copyOf(memberships)) {
            if (m.room.isConversation()) {
                m.ref.ifPresent(ref -> ref.tell(new RoomActor.Leave(self(), Departure.PARTED, "")));
                forget(m);
            } else if (!m.nick.equals(to)) {
                ask(m, new RoomActor.Rename(self(), to, replies()));
            }
        }
    }

    void leaveAll(Departure how, String text) {
        for (Membership m : memberships) {
            m.ref.ifPresent(ref -> ref.tell(new RoomActor.Leave(self(), how, text)));
        }
        memberships.clear();
        outstanding = 0;
        awaited = 0;
    }

    // What the rooms say

    void on(RoomDirectory.Found found, Nick me) {
        find(found.room()).ifPresent(m -> {
            boolean again = m.state == State.REJOINING;
            m.ref = Optional.of(found.ref());
            context.watch(found.ref());
            found.ref().tell(new RoomActor.Join(me, self(), Delivery.BATCHED, again, again ? m.seq : -1, replies()));
        });
    }

    void on(RoomEvent.Welcome welcome) {
        Optional<Membership> known = find(welcome.room());
        if (known.isEmpty() && welcome.room().isConversation()) {
            Membership m = remember(welcome.room(), welcome.nick());
            m.state = State.IN;
            m.ref = Optional.of(welcome.self());
            m.seq = welcome.seq();
            context.watch(welcome.self());
        }
        known.ifPresent(m -> welcomed(m, welcome));
    }

    private void welcomed(Membership m, RoomEvent.Welcome welcome) {
        if (m.state == State.JOINING) {
            m.state = State.IN;
            m.seq = welcome.seq();
            m.outstanding++; // its own Joined follows
            outstanding++;
            awaited--;
            dialect.welcomed(session, welcome);
        } else if (m.state == State.REJOINING) {
            m.state = State.CATCHING_UP;
            m.caughtUpAt = welcome.seq();
            awaited--;
            caughtUp(m);
        } else if (m.seq == 0) {
            m.seq = welcome.seq();
        }
    }

    /** What was said before the room failed, and has not come by now, never will. */
    private void caughtUp(Membership m) {
        if (m.state == State.CATCHING_UP && m.seq >= m.caughtUpAt) {
            m.state = State.IN;
            while (m.outstanding + m.inDoubt > 0) {
                settle(m);
                dialect.refused(session, m.room, LOST);
            }
        }
    }

    /** Takes note of a batch that the client has been shown. */
    void on(RoomEvent.Batch batch) {
        Optional<Membership> known = find(batch.room());
        if (known.isEmpty()) {
            return;
        }
        Membership m = known.get();
        m.seq = Math.max(m.seq, batch.lastSeq());
        if (m.outstanding + m.inDoubt > 0 || batch.changesMembers()) {
            batch.events().forEach(event -> note(m, event));
        }
        caughtUp(m);
    }

    private void note(Membership m, RoomEvent event) {
        if (event instanceof RoomEvent.Recorded recorded) {
            if (recorded.by().sameAs(m.nick)) {
                settle(m);
            }
        } else if (event instanceof RoomEvent.Joined joined && joined.nick().sameAs(m.nick)) {
            settle(m);
        } else if (event instanceof RoomEvent.Renamed renamed && renamed.from().sameAs(m.nick)) {
            m.nick = renamed.to();
            settle(m);
        } else if (event instanceof RoomEvent.Left left) {
            if (left.nick().sameAs(m.nick)) {
                forget(m);
                dialect.departed(session, m.room);
            } else if (left.how() == Departure.KICKED && left.by().sameAs(m.nick)) {
                settle(m);
            }
        }
    }

    void on(RoomEvent.Gap gap) {
        find(gap.room()).ifPresent(m -> {
            m.seq = gap.next() - 1;
            dialect.gap(session, gap);
            caughtUp(m);
        });
    }

    void on(RoomReply.Refused refused) {
        find(refused.room()).ifPresent(m -> {
            if (m.state == State.REJOINING && refused.refusal().reason() == Refusal.Reason.STORE_AWAY) {
                retry(m.room);
                return;
            }
            boolean out = m.state == State.JOINING || m.state == State.REJOINING;
            if (out) {
                forget(m);
            } else if (m.questions > 0) {
                answered(m.room);
            } else {
                settle(m);
            }
            if (m.state == State.REJOINING) {
                dialect.departed(session, m.room);
            }
            dialect.refused(session, refused.room(), refused.refusal());
        });
    }

    /** True when the room that the client is in would not have it called otherwise. */
    boolean isAboutNewName(RoomReply.Refused refused) {
        return refused.refusal().reason() == Refusal.Reason.NICK_IN_USE
                && find(refused.room()).filter(m -> m.state == State.IN).isPresent();
    }

    void on(RoomDirectory.NotFound notFound) {
        find(notFound.room()).ifPresent(m -> {
            if (m.state == State.REJOINING) {
                retry(m.room);
            } else {
                forget(m);
                dialect.refused(session, notFound.room(), notFound.refusal());
            }
        });
    }

    void on(RoomReply.InDoubt doubt) {
        find(doubt.room()).filter(m -> m.outstanding > 0).ifPresent(m -> {
            m.outstanding--;
            outstanding--;
            m.inDoubt++;
            dialect.inDoubt(session, doubt.room());
        });
    }

    void on(RoomReply.Repeated repeated) {
        find(repeated.room()).ifPresent(this::settle);
        dialect.repeated(session, repeated);
    }

    /** The room failed or was put away: it is found again by its name. */
    void ended(ActorRef<Void> room) {
        for (Membership m : List.copyOf(memberships)) {
            if (m.ref.filter(ref -> ref.path().equals(room.path())).isEmpty()) {
                continue;
            }
            m.ref = Optional.empty();
            awaited -= m.questions;
            m.questions = 0;
            if (m.state == State.LEAVING || (m.room.isConversation() && m.outstanding + m.inDoubt == 0)) {
                forget(m);
                dialect.departed(session, m.room);
            } else {
                if (m.state != State.JOINING && m.state != State.REJOINING) {
                    m.state = State.REJOINING;
                    awaited++;
                }
                locate(m.room);
            }
        }
    }

    void on(Retry retry) {
        find(retry.room()).filter(m -> m.state == State.REJOINING).ifPresent(m -> locate(m.room));
    }

    private void retry(RoomName room) {
        context.scheduleOnce(RETRY, context.getSelf(), new Retry(room));
    }

    private void locate(RoomName room) {
        services.rooms().tell(new RoomDirectory.Locate(room, context.getSelf().unsafeUpcast()));
    }

    private void settle(Membership m) {
        if (m.settleOne()) {
            outstanding--;
        }
    }

    private void forget(Membership m) {
        memberships.remove(m);
        outstanding -= m.outstanding;
        awaited -= m.questions;
        if (m.state == State.JOINING || m.state == State.REJOINING) {
            awaited--;
        }
        m.ref.ifPresent(context::unwatch);
    }

    Optional<Membership> find(RoomName room) {
        for (Membership m : memberships) {
            if (m.room.key().equals(room.key())) {
                return Optional.of(m);
            }
        }
        return Optional.empty();
    }

    private ActorRef<RoomEvent> self() {
        return context.getSelf().narrow();
    }

    private ActorRef<RoomReply> replies() {
        return context.getSelf().narrow();
    }
}
