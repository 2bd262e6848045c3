package io.teahouse.user;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rooms and conversations that one user is a member of, as the rooms say. Belongs to a {@link UserActor}. */
final class UserRooms {
    /** A step that the user's actor takes when a timer fires or a future completes. Never leaves the actor. */
    record Continue(Runnable step) {}

    private static final class Membership {
        final ActorRef<RoomActor.Command> ref;
        RoomName room;

        /** The nick by which the room knows the user. */
        Nick nick;

        /** The seq of the last event of the room that the user was shown. Kept for the time without a connection. */
        long seen;

        /** The room has failed or was closed, and the user has not rejoined it yet. */
        boolean ended;

        Membership(ActorRef<RoomActor.Command> ref, RoomName room, Nick nick, long seen) {
            this.ref = ref;
            this.room = room;
            this.nick = nick;
            this.seen = seen;
        }
    }

    /** One change that rooms have been told of. */
    private static final class Round {
        /** The rooms that have not answered, by the numbers of their commands. */
        final Map<Long, Membership> unanswered = new HashMap<>(2);

        /** Until then it waits for answers, by {@link System#nanoTime}. */
        final long deadline;

        /** Runs when all rooms have answered, or at the deadline; empty: it has run. */
        Optional<Runnable> done;

        /** Set only for the oldest round that waits. */
        Optional<Cancellable> timer = Optional.empty();

        Round(Duration timeout, Runnable done) {
            this.deadline = System.nanoTime() + timeout.toNanos();
            this.done = Optional.of(done);
        }

        Duration timeLeft() {
            return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        }
    }

    private final ActorContext<Object> context;
    private final PendingReplies replies;
    private final Duration answerTimeout;
    private List<Membership> all = List.of();

    /** The rounds that some room has not answered, the oldest first. */
    private List<Round> rounds = List.of();

    UserRooms(ActorContext<Object> context, PendingReplies replies, Duration answerTimeout) {
        this.context = context;
        this.replies = replies;
        this.answerTimeout = answerTimeout;
    }

    // Where the user is

    /**
     * A room says that the user is a member. True: it had not said so before.
     *
     * @param restored the seq up to which the user has seen it, if they were there before this actor was
     */
    boolean placed(MemberEvent.Placed placed, Optional<Long> restored) {
        Optional<Membership> known = find(placed.self());
        if (known.isPresent()) {
            known.get().room = placed.room();
            return false;
        }
        long seen = find(placed.room())
                .map(before -> before.seen)
                .or(() -> restored)
                .orElse(placed.seq());
        remove(placed.room()); // it had failed and was opened again
        add(new Membership(placed.self(), placed.room(), placed.nick(), seen));
        return true;
    }

    /** Most users are in few rooms, and lists of one or two are the smallest. */
    private void add(Membership membership) {
        all = List.copyOf(Stream.concat(all.stream(), Stream.of(membership)).toList());
    }

    /** Whether there were any. */
    private boolean removeIf(Predicate<Membership> unwanted) {
        int before = all.size();
        all = List.copyOf(all.stream().filter(unwanted.negate()).toList());
        return all.size() < before;
    }

    boolean isIn(RoomName room) {
        return find(room).isPresent();
    }

    /** The name by which the user knows the room. */
    Optional<RoomName> name(ActorRef<RoomActor.Command> room) {
        return find(room).map(found -> found.room);
    }

    /**
     * A room has ended and will not answer. The connections rejoin it, or this actor if there are none.
     *
     * @return the room, if the user is a member
     */
    Optional<UserRoom> ended(ActorRef<?> room) {
        rounds.stream()
                .flatMap(round -> round.unanswered.entrySet().stream())
                .filter(each -> each.getValue().ref.equals(room))
                .toList()
                .forEach(each ->
                        replies.answered(each.getKey(), new RoomReply.Done(each.getValue().room, each.getKey())));
        Optional<Membership> ended = find(room);
        ended.ifPresent(found -> found.ended = true);
        return ended.map(found -> new UserRoom(found.room, found.seen));
    }

    /** Watches all rooms from now on, for a user without connections. */
    void watch() {
        all.forEach(each -> context.watch(each.ref));
    }

    void unwatch() {
        all.forEach(each -> context.unwatch(each.ref));
    }

    boolean removed(ActorRef<RoomActor.Command> room) {
        return removeIf(each -> each.ref.equals(room));
    }

    void remove(RoomName room) {
        removeIf(each -> each.room.key().equals(room.key()));
    }

    private Optional<Membership> find(ActorRef<?> room) {
        return all.stream().filter(each -> each.ref.equals(room)).findFirst();
    }

