package io.teahouse.room.member;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.annotation.InternalApi;
import io.teahouse.room.Delivery;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The membership of an actor in a room, which everybody in the room sees. It is taken again whenever it is lost: after a failure of
 * the room at once and silently, otherwise after a while. Belongs to one actor, whose messages it wraps.
 */
@InternalApi
public final class Presence<C> {
    /** The number of the join; other commands have positive ones. */
    public static final long JOIN = 0;

    private static final Duration ENDED_PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** The seq of a member who has seen nothing of the room. */
    public static final long NOTHING_SEEN = -1;

    /**
     * Who the member is.
     *
     * @param id empty: that of an actor that gives none
     * @param observer receives how it stands in the room
     * @param pause how long it waits when it was refused
     * @param since the seq of the last event that it has seen, or {@link #NOTHING_SEEN}
     * @param followsRenames whether it stays in a room that gets another name
     */
    public record Person(
            Nick nick,
            Profile profile,
            Optional<UserId> id,
            Optional<ActorRef<MemberEvent>> observer,
            Duration pause,
            long since,
            boolean followsRenames) {}

    /** What the actor passes on to {@link #on}. */
    public sealed interface Signal {}

    private record Located(RoomDirectory.Location location) implements Signal {}

    private record Heard(RoomEvent event) implements Signal {}

    private record Answered(RoomReply reply) implements Signal {}

    private record Ended(ActorRef<RoomActor.Command> room) implements Signal {}

    private enum Again implements Signal {
        AGAIN
    }

    /** The actor. */
    public interface Owner {
        void entered(RoomEvent.Welcome welcome);

        /** Something happened in the room, also what the member did itself; or in a conversation with it. */
        void heard(RoomEvent event);

        /** The room answers a command other than the join. */
        void answered(RoomReply reply);

        /** The member is not in the room. */
        void absent(String why);

        /** It was not let in, or had to leave, so that another one may be in its place. It is {@link #absent} from now on. */
        default void refused() {}
    }

    private final ActorContext<C> context;
    private final TimerScheduler<C> timers;
    private final ActorRef<RoomDirectory.Command> rooms;
    private RoomName name;
    private final Person me;
    private final RoomActor.Identity identity;
    private final C again;
    private final Function<Signal, C> wrap;
    private final ActorRef<RoomDirectory.Location> located;
    private final ActorRef<RoomEvent> events;
    private final ActorRef<RoomReply> replies;
    private Optional<ActorRef<RoomActor.Command>> room = Optional.empty();

    /** The last one that the member wanted to enter. */
    private Optional<ActorRef<RoomActor.Command>> asked = Optional.empty();

    private Optional<ActorRef<RoomActor.Command>> watched = Optional.empty();
    private long seen;
    private Ranks ranks = Ranks.NONE;
    private boolean wasIn;

    /** Is in no room before {@link #enter}. */
    public Presence(
            ActorContext<C> context,
            TimerScheduler<C> timers,
            ActorRef<RoomDirectory.Command> rooms,
            RoomName name,
            Person me,
            Function<Signal, C> wrap) {
        this.context = context;
        this.timers = timers;
        this.rooms = rooms;
        this.name = name;
        this.me = me;
        this.seen = me.since;
        this.wrap = wrap;
        this.again = wrap.apply(Again.AGAIN);
        this.located = context.messageAdapter(RoomDirectory.Location.class, it -> wrap.apply(new Located(it)));
        this.events = context.messageAdapter(RoomEvent.class, it -> wrap.apply(new Heard(it)));
        this.replies = context.messageAdapter(RoomReply.class, it -> wrap.apply(new Answered(it)));
        UserId id = me.id.orElseGet(() -> UserId.of(events));
        this.identity = new RoomActor.Identity(id, me.nick, me.profile.withGuest(id), false, events, me.observer);
    }

    public void enter() {
        rooms.tell(new RoomDirectory.Locate(name, located));
        timers.startSingleTimer(again, ANSWER_TIMEOUT);
    }

    /** The room, while the member is in it. */
    public Optional<ActorRef<RoomActor.Command>> room() {
        return room;
    }

    /** The member, as the room knows it. */
    public ActorRef<RoomEvent> self() {
        return events;
    }

    public ActorRef<RoomReply> replies() {
        return replies;
    }

    /** The name of the room. */
    public RoomName name() {
        return name;
    }

    /** The member has these ranks now, and keeps them when the room fails. */
    public void ranks(Ranks now) {
        ranks = now;
    }

