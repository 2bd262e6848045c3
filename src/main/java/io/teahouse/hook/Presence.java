package io.teahouse.hook;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.teahouse.room.Delivery;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A hook's membership in a room, which everybody in the room sees. It is taken again whenever it is lost: after a failure of the
 * room at once and silently, otherwise after a while. Belongs to one actor, whose messages it wraps.
 */
final class Presence<C> {
    /** The number of the join; other commands have positive ones. */
    static final long JOIN = 0;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(30);
    private static final long NOTHING_SEEN = -1;

    /** What the actor passes on to {@link #on}. */
    sealed interface Signal {}

    private record Located(RoomDirectory.Location location) implements Signal {}

    private record Heard(RoomEvent event) implements Signal {}

    private record Answered(RoomReply reply) implements Signal {}

    private record Ended(ActorRef<RoomActor.Command> room) implements Signal {}

    private enum Again implements Signal {
        AGAIN
    }

    /** The actor. */
    interface Owner {
        void entered(RoomEvent.Welcome welcome);

        /** Something happened in the room, also what the hook did itself. */
        void heard(RoomEvent event);

        /** The room answers a command other than the join. */
        void answered(RoomReply reply);

        /** The hook is not in the room. */
        void absent(String why);
    }

    private final ActorContext<C> context;
    private final TimerScheduler<C> timers;
    private final ActorRef<RoomDirectory.Command> rooms;
    private final RoomName name;
    private final Nick nick;
    private final Profile profile;
    private final C again;
    private final Function<Signal, C> wrap;
    private final ActorRef<RoomDirectory.Location> located;
    private final ActorRef<RoomEvent> events;
    private final ActorRef<RoomReply> replies;
    private Optional<ActorRef<RoomActor.Command>> room = Optional.empty();
    private long seen = NOTHING_SEEN;

    /**
     * Is in no room before {@link #enter}.
     *
     * @param hook its id, which members see as its real name
     */
    Presence(
            ActorContext<C> context,
            TimerScheduler<C> timers,
            ActorRef<RoomDirectory.Command> rooms,
            RoomName name,
            Nick nick,
            String hook,
            Function<Signal, C> wrap) {
        this.context = context;
        this.timers = timers;
        this.rooms = rooms;
        this.name = name;
        this.nick = nick;
        this.profile = new Profile("hook", "local", "webhook " + hook, "", "", true);
        this.wrap = wrap;
        this.again = wrap.apply(Again.AGAIN);
        this.located = context.messageAdapter(RoomDirectory.Location.class, it -> wrap.apply(new Located(it)));
        this.events = context.messageAdapter(RoomEvent.class, it -> wrap.apply(new Heard(it)));
        this.replies = context.messageAdapter(RoomReply.class, it -> wrap.apply(new Answered(it)));
    }

    void enter() {
        rooms.tell(new RoomDirectory.Locate(name, located));
        timers.startSingleTimer(again, ANSWER_TIMEOUT);
    }

    /** The room, while the hook is in it. */
    Optional<ActorRef<RoomActor.Command>> room() {
        return room;
    }

    /** The hook as a member. */
    ActorRef<RoomEvent> self() {
        return events;
    }

    ActorRef<RoomReply> replies() {
        return replies;
    }

    /** Whether the hook caused it. */
    boolean isOwn(RoomEvent event) {
        return (event instanceof RoomEvent.Deed deed && deed.by().sameAs(nick))
                || (event instanceof RoomEvent.Joined joined && joined.nick().sameAs(nick));
    }

    void on(Signal signal, Owner owner) {
        if (signal instanceof Located located) {
            join(located.location, owner);
        } else if (signal instanceof Heard heard) {
            hear(heard.event, owner);
        } else if (signal instanceof Answered answered) {
            answer(answered.reply, owner);
        } else if (signal instanceof Ended ended) {
            if (room.filter(ended.room::equals).isPresent()) {
                room = Optional.empty();
                owner.absent("the room was closed");
                enter();
            }
        } else if (room.isEmpty()) {
            enter();
        }
    }

    private void join(RoomDirectory.Location location, Owner owner) {
        if (location instanceof RoomDirectory.Found found && room.isEmpty()) {
            Optional<RoomActor.Back> back =
                    seen == NOTHING_SEEN ? Optional.empty() : Optional.of(new RoomActor.Back(seen, Ranks.NONE));
            found.ref().tell(new RoomActor.Join(nick, profile, "", events, Delivery.EACH, back, false, JOIN, replies));
        } else if (location instanceof RoomDirectory.NotFound missing) {
            retryLater(missing.refusal().text(), owner);
        }
    }

    private void hear(RoomEvent event, Owner owner) {
        if (event instanceof RoomEvent.Welcome welcome) {
            timers.cancel(again);
            room = Optional.of(welcome.self());
            context.watchWith(welcome.self(), wrap.apply(new Ended(welcome.self())));
            seen = welcome.seq();
            owner.entered(welcome);
            return;
        }
        if (event instanceof RoomEvent.Recorded recorded) {
            seen = recorded.seq();
        }
        owner.heard(event);
        if (event instanceof RoomEvent.Left left && left.nick().sameAs(nick)) {
            leave();
            retryLater(left.by() + " made the hook leave", owner);
        } else if (event instanceof RoomEvent.RoomRenamed renamed
                && !renamed.to().key().equals(name.key())) {
            room.ifPresent(it -> it.tell(new RoomActor.Leave(events, RoomEvent.Departure.PARTED, "")));
            leave();
            owner.absent("the room is called " + renamed.to() + " now");
            enter();
        }
    }

    private void leave() {
        room.ifPresent(context::unwatch);
        room = Optional.empty();
        seen = NOTHING_SEEN;
    }

    private void answer(RoomReply reply, Owner owner) {
        if (reply.number() != JOIN) {
            owner.answered(reply);
        } else if (reply instanceof RoomReply.Refused refused && room.isEmpty()) {
            retryLater(refused.refusal().text(), owner);
        }
    }

    private void retryLater(String why, Owner owner) {
        timers.startSingleTimer(again, REFUSED_PAUSE);
        owner.absent(why);
    }
}
