package io.teahouse.client;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.client.MembershipEffect.Departed;
import io.teahouse.client.MembershipEffect.Doubt;
import io.teahouse.client.MembershipEffect.Forget;
import io.teahouse.client.MembershipEffect.Join;
import io.teahouse.client.MembershipEffect.JoinConversation;
import io.teahouse.client.MembershipEffect.Locate;
import io.teahouse.client.MembershipEffect.Refuse;
import io.teahouse.client.MembershipEffect.RefuseRejoin;
import io.teahouse.client.MembershipEffect.Repeat;
import io.teahouse.client.MembershipEffect.RetryLater;
import io.teahouse.client.MembershipEffect.ShowGap;
import io.teahouse.client.MembershipEffect.ShowJoined;
import io.teahouse.client.MembershipEffect.ShowLeft;
import io.teahouse.client.MembershipEffect.SubscribeLater;
import io.teahouse.client.MembershipEffect.Tell;
import io.teahouse.client.MembershipEffect.Unwatch;
import io.teahouse.client.MembershipEffect.Watch;
import io.teahouse.client.MembershipEffect.Welcomed;
import io.teahouse.room.Delivery;
import io.teahouse.room.EventBatch;
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
import io.teahouse.user.OnlineUser;
import io.teahouse.user.PendingReplies;
import io.teahouse.user.Place;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserRoom;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets one client join and leave rooms, and rejoin rooms that failed: starts and ends its {@link Memberships}, and
 * carries out their effects. Runs in the client's actor.
 */
final class RoomJoiner {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A question that waits until the room, which the client is about to join, has been located. */
    private record Waiting(Membership membership, Consumer<RoomDirectory.Location> then) {}

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final CurrentUser me;
    private final Memberships memberships;
    private final PendingReplies replies;
    private final PendingWork work;
    private Optional<Waiting> waiting = Optional.empty();