    /** Whether the member caused it. */
    public boolean isOwn(RoomEvent event) {
        return (event instanceof RoomEvent.Deed deed && deed.by().sameAs(me.nick))
                || (event instanceof RoomEvent.Joined joined && joined.nick().sameAs(me.nick));
    }

    public void on(Signal signal, Owner owner) {
        if (signal instanceof Located located) {
            join(located.location, owner);
        } else if (signal instanceof Heard heard) {
            hear(heard.event, owner);
        } else if (signal instanceof Answered answered) {
            answer(answered.reply, owner);
        } else if (signal instanceof Ended ended) {
            ended(ended.room, owner);
        } else if (room.isEmpty()) {
            enter();
        }
    }

    private void ended(ActorRef<RoomActor.Command> ended, Owner owner) {
        if (watched.filter(ended::equals).isEmpty()) {
            return;
        }
        watched = Optional.empty();
        if (room.isPresent()) {
            room = Optional.empty();
            owner.absent("the room was closed");
            enter();
        } else { // the directory has not noticed yet that it has ended
            timers.startSingleTimer(again, ENDED_PAUSE);
        }
    }

    private void watch(ActorRef<RoomActor.Command> ref) {
        if (watched.filter(ref::equals).isEmpty()) {
            watched.ifPresent(context::unwatch);
            watched = Optional.of(ref);
            context.watchWith(ref, wrap.apply(new Ended(ref)));
        }
    }

    private void join(RoomDirectory.Location location, Owner owner) {
        if (location instanceof RoomDirectory.Found found && room.isEmpty()) {
            Optional<RoomActor.Back> back = seen == NOTHING_SEEN
                    ? Optional.empty()
                    : Optional.of(new RoomActor.Back(seen, ranks, false, !wasIn));
            asked = Optional.of(found.ref());
            watch(found.ref());
            found.ref().tell(new RoomActor.Join(identity, "", events, Delivery.EACH, back, JOIN, replies));
        } else if (location instanceof RoomDirectory.NotFound missing) {
            retryLater(missing.refusal().text(), owner);
        }
    }

    private void hear(RoomEvent event, Owner owner) {
        if (event.room().isConversation()) {
            owner.heard(event);
            return;
        }
        if (event instanceof RoomEvent.Welcome welcome) {
            timers.cancel(again);
            room = Optional.of(welcome.self());
            watch(welcome.self());
            seen = seen == NOTHING_SEEN ? welcome.seq() : seen; // what was missed comes next
            wasIn = true;
            owner.entered(welcome);
            return;
        }
        if (event instanceof RoomEvent.Recorded recorded) {
            seen = recorded.seq();
        }
        owner.heard(event);
        if (event instanceof RoomEvent.Left left && left.nick().sameAs(me.nick)) {
            leave();
            retryLater(left.by() + " made " + me.nick + " leave", owner);
        } else if (event instanceof RoomEvent.RoomRenamed renamed && me.followsRenames) {
            name = renamed.to();
        } else if (event instanceof RoomEvent.RoomRenamed renamed
                && !renamed.to().key().equals(name.key())) {
            end();
            leave();
            owner.absent("the room is called " + renamed.to() + " now");
            enter();
        }
    }

    /**
     * Leaves the room, or does not come in. Takes effect before whatever comes to the room later. A service stays as long as
     * it has subscribers of other nodes.
     */
    public void end() {
        end("");
    }

    /** The same with parting words. */
    public void end(String text) {
        RoomActor.Command leave = identity.id().isService()
                ? new RoomActor.Unsubscribe(events)
                : new RoomActor.Leave(identity.id(), RoomEvent.Departure.PARTED, text, Optional.of(events), 0);
        asked.ifPresent(it -> it.tell(leave));
    }

    private void leave() {
        watched.ifPresent(context::unwatch);
        watched = Optional.empty();
        room = Optional.empty();
        seen = NOTHING_SEEN;
        wasIn = false;
        ranks = Ranks.NONE;
    }

    private void answer(RoomReply reply, Owner owner) {
        if (reply.number() != JOIN) {
            owner.answered(reply);
        } else if (reply instanceof RoomReply.Refused refused && room.isEmpty()) {
            if (refused.refusal().reason() == Refusal.Reason.NOT_A_MEMBER) {
                leave(); // removed in the meantime: it enters as a newcomer
            }
            retryLater(refused.refusal().text(), owner);
        }
    }

    private void retryLater(String why, Owner owner) {
        timers.startSingleTimer(again, me.pause);
        owner.refused();
        owner.absent(why);
    }
}
