package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.client.Membership.State;
import io.teahouse.room.Delivery;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rooms of one client: how it comes in, speaks, goes, and finds back into a room that failed. Belongs to one
 * {@link ClientActor} and runs in it. It counts what the client has done and not seen yet, since no reply may overtake
 * that.
 */
final class ClientRooms {
    /** Asks again for a room that could not be entered after it failed. */
    record Retry(RoomName room) {}

    /** A place in a room, for whoever takes it over. */
    record Held(RoomName room, ActorRef<RoomActor.Command> ref, long seq) {}

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

    /** Joins that are not answered yet. */
    private int awaited;

    private String account = "";

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

    /** The actor of a room that the client is in, where it is known just now. */
    Optional<ActorRef<RoomActor.Command>> ref(RoomName room) {
        return find(room).flatMap(m -> m.ref);
    }

    boolean isIn(RoomName room) {
        return find(room)
                .filter(m -> m.state != State.JOINING && m.state != State.RESUMING)
                .isPresent();
    }

    /** True when something in that room is the client's own doing and has not been shown to it yet. */
    boolean isExpecting(RoomName room) {
        return outstanding > 0 || find(room).filter(m -> m.inDoubt > 0).isPresent();
    }

    // What the client wants

    void join(RoomName room, String key, Nick me) {
        if (find(room).isEmpty()) {
            Membership m = remember(room, me);
            m.key = key;
            awaited++;
            locate(room);
        }
    }

    /** Both come into the room of two before the first word is said in it; it is no matter if they are there. */
    void converse(RoomDirectory.Found found, Nick me, Presence other, Function<Me, RoomActor.Asking> words) {
        ActorRef<RoomReply> nobody = context.getSystem().ignoreRef();
        Membership m = enter(found, me);
        m.partner = Optional.of(other.nick());
        found.ref().tell(join(other.nick(), other.profile(), "", other.ref(), Optional.empty(), nobody));
        ask(m, words.apply(new Me(self(), replies())));
    }

