package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.PendingReplies;
import io.teahouse.user.Place;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserRoom;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The memberships of one client: gives each {@link Membership} what happens to it, and carries out its effects. Runs in
 * the client's actor.
 */
final class Memberships {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final long ACTIVE_MILLIS = 1000;

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

    /** When the user's actor was last told that the user is active on this connection, in milliseconds since 1970. */
    private long toldActive;

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

    /**
     * The user has become a member in another way than by this connection: it subscribes.
     *
     * @param fresh whether that was only just now
     */
    void subscribe(UserRoom room, boolean fresh) {
        if (find(room.room()).isEmpty() && me.nick().isPresent()) {
            add(Membership.subscribing(room, fresh, me.nick().get(), sums));
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
                .online(other.id())
                .ifPresent(online ->
                        online.subscribers().forEach(each -> found.ref().tell(join(online.identity(), each))));
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

    /** The user has just said something. Told once a second at most. */
    void active() {
        long now = System.currentTimeMillis();
        if (Math.abs(now - toldActive) >= ACTIVE_MILLIS) {
            toldActive = now;
            me.tell(new UserActor.Active(context.getSelf().narrow()));
        }
    }

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
        find(room)
                .ifPresent(m -> carryOut(
                        m, m.part(text, new RoomActor.Leave(me.id(), Departure.PARTED, text, Optional.of(self()), 0))));
    }

    /** The user has left their conversations: they are between the users that two people were. */
    void endConversations() {
        for (Membership m : List.copyOf(all)) {
            if (m.room().isConversation()) {
                carryOut(m, m.abandon());
            }
        }
    }

    /**
     * The connection is another user's now.
     *
     * @return the rooms that it was in
     */
    List<RoomName> leaveAll() {
        List<RoomName> left = all.stream()
                .filter(Membership::isMember)
                .map(Membership::room)
                .filter(room -> !room.isConversation())
                .toList();
        List.copyOf(all).forEach(m -> carryOut(m, m.abandon()));
        return left;
    }

    /** Up to where what happened was written to the connection, where it was shown at all. */
    List<UserRoom> seen() {
        Outbox.Progress written = outbox.progress();
        return all.stream()
                .filter(m -> dialect.shows(m.room()))
                .flatMap(m -> m.seen(written).stream())
                .toList();
    }

    /** Nothing is expected any more. */
    void clear() {
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
        if (me.hasAccount() && batch.lastSeq() > m.seq()) {
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
            m.ref().ifPresent(ref -> me.tell(new UserActor.RoomEnded(ref)));
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
        } else if (effect instanceof Membership.Forget) {
            all.remove(m);
            replies.forget(m.request());
        } else {
            show(effect);
        }
    }

    private void join(Membership m, Membership.Join join) {
        Asker asker = asker();
        m.requested(asker.number);
        replies.expect(asker.number, RoomReply.class, reply -> joinAnswered(m, reply));
        Optional<RoomActor.Back> back = join.since().map(since -> new RoomActor.Back(since, ranks(m), join.member()));
        join.ref()
                .tell(new RoomActor.Join(
                        me.introduction(join.nick()),
                        join.key(),
                        asker.ref,
                        Delivery.BATCHED,
                        back,
                        asker.number,
                        asker.replyTo));
    }

    private Ranks ranks(Membership m) {
        return me.user().flatMap(user -> user.place(m.room())).map(Place::ranks).orElse(Ranks.NONE);
    }

    private void joinConversation(Membership m, Membership.JoinConversation join) {
        join.ref().tell(join(me.introduction(me.nick().orElse(m.nick())), self()));
    }

    /** Joins a conversation, which refuses nobody whom it is for. */
    private RoomActor.Join join(RoomActor.Identity user, ActorRef<RoomEvent> subscriber) {
        ActorRef<RoomReply> nobody = context.getSystem().ignoreRef();
        return new RoomActor.Join(user, "", subscriber, Delivery.BATCHED, Optional.empty(), 0, nobody);
    }

    /** Those that the client sees. */
    private void show(Membership.Effect effect) {
        if (effect instanceof Membership.Welcomed welcomed) {
            dialect.welcomed(welcomed.welcome(), welcomed.recent());
        } else if (effect instanceof Membership.ShowJoined joined) {
            EventBatch batch = EventBatch.joined(joined.welcome(), me.profile());
            dialect.show(batch, new Viewer(self(), me.profile(), joined.nick()), true);
        } else if (effect instanceof Membership.ShowLeft left) {
            me.tell(new UserActor.NotPlaced(left.room()));
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