    private Optional<Membership> find(RoomName room) {
        return all.stream().filter(each -> each.room.key().equals(room.key())).findFirst();
    }

    /** For a further connection: its rooms, from now on. */
    List<UserRoom> current() {
        return all.stream().map(each -> new UserRoom(each.room, -1)).toList();
    }

    /** For the first connection after an absence: its rooms, and what it has missed. */
    List<UserRoom> missed() {
        return all.stream().map(each -> new UserRoom(each.room, each.seen)).toList();
    }

    /** A connection was shown the events of these rooms up to {@link UserRoom#since}. */
    void seen(List<UserRoom> rooms) {
        for (UserRoom room : rooms) {
            find(room.room()).ifPresent(found -> found.seen = Math.max(found.seen, room.since()));
        }
    }

    /** The memberships as they are stored, without conversations. */
    List<AlwaysOnUsers.Membership> memberships(UserSnapshot user) {
        return all.stream()
                .filter(each -> !each.room.isConversation())
                .map(each -> new AlwaysOnUsers.Membership(
                        each.room, user.place(each.room).map(Place::ranks).orElse(Ranks.NONE), each.seen))
                .toList();
    }

    // What rooms are told

    /**
     * Renames the user in all rooms that know them by another nick.
     *
     * @param refused is told when a room refuses
     * @param done runs when all have answered, or not in time
     */
    void rename(UserId user, Nick to, long cause, Consumer<RoomReply.Refused> refused, Runnable done) {
        List<Membership> others =
                all.stream().filter(each -> !each.nick.equals(to)).toList();
        tell(
                others,
                (number, replyTo) -> new RoomActor.Rename(user, to, cause, number, replyTo),
                (room, reply) -> {
                    if (reply instanceof RoomReply.Refused no) {
                        refused.accept(no);
                    } else {
                        room.nick = to;
                    }
                },
                done);
    }

    /**
     * Tells all rooms, but no conversations, about a change of the user.
     *
     * @param command makes the command for one room from a number and the actor to be answered
     * @param done runs when all have answered, or not in time
     */
    void tell(BiFunction<Long, ActorRef<RoomReply>, RoomActor.Asking> command, Runnable done) {
        tell(all, command, (room, reply) -> {}, done);
    }

    private void tell(
            List<Membership> those,
            BiFunction<Long, ActorRef<RoomReply>, RoomActor.Asking> command,
            BiConsumer<Membership, RoomReply> answered,
            Runnable done) {
        List<Membership> rooms = those.stream()
                .filter(each -> !each.ended && !each.room.isConversation())
                .toList();
        if (rooms.isEmpty()) {
            done.run();
            return;
        }
        Round round = new Round(answerTimeout, done);
        rounds = Stream.concat(rounds.stream(), Stream.of(round)).toList();
        for (Membership each : rooms) {
            long number = replies.nextNumber();
            round.unanswered.put(number, each);
            replies.expect(number, RoomReply.class, reply -> {
                round.unanswered.remove(number);
                answered.accept(each, reply);
                if (round.unanswered.isEmpty()) {
                    rounds = rounds.stream().filter(other -> other != round).toList();
                    end(round);
                }
            });
            each.ref.tell(command.apply(number, context.getSelf().narrow()));
        }
        setTimer();
    }

    private void end(Round round) {
        Optional<Runnable> done = round.done;
        round.done = Optional.empty();
        round.timer.ifPresent(Cancellable::cancel);
        setTimer();
        done.ifPresent(Runnable::run);
    }

    /** For the oldest round that waits: the others have later deadlines. */
    private void setTimer() {
        rounds.stream()
                .filter(round -> round.done.isPresent())
                .findFirst()
                .filter(round -> round.timer.isEmpty())
                .ifPresent(round -> round.timer = Optional.of(
                        context.scheduleOnce(round.timeLeft(), context.getSelf(), new Continue(() -> end(round)))));
    }

    /** Sends a command that needs no answer to all rooms and conversations. */
    void tell(RoomActor.Command command) {
        all.forEach(each -> each.ref.tell(command));
    }

    void unsubscribe(ActorRef<RoomEvent> subscriber) {
        tell(new RoomActor.Unsubscribe(subscriber));
    }

    /** A conversation belongs to the nick or account that the user had in it; with another one, a new conversation begins. */
    void leaveConversations(UserId user) {
        all.stream()
                .filter(each -> each.room.isConversation())
                .forEach(each -> each.ref.tell(new RoomActor.Leave(user, Departure.PARTED, "", 0)));
        removeIf(each -> each.room.isConversation());
    }
}
