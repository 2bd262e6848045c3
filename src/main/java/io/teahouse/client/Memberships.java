package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.IdGenerator;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The memberships of one client: gives each {@link Membership} what happens to it, and carries out its effects. Runs in
 * the client's actor.
 */
final class Memberships {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /**
     * What a room needs to know of the client for one command.
     *
     * @param number of the command
     */
    record Asker(ActorRef<RoomEvent> ref, long number, ActorRef<RoomReply> replyTo) {}

    /** A question to a room that the client is just about to join: it is asked when the room has been located. */
    private record Waiting(Membership membership, Consumer<RoomDirectory.Location> then) {}

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final CurrentUser me;
    private final Outbox outbox;
    private final PendingReplies replies;
    private final PendingWork work;
    private final List<Membership> all = new ArrayList<>(1);
    private final Membership.Sums sums = new Membership.Sums();
    private Optional<Waiting> waiting = Optional.empty();

    /** What becomes of telling rooms the client's latest name. */
    private Outcome newName = Outcome.IGNORED;

    private String account = "";

    /** Whether a user with an account may come back to its places; no longer once the connection is lost. */
    private boolean staying;

    Memberships(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            CurrentUser me,
            Outbox outbox,
            PendingReplies replies,
            PendingWork work) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.me = me;
        this.outbox = outbox;
        this.replies = replies;
        this.work = work;
        this.staying = !services.settings().absence().isZero();
    }

    // Which

    /** Where the client is, joins or leaves. */
    Optional<Membership> find(RoomName room) {
        for (Membership m : all) {
            if (m.room().key().equals(room.key())) {
                return Optional.of(m);
            }
        }
        return Optional.empty();
    }

    boolean isIn(RoomName room) {
        return find(room).filter(Membership::isMember).isPresent();
    }

    /** The actor of a room that the client is in, where it is known at the moment. */
    Optional<ActorRef<RoomActor.Command>> ref(RoomName room) {
        return find(room).flatMap(Membership::ref);
    }

    /** Where the client is in a room that cannot be joined again now: what answers whatever is asked there. */
    Optional<Refusal> whyAway(RoomName room) {
        return find(room).flatMap(Membership::whyAway);
    }

    /** What the client has done and not seen yet: no reply may overtake that. */
    int outstanding() {
        return sums.outstanding;
    }

    /** True while the next line has to wait because the client is joining a room. */
    boolean isJoining() {
        return sums.joins > 0;
    }

    Asker asker() {
        return new Asker(self(), replies.nextNumber(), replyTo());
    }

    private ActorRef<RoomEvent> self() {
        return me.ref();
    }

    private ActorRef<RoomReply> replyTo() {
        return context.getSelf().narrow();
    }

    // Joining

    /** Nothing, if the client is there already, or has no name. */
    void join(RoomName room, String key, Outcome outcome) {
        if (find(room).isEmpty() && me.nick().isPresent()) {
            add(Membership.joining(room, me.nick().get(), key, outcome, sums));
        }
    }

    /** Takes the place of another connection. */
    void resume(Membership.Held held, ActorRef<RoomEvent> instead) {
        if (find(held.room()).isEmpty() && me.nick().isPresent()) {
            add(Membership.resuming(held, instead, me.nick().get(), sums));
        }
    }

    private void add(Membership m) {
        all.add(m);
        carryOut(m, m.begin());
    }

    /** Enters a conversation that has been located; it does not matter if the client is there, or is just joining. */
    private Membership enter(RoomDirectory.Found conversation, Nick nick) {
        Membership m = find(conversation.room()).orElseGet(() -> {
            Membership fresh = Membership.conversation(conversation.room(), nick, sums);
            all.add(fresh);
            return fresh;
        });
        carryOut(m, m.enter(conversation.ref(), nick));
        return m;
    }

    /**
     * Has something done in a conversation; both are let in first, and it does not matter if they are there.
     *
     * @param other with whom
     */
    void converse(RoomName room, UserSnapshot other, Function<Asker, RoomActor.Asking> command, Outcome outcome) {
        Optional<Refusal> away = whyAway(room);
        if (away.isPresent()) {
            outcome.refused(new RoomReply.Refused(room, 0, "", away.get()));
            return;
        }
        RoomActor.Asking asked = command.apply(asker());
        work.begin();
        locate(room, true, location -> {
            work.end();
            if (location instanceof RoomDirectory.Found found) {
                me.nick().ifPresent(nick -> converse(found, nick, other, asked, outcome));
            } else if (location instanceof RoomDirectory.NotFound notFound) {
                outcome.refused(new RoomReply.Refused(room, asked.number(), asked.clientId(), notFound.refusal()));
            }
        });
    }

    private void converse(
            RoomDirectory.Found found, Nick nick, UserSnapshot other, RoomActor.Asking command, Outcome outcome) {
        Membership m = enter(found, nick);
        m.talkTo(other.nick());
        services.users()
                .online(other)
                .ifPresent(online -> found.ref().tell(join(other.nick(), other.profile(), online.subscriber())));
        carryOut(m, m.ask(command, outcome));
    }

    /**
     * Finds a room so that it can be asked something, whether the client is in it or not. A conversation answers only
     * those who are in it, so the client enters it.
     *
     * @param then is told at once, or later
     */
    void reach(RoomName room, Consumer<RoomDirectory.Location> then) {
        Optional<Membership> m = find(room);
        Optional<ActorRef<RoomActor.Command>> ref = m.flatMap(Membership::ref);
        Optional<Refusal> away = m.flatMap(Membership::whyAway);
        if (ref.isPresent()) {
            then.accept(new RoomDirectory.Found(room, 0, ref.get()));
        } else if (away.isPresent()) {
            then.accept(new RoomDirectory.NotFound(room, 0, away.get()));
        } else if (m.filter(Membership::isBeingLocated).isPresent()) {
            waiting = Optional.of(new Waiting(m.get(), then));
        } else if (room.isConversation()) {
            locate(room, true, location -> {
                if (location instanceof RoomDirectory.Found found) {
                    me.nick().ifPresent(nick -> enter(found, nick));
                }
                then.accept(location);
            });
        } else {
            long number = replies.nextNumber();
            replies.expect(number, RoomDirectory.Location.class, then);
            services.rooms()
                    .tell(new RoomDirectory.Lookup(
                            room, number, context.getSelf().unsafeUpcast()));
        }
    }

    /** @param counted whether it counts for the quota of the client if it is opened */
    private long locate(RoomName room, boolean counted, Consumer<RoomDirectory.Location> then) {
        long number = replies.nextNumber();
        replies.expect(number, RoomDirectory.Location.class, then);
        Optional<RoomDirectory.Opener> opener = counted ? Optional.of(me.opener()) : Optional.empty();
        services.rooms()
                .tell(new RoomDirectory.Locate(
                        room, opener, number, context.getSelf().unsafeUpcast()));
        return number;
    }

    private void located(Membership m, RoomDirectory.Location location) {
        if (all.contains(m)) {
            if (location instanceof RoomDirectory.Found found) {
                me.nick().ifPresent(nick -> carryOut(m, m.located(found.ref(), nick)));
            } else if (location instanceof RoomDirectory.NotFound notFound) {
                carryOut(m, m.notLocated(notFound.room(), notFound.refusal()));
            }
        }
        Optional<Waiting> next = waiting.filter(each -> each.membership == m);
        if (next.isPresent()) {
            waiting = Optional.empty();
            next.get().then.accept(location);
        }
    }

    void on(RoomEvent.Welcome welcome) {
        Optional<Membership> joined =
                all.stream().filter(m -> m.isFor(welcome.self())).findFirst();
        if (joined.isPresent()) {
            replies.forget(joined.get().request());
            carryOut(joined.get(), joined.get().welcomed(welcome));
        } else if (welcome.room().isConversation() && find(welcome.room()).isEmpty()) {
            add(Membership.broughtIn(welcome, sums));
        }
    }

    // What the client does

    /** Has a room do something that the client will see, or that is refused. */
    void act(RoomName room, Function<Asker, RoomActor.Asking> command, Outcome outcome) {
        Optional<Membership> m = find(room).filter(found -> found.ref().isPresent());
        if (m.isPresent()) {
            carryOut(m.get(), m.get().ask(command.apply(asker()), outcome));
        } else {
            Refusal why =
                    whyAway(room).orElseGet(() -> new Refusal(Refusal.Reason.NOT_A_MEMBER, "you are not in " + room));
            outcome.refused(new RoomReply.Refused(room, 0, "", why));
        }
    }

    void part(RoomName room, String text) {
        find(room).ifPresent(m -> carryOut(m, m.part(text, new RoomActor.Leave(self(), Departure.PARTED, text))));
    }

    /** Conversations belong to the user that somebody was. */
    private void endConversations() {
        for (Membership m : List.copyOf(all)) {
            if (m.room().isConversation()) {
                m.ref().ifPresent(ref -> ref.tell(new RoomActor.Leave(self(), Departure.PARTED, "")));
                carryOut(m, m.abandon());
            }
        }
    }

    /** @param outcome also for rooms that are told later, because they cannot be now */
    void rename(Nick to, long cause, Outcome outcome) {
        newName = outcome;
        endConversations();
        for (Membership m : List.copyOf(all)) {
            if (m.isToBeTold(to)) {
                rename(m, to, cause);
            }
        }
    }

    private void rename(Membership m, Nick to, long cause) {
        carryOut(
                m, m.ask(new RoomActor.Rename(UserId.of(self()), to, cause, replies.nextNumber(), replyTo()), newName));
    }

    void changeProfile(Profile to, long cause) {
        if (!to.account().equals(account)) {
            account = to.account();
            endConversations();
        }
        tellRooms(new RoomActor.ChangeProfile(self(), to, cause, nobody()));
    }

    void tellMetadata(Map<String, String> changes, long cause) {
        tellRooms(new RoomActor.TellMetadata(self(), changes, cause, nobody()));
    }

    private void tellRooms(RoomActor.Command command) {
        for (Membership m : List.copyOf(all)) {
            if (m.isIn() && !m.room().isConversation()) {
                carryOut(m, m.ask(command));
            }
        }
    }

    /** Tells rooms which of their members are operators of the server. */
    void tellServerOperator(boolean is) {
        RoomActor.Command command = new RoomActor.ServerOperator(self(), is);
        all.forEach(m -> m.ref().ifPresent(ref -> ref.tell(command)));
    }

    // The end of all of them

    /** The connection is lost: the client sees nothing from now on. */
    void connectionLost() {
        staying = false;
        Outbox.Progress written = outbox.progress();
        all.forEach(m -> m.connectionLost(written));
    }

    /** Gives up all places, without a word to the rooms: another connection takes them. */
    List<Membership.Held> handOver() {
        endConversations();
        List<Membership.Held> places = new ArrayList<>();
        for (Membership m : List.copyOf(all)) {
            m.held().ifPresent(places::add);
            carryOut(m, m.abandon());
        }
        return places;
    }

    void leaveAll(Departure how, String text, long cause) {
        RoomActor.Command leave = new RoomActor.Leave(self(), how, text, cause);
        all.forEach(m -> m.ref().ifPresent(ref -> ref.tell(leave)));
        all.clear();
        sums.outstanding = 0;
        sums.joins = 0;
    }

    // What the client sees

    /** True when something there is the client's own doing and has not been shown to it yet. */
    boolean isExpecting(Optional<Membership> in) {
        return sums.outstanding > 0 || (in.isPresent() && in.get().isExpecting());
    }

    /** As much of it as may be shown: of what was missed, perhaps the newest part; then the client is told of the gap. */
    EventBatch fitting(EventBatch batch, Optional<Membership> in) {
        boolean catchingUp = batch.events().size() >= CatchUp.FEW
                && in.isPresent()
                && in.get().isCatchingUp();
        int surplus = catchingUp ? CatchUp.surplus(batch, outbox.free() / 2) : 0;
        if (surplus == 0) {
            return batch;
        }
        EventBatch rest = batch.without(surplus);
        Membership m = in.get();
        carryOut(m, m.gap(new RoomEvent.Gap(batch.room(), m.seq(), CatchUp.next(rest))));
        return rest;
    }

    /** The client has been shown a batch. */
    void shown(EventBatch batch, Membership m) {
        if (staying && batch.lastSeq() > m.seq() && !me.profile().account().isEmpty()) {
            m.willBeWritten(outbox.progress());
        }
        carryOut(m, m.shown(batch, me));
    }

    void on(RoomEvent.Gap gap) {
        find(gap.room()).ifPresent(m -> carryOut(m, m.gap(gap)));
    }

    // What is answered

    /** The answer to a command in a room. */
    void on(RoomReply reply) {
        for (Membership m : all) {
            if (m.hasAsked(reply.number())) {
                carryOut(m, m.answered(reply));
                return;
            }
        }
    }

    private void joinAnswered(Membership m, RoomReply reply) {
        if (all.contains(m) && reply instanceof RoomReply.Refused refused) {
            carryOut(m, m.joinRefused(refused));
        }
    }

    /**
     * A room that the client watches has ended.
     *
     * @return what it was called
     */
    Optional<RoomName> ended(ActorRef<Void> room) {
        Optional<Membership> ended = all.stream()
                .filter(m ->
                        m.ref().filter(ref -> ref.path().equals(room.path())).isPresent())
                .findFirst();
        ended.ifPresent(m -> {
            replies.forget(m.request());
            carryOut(m, m.roomEnded());
        });
        return ended.map(Membership::room);
    }

    // Effects

    private void carryOut(Membership m, List<Membership.Effect> effects) {
        if (!effects.isEmpty()) {
            effects.forEach(effect -> carryOut(m, effect));
        }
    }

    private void carryOut(Membership m, Membership.Effect effect) {
        if (effect instanceof Membership.Tell tell) {
            tell.ref().tell(tell.command());
        } else if (effect instanceof Membership.Locate locate) {
            m.requested(locate(locate.room(), locate.counted(), location -> located(m, location)));
        } else if (effect instanceof Membership.RetryLater) {
            work.after(RETRY, () -> carryOut(m, all.contains(m) ? m.retry() : List.of()));
        } else if (effect instanceof Membership.Watch watch) {
            context.watch(watch.ref());
        } else if (effect instanceof Membership.Unwatch unwatch) {
            context.unwatch(unwatch.ref());
        } else if (effect instanceof Membership.Join join) {
            join(m, join);
        } else if (effect instanceof Membership.JoinConversation join) {
            joinConversation(m, join);
        } else if (effect instanceof Membership.PutPlace put) {
            me.publish(user -> user.withPlace(put.place()), 0);
        } else if (effect instanceof Membership.RenamePlace rename) {
            me.publish(user -> user.withRoomRenamed(rename.from(), rename.to()), 0);
        } else if (effect instanceof Membership.Forget forget) {
            all.remove(m);
            replies.forget(m.request());
            me.publish(user -> user.withoutPlace(forget.room()), 0);
        } else if (effect instanceof Membership.TellName) {
            me.nick()
                    .filter(now -> !now.equals(m.nick()))
                    .ifPresent(now -> rename(m, now, IdGenerator.process().next()));
        } else {
            show(effect);
        }
    }

    private void join(Membership m, Membership.Join join) {
        Asker asker = asker();
        m.requested(asker.number);
        replies.expect(asker.number, RoomReply.class, reply -> joinAnswered(m, reply));
        join.ref()
                .tell(new RoomActor.Join(
                        join.nick(),
                        me.profile(),
                        join.key(),
                        asker.ref,
                        Delivery.BATCHED,
                        join.back(),
                        me.isServerOperator(),
                        asker.number,
                        asker.replyTo));
    }

    private void joinConversation(Membership m, Membership.JoinConversation join) {
        join.ref().tell(join(me.nick().orElse(m.nick()), me.profile(), self()));
    }

    /** Joins a conversation, which refuses nobody whom it is for. */
    private RoomActor.Join join(Nick nick, Profile profile, ActorRef<RoomEvent> subscriber) {
        return new RoomActor.Join(nick, profile, "", subscriber, Delivery.BATCHED, Optional.empty(), nobody());
    }

    /** For commands whose answer is their event. */
    private ActorRef<RoomReply> nobody() {
        return context.getSystem().ignoreRef();
    }

    /** Those that the client sees. */
    private void show(Membership.Effect effect) {
        if (effect instanceof Membership.Welcomed welcomed) {
            dialect.welcomed(welcomed.welcome());
        } else if (effect instanceof Membership.ShowJoined joined) {
            EventBatch batch = EventBatch.joined(joined.welcome(), me.profile());
            dialect.show(batch, new Viewer(self(), me.profile(), joined.nick()), true);
        } else if (effect instanceof Membership.ShowLeft left) {
            Nick nick = me.nick().orElse(left.nick()); // a new name is not told there any more
            EventBatch batch = EventBatch.left(left.room(), nick, me.profile(), left.text());
            dialect.show(batch, new Viewer(self(), me.profile(), nick), true);
        } else if (effect instanceof Membership.Departed departed) {
            dialect.departed(departed.room());
        } else if (effect instanceof Membership.ShowGap gap) {
            dialect.gap(gap.gap());
        } else if (effect instanceof Membership.Refuse refuse) {
            refuse.outcome().refused(refuse.refused());
        } else if (effect instanceof Membership.RefuseRejoin refuse) {
            dialect.outcome().refused(refuse.refused());
        } else if (effect instanceof Membership.Doubt doubt) {
            doubt.outcome().inDoubt(doubt.doubt());
        } else if (effect instanceof Membership.Repeat repeat) {
            repeat.outcome().repeated(repeat.repeated());
        }
    }
}