    /** Comes into a room of two; it is no matter if the client is there. */
    Membership enter(RoomDirectory.Found conversation, Nick me) {
        Membership m = find(conversation.room()).orElseGet(() -> remember(conversation.room(), me));
        m.state = State.IN;
        m.ref = Optional.of(conversation.ref());
        context.watch(conversation.ref());
        ActorRef<RoomReply> nobody = context.getSystem().ignoreRef();
        conversation.ref().tell(join(me, session.profile(), "", self(), Optional.empty(), nobody));
        return m;
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

    /** The client sees nothing from now on. */
    void lost() {
        memberships.forEach(m -> m.seqWhenLost = m.seq);
    }

    /** Gives up all places, without a word to the rooms: another comes in this one's stead. */
    List<Held> handOver() {
        endConversations();
        List<Held> places = new ArrayList<>();
        for (Membership m : List.copyOf(memberships)) {
            if (m.state == State.IN || m.state == State.CATCHING_UP) {
                m.ref.ifPresent(ref -> places.add(new Held(m.room, ref, m.seqWhenLost)));
            }
            forget(m);
        }
        return places;
    }

    /** Takes the place of the one who was absent. */
    void resume(Held held, ActorRef<RoomEvent> instead, Nick me) {
        if (find(held.room).isEmpty()) {
            Membership m = remember(held.room, me);
            m.state = State.RESUMING;
            m.seq = held.seq;
            m.ref = Optional.of(held.ref);
            awaited++;
            context.watch(held.ref);
            Optional<RoomActor.Back> back = Optional.of(new RoomActor.Back(held.seq, instead));
            RoomActor.Join join = join(me, session.profile(), "", self(), back, replies());
            m.join = Optional.of(join);
            held.ref.tell(join);
        }
    }

    private Membership remember(RoomName room, Nick me) {
        Membership m = new Membership(room, me);
        memberships.add(m);
        return m;
    }

    /** What a room needs to know of the client. */
    record Me(ActorRef<RoomEvent> ref, ActorRef<RoomReply> replyTo) {}

    Me me() {
        return new Me(self(), replies());
    }

    /** Has the room do something that the client will see, or be refused. */
    void act(RoomName room, Function<Me, RoomActor.Asking> command) {
        Optional<Membership> m = find(room).filter(found -> found.ref.isPresent());
        if (m.isPresent()) {
            ask(m.get(), command.apply(me()));
        } else {
            Refusal why = new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in " + room);
            dialect.refused(session, new RoomReply.Refused(room, command.apply(me()), why));
        }
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

    /** Conversations belong to who somebody was. */
    private void endConversations() {
        for (Membership m : List.copyOf(memberships)) {
            if (m.room.isConversation()) {
                m.ref.ifPresent(ref -> ref.tell(new RoomActor.Leave(self(), Departure.PARTED, "")));
                forget(m);
            }
        }
    }

    void rename(Nick to, long cause) {
        endConversations();
        for (Membership m : List.copyOf(memberships)) {
            if (!m.nick.equals(to)) {
                ask(m, new RoomActor.Rename(self(), to, cause, replies()));
            }
        }
    }

    void changeProfile(Profile to, long cause) {
        if (!to.account().equals(account)) {
            account = to.account();
            endConversations();
        }
        for (Membership m : memberships) {
            if (m.state == State.IN && !m.room.isConversation()) {
                ask(m, new RoomActor.ChangeProfile(self(), to, cause));
            }
        }
    }

    void leaveAll(Departure how, String text, long cause) {
        for (Membership m : memberships) {
            m.ref.ifPresent(ref -> ref.tell(new RoomActor.Leave(self(), how, text, cause)));
        }
        memberships.clear();
        outstanding = 0;
        awaited = 0;
    }

    // What the rooms say

    void on(RoomDirectory.Found found, Nick me) {
        find(found.room()).ifPresent(m -> {
            m.ref = Optional.of(found.ref());
            context.watch(found.ref());
            Optional<RoomActor.Back> back =
                    m.state == State.REJOINING ? Optional.of(new RoomActor.Back(m.seq, m.ranks)) : Optional.empty();
            RoomActor.Join join = join(me, session.profile(), m.key, self(), back, replies());
            m.join = Optional.of(join);
            found.ref().tell(join);
        });
    }

    void on(RoomEvent.Welcome welcome) {
        Optional<Membership> known = find(welcome.room()).or(() -> entering(welcome.self()));
        known.ifPresent(m -> m.room = welcome.room()); // perhaps it was called otherwise while the client came in
        if (known.isEmpty() && welcome.room().isConversation()) {
            Membership m = remember(welcome.room(), welcome.nick());
            m.state = State.IN;
            m.ref = Optional.of(welcome.self());
            m.seq = welcome.seq();
            context.watch(welcome.self());
        }
        known.ifPresent(m -> welcomed(m, welcome));
    }

    private Optional<Membership> entering(ActorRef<RoomActor.Command> room) {
        return memberships.stream()
                .filter(Membership::isComing)
                .filter(m -> m.ref.filter(room::equals).isPresent())
                .findFirst();
    }

    private void welcomed(Membership m, RoomEvent.Welcome welcome) {
        if (m.state == State.JOINING) {
            m.state = State.IN;
            m.room = welcome.room();
            m.seq = welcome.seq();
            m.key = "";
            m.outstanding++; // its own Joined follows
            outstanding++;
            awaited--;
            put(m, welcome.ranks(), welcome.secret());
            dialect.welcomed(session, welcome);
        } else if (m.state == State.RESUMING) {
            put(m, welcome.ranks(), welcome.secret());
            dialect.welcomed(session, welcome);
            dialect.show(session, RoomEvent.Batch.joined(welcome, session.profile()), m.nick, true);
            catchUp(m, welcome);
        } else if (m.state == State.REJOINING) {
            catchUp(m, welcome);
        } else if (m.seq == 0) {
            m.seq = welcome.seq();
        }
    }

    private void catchUp(Membership m, RoomEvent.Welcome welcome) {
        m.state = State.CATCHING_UP;
        m.caughtUpAt = welcome.seq();
        awaited--;
        caughtUp(m);
    }

    /** What was said before the room failed, and has not come by now, never will. */
    private void caughtUp(Membership m) {
        if (m.state == State.CATCHING_UP && m.seq >= m.caughtUpAt) {
            m.state = State.IN;
            while (m.outstanding + m.inDoubt > 0) {
                settle(m);
                RoomActor.Asking lost = new RoomActor.Say(self(), "", replies());
                dialect.refused(session, new RoomReply.Refused(m.room, lost, LOST));
            }
        }
    }

    /** How the client stands in a room, for everybody to see. */
    private void put(Membership m, Ranks ranks, boolean secret) {
        m.ranks = ranks;
        m.secret = secret;
        session.presence().ifPresent(presence -> presence.put(new Place(m.room, ranks, secret)));
    }

    /** With whom the client talks there, if it knows. */
    Optional<String> partner(RoomName conversation) {
        return find(conversation).flatMap(m -> m.partner).map(Nick::text);
    }

    /** Takes note of a batch that the client has been shown. */
    void on(RoomEvent.Batch batch) {
        Optional<Membership> known = find(batch.room());
        if (known.isEmpty()) {
            return;
        }
        Membership m = known.get();
        m.seq = Math.max(m.seq, batch.lastSeq());
        if (m.room.isConversation()) {
            batch.events().forEach(event -> meet(m, event));
        }
        if (m.outstanding + m.inDoubt > 0 || batch.changesMembers()) {
            batch.events().forEach(event -> note(m, event));
        }
        caughtUp(m);
    }

    private static void meet(Membership m, RoomEvent event) {
        if (event instanceof RoomEvent.Recorded said && !said.by().sameAs(m.nick)) {
            m.partner = Optional.of(said.by());
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
            settle(m);
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
            forget(m);
            dialect.departed(session, m.room);
        }
    }

    private void onMode(Membership m, ModeChange change) {
        if (change.mode() == Mode.SECRET) {
            put(m, m.ranks, change.set());
        } else if (change.mode().kind() == Mode.Kind.RANK && change.value().equals(m.nick.text())) {
            put(m, m.ranks.with(change.mode(), change.set()), m.secret);
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
        find(refused.room()).or(() -> entering(refused.asked())).ifPresent(m -> {
            boolean out = m.isComing();
            if (m.state == State.RESUMING) { // he was put out meanwhile
                forget(m);
                return;
            }
            if (m.state == State.REJOINING && refused.refusal().reason() == Refusal.Reason.STORE_AWAY) {
                retry(m.room);
                return;
            } else if (out) {
                forget(m);
            } else {
                settle(m);
            }
            if (m.state == State.REJOINING) {
                dialect.departed(session, m.room);
            }
            dialect.refused(session, refused);
        });
    }

    /** The room may have been called otherwise while the client came in. */
    private Optional<Membership> entering(RoomActor.Asking asked) {
        return memberships.stream()
                .filter(Membership::isComing)
                .filter(m -> m.join.filter(asked::equals).isPresent())
                .findFirst();
    }

    void on(RoomReply.ModesSet set) {
        find(set.room()).ifPresent(m -> {
            if (!set.changed()) {
                settle(m);
            }
            set.refusals()
                    .forEach(why -> dialect.refused(session, new RoomReply.Refused(set.room(), set.asked(), why)));
        });
    }

    /** True when the room that the client is in would not have it called otherwise. */
    boolean isAboutNewName(RoomReply.Refused refused) {
        return refused.asked() instanceof RoomActor.Rename;
    }

    void on(RoomDirectory.NotFound notFound) {
        find(notFound.room()).ifPresent(m -> {
            if (m.state == State.REJOINING) {
                retry(m.room);
            } else {
                forget(m);
                RoomActor.Join asked = join(m.nick, session.profile(), m.key, self(), Optional.empty(), replies());
                dialect.refused(session, new RoomReply.Refused(notFound.room(), asked, notFound.refusal()));
            }
        });
    }

    void on(RoomReply.InDoubt doubt) {
        find(doubt.room()).filter(m -> m.outstanding > 0).ifPresent(m -> {
            m.outstanding--;
            outstanding--;
            m.inDoubt++;
            dialect.inDoubt(session, doubt);
        });
    }

    void on(RoomReply.Repeated repeated) {
        find(repeated.room()).ifPresent(this::settle);
        dialect.repeated(session, repeated);
    }

    /** The room failed or was put away: it is found again by its name. */
    void ended(ActorRef<Void> room, Consumer<RoomName> told) {
        for (Membership m : List.copyOf(memberships)) {
            if (m.ref.filter(ref -> ref.path().equals(room.path())).isEmpty()) {
                continue;
            }
            m.ref = Optional.empty();
            if (m.state == State.LEAVING || (m.room.isConversation() && m.outstanding + m.inDoubt == 0)) {
                forget(m);
                dialect.departed(session, m.room);
            } else {
                awaited += m.isComing() ? 0 : 1;
                m.state = m.state == State.JOINING ? State.JOINING : State.REJOINING;
                locate(m.room);
            }
            told.accept(m.room);
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
        m.outstanding = 0;
        if (m.isComing()) {
            awaited--;
        }
        m.ref.ifPresent(context::unwatch);
        session.presence().ifPresent(presence -> presence.remove(m.room));
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