    RoomJoiner(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            CurrentUser me,
            Memberships memberships,
            PendingReplies replies,
            PendingWork work) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.me = me;
        this.memberships = memberships;
        this.replies = replies;
        this.work = work;
    }

    // Joining

    /** Joins a room. Does nothing if the client is in it already, or has no nick. */
    void join(RoomName room, String key, Outcome outcome) {
        if (memberships.find(room).isEmpty() && me.nick().isPresent()) {
            begin(Membership.joining(room, me.nick().get(), key, outcome, memberships.totals()));
        }
    }

    /**
     * Subscribes to a room that the user joined by another connection.
     *
     * @param fresh whether that was just now
     */
    void subscribe(UserRoom room, boolean fresh) {
        if (memberships.find(room.room()).isEmpty() && me.nick().isPresent()) {
            begin(Membership.subscribing(room, fresh, me.nick().get(), memberships.totals()));
        }
    }

    private void begin(Membership m) {
        memberships.add(m);
        carryOut(m, m.begin());
    }

    void on(RoomEvent.Welcome welcome) {
        Optional<Membership> joined = memberships.findByRoom(welcome.self());
        if (joined.isPresent()) {
            replies.forget(joined.get().request());
            carryOut(joined.get(), joined.get().welcomed(welcome));
        } else if (welcome.room().isConversation()
                && memberships.find(welcome.room()).isEmpty()) {
            begin(Membership.broughtIn(welcome, memberships.totals()));
        }
    }

    // Conversations

    /**
     * Sends a command to a conversation. Both users join it first, if they are not in it.
     *
     * @param other the other user
     */
    void converse(RoomName room, UserSnapshot other, RoomActor.Asking command, Outcome outcome) {
        work.begin();
        locate(room, true, location -> {
            work.end();
            if (location instanceof RoomDirectory.Found found) {
                me.nick().ifPresent(nick -> converse(found, nick, other, command, outcome));
            } else if (location instanceof RoomDirectory.NotFound notFound) {
                outcome.refused(new RoomReply.Refused(room, command.number(), command.clientId(), notFound.refusal()));
            }
        });
    }

    private void converse(
            RoomDirectory.Found found, Nick nick, UserSnapshot other, RoomActor.Asking command, Outcome outcome) {
        Optional<OnlineUser> online = services.users().online(other.id());
        boolean told = online.isPresent()
                && online.get()
                        .whileKnownAs(other, () -> converse(found, nick, online.get(), other.nick(), command, outcome));
        if (!told) {
            now(other)
                    .ifPresentOrElse(
                            user -> converse(
                                    RoomName.conversation(
                                            me.identity(), user.id().value()),
                                    user,
                                    command,
                                    outcome),
                            () -> outcome.refused(new RoomReply.Refused(
                                    found.room(), command.number(), command.clientId(), gone(other.nick()))));
        }
    }

    private void converse(
            RoomDirectory.Found found,
            Nick nick,
            OnlineUser with,
            Nick other,
            RoomActor.Asking command,
            Outcome outcome) {
        Membership m = enter(found, nick);
        m.talkTo(other);
        with.subscribers().forEach(each -> found.ref().tell(join(with.identity(), each)));
        m.expect(command, outcome);
        m.ref().ifPresent(room -> room.tell(command));
    }

    /** A user as they are now, who had another nick or id a moment ago. */
    private Optional<UserSnapshot> now(UserSnapshot before) {
        return services.users()
                .find(before.id())
                .or(() -> services.users()
                        .find(before.nick().text())
                        .filter(user -> isSameGuest(user.profile(), before.profile())));
    }

    private static boolean isSameGuest(Profile one, Profile other) {
        return one.guest().isKnown() && one.guest().equals(other.guest());
    }

    private static Refusal gone(Nick nick) {
        return new Refusal(Refusal.Reason.NO_SUCH_MEMBER, nick + " is not here any more", nick.text());
    }

    /** Enters a conversation that has been located; the client may be in it already, or be joining it. */
    private Membership enter(RoomDirectory.Found conversation, Nick nick) {
        Membership m = memberships.find(conversation.room()).orElseGet(() -> {
            Membership fresh = Membership.conversation(conversation.room(), nick, memberships.totals());
            memberships.add(fresh);
            return fresh;
        });
        carryOut(m, m.enter(conversation.ref(), nick));
        return m;
    }

    // Leaving

    void part(RoomName room, String text) {
        memberships
                .find(room)
                .ifPresent(m -> carryOut(
                        m,
                        m.part(text, new RoomActor.Leave(me.id(), Departure.PARTED, text, Optional.of(me.ref()), 0))));
    }

    /** Leaves all conversations: they belong to the ids that the two users had. */
    void endConversations() {
        for (Membership m : memberships.copy()) {
            if (m.room().isConversation()) {
                carryOut(m, m.abandon());
            }
        }
    }

    /**
     * Leaves all rooms, because the connection belongs to another user now.
     *
     * @return the rooms that it was in
     */
    List<RoomName> leaveAll() {
        List<Membership> all = memberships.copy();
        List<RoomName> left = all.stream()
                .filter(Membership::isMember)
                .map(Membership::room)
                .filter(room -> !room.isConversation())
                .toList();
        all.forEach(m -> carryOut(m, m.abandon()));
        return left;
    }

    /**
     * A room that the client watches has ended.
     *
     * @return its name
     */
    Optional<RoomName> ended(ActorRef<Void> room) {
        Optional<Membership> ended = memberships.findByEndedRoom(room);
        ended.ifPresent(m -> {
            m.ref().ifPresent(ref -> me.tell(new UserActor.RoomEnded(ref)));
            replies.forget(m.request());
            carryOut(m, m.roomEnded());
        });
        return ended.map(Membership::room);
    }

    // Locating

    /**
     * Locates a room for a question, whether the client is in it or not. A conversation answers only its members, so
     * the client enters it.
     *
     * @param then called at once or later
     */
    void reach(RoomName room, Consumer<RoomDirectory.Location> then) {
        Optional<Membership> m = memberships.find(room);
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
        if (memberships.contains(m)) {
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

    // Effects

    void carryOut(Membership m, List<MembershipEffect> effects) {
        if (!effects.isEmpty()) {
            effects.forEach(effect -> carryOut(m, effect));
        }
    }

    private void carryOut(Membership m, MembershipEffect effect) {
        if (effect instanceof Tell tell) {
            tell.ref().tell(tell.command());
        } else if (effect instanceof Locate locate) {
            m.requested(locate(locate.room(), locate.counted(), location -> located(m, location)));
        } else if (effect instanceof RetryLater) {
            work.after(RETRY, () -> carryOut(m, memberships.contains(m) ? m.retry() : List.of()));
        } else if (effect instanceof SubscribeLater later) {
            work.after(RETRY, () -> subscribeAgain(later));
        } else if (effect instanceof Watch watch) {
            context.watch(watch.ref());
        } else if (effect instanceof Unwatch unwatch) {
            context.unwatch(unwatch.ref());
        } else if (effect instanceof Join join) {
            join(m, join);
        } else if (effect instanceof JoinConversation join) {
            join.ref().tell(join(me.introduction(me.nick().orElse(m.nick())), me.ref()));
        } else if (effect instanceof Forget) {
            memberships.remove(m);
            replies.forget(m.request());
        } else {
            show(effect);
        }
    }

    private void subscribeAgain(SubscribeLater later) {
        if (me.user().flatMap(user -> user.place(later.room().room())).isPresent()) {
            subscribe(later.room(), later.fresh());
        }
    }

    private void join(Membership m, Join join) {
        Sender sender = Sender.next(me, replies);
        m.requested(sender.number());
        replies.expect(sender.number(), RoomReply.class, reply -> joinAnswered(m, reply));
        Optional<RoomActor.Back> back = join.since().map(since -> new RoomActor.Back(since, ranks(m), join.member()));
        join.ref()
                .tell(new RoomActor.Join(
                        me.introduction(join.nick()),
                        join.key(),
                        sender.ref(),
                        Delivery.BATCHED,
                        back,
                        sender.number(),
                        sender.replyTo()));
    }

    private Ranks ranks(Membership m) {
        return me.user().flatMap(user -> user.place(m.room())).map(Place::ranks).orElse(Ranks.NONE);
    }

    private void joinAnswered(Membership m, RoomReply reply) {
        if (memberships.contains(m) && reply instanceof RoomReply.Refused refused) {
            carryOut(m, m.joinRefused(refused));
        }
    }

    /** Joins a conversation, which refuses neither of its users. */
    private RoomActor.Join join(RoomActor.Identity user, ActorRef<RoomEvent> subscriber) {
        ActorRef<RoomReply> nobody = context.getSystem().ignoreRef();
        return new RoomActor.Join(user, "", subscriber, Delivery.BATCHED, Optional.empty(), 0, nobody);
    }

    /** Carries out effects that the client sees. */
    private void show(MembershipEffect effect) {
        if (effect instanceof Welcomed welcomed) {
            dialect.welcomed(welcomed.welcome(), welcomed.recent());
        } else if (effect instanceof ShowJoined joined) {
            EventBatch batch = EventBatch.joined(joined.welcome(), me.shown());
            dialect.show(batch, new Viewer(me.ref(), me.shown(), joined.nick()), true);
        } else if (effect instanceof ShowLeft left) {
            me.tell(new UserActor.NotPlaced(left.room()));
            Nick nick = me.nick().orElse(left.nick()); // the room does not publish a new nick any more
            EventBatch batch = EventBatch.left(left.room(), nick, me.shown(), left.text());
            dialect.show(batch, new Viewer(me.ref(), me.shown(), nick), true);
        } else if (effect instanceof Departed departed) {
            dialect.departed(departed.room());
        } else if (effect instanceof ShowGap gap) {
            dialect.gap(gap.gap());
        } else if (effect instanceof Refuse refuse) {
            refuse.outcome().refused(refuse.refused());
        } else if (effect instanceof RefuseRejoin refuse) {
            dialect.outcome().refused(refuse.refused());
        } else if (effect instanceof Doubt doubt) {
            doubt.outcome().inDoubt(doubt.doubt());
        } else if (effect instanceof Repeat repeat) {
            repeat.outcome().repeated(repeat.repeated());
        }
    }
}
