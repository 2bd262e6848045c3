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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The rooms and conversations that one user is a member of, as the rooms say. Belongs to a {@link UserActor}. */
final class UserRooms {
    /** A time is up, or an answer is there. Stays within the user's actor. */
    record Continue(Runnable step) {}

    private static final class Membership {
        final ActorRef<RoomActor.Command> ref;
        RoomName room;

        /** What the room knows the user by. */
        Nick nick;

        /** The seq up to which the user has been shown what happened there, for one who has no connection. */
        long seen;

        /** The room has failed, or was closed, and is still to be joined again. */
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
    private final List<Membership> all = new ArrayList<>(1);

    /** The rounds that some room has not answered, the oldest first. */
    private List<Round> rounds = List.of();

    UserRooms(ActorContext<Object> context, PendingReplies replies, Duration answerTimeout) {
        this.context = context;
        this.replies = replies;
        this.answerTimeout = answerTimeout;
    }

    // Where the user is

    /**
     * A room says that the user is there. True: it had not said so before.
     *
     * @param restored the seq up to which the user had seen it before the server was restarted
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
        all.add(new Membership(placed.self(), placed.room(), placed.nick(), seen));
        return true;
    }

    /** Becomes the owner of memberships that another actor had, in the name of the same user. */
    void adopt(List<UserRoom> memberships, RoomActor.Identity user) {
        for (UserRoom each : memberships) {
            all.add(new Membership(each.ref(), each.room(), user.nick(), each.since()));
            each.ref()
                    .tell(RoomActor.Join.away(
                            user,
                            new RoomActor.Back(-1, Ranks.NONE, true),
                            0,
                            context.getSystem().ignoreRef()));
        }
    }

    /** What the user knows that room as. */
    Optional<RoomName> name(ActorRef<RoomActor.Command> room) {
        return find(room).map(found -> found.room);
    }

    /**
     * A room has ended and answers nothing any more. It is joined again, by the connections if there are any.
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
        return ended.map(found -> new UserRoom(found.room, found.ref, found.seen));
    }

    /** Watches all rooms from now on, for a user without connections. */
    void watch() {
        all.forEach(each -> context.watch(each.ref));
    }

    void unwatch() {
        all.forEach(each -> context.unwatch(each.ref));
    }

    boolean removed(ActorRef<RoomActor.Command> room) {
        return all.removeIf(each -> each.ref.equals(room));
    }

    void remove(RoomName room) {
        all.removeIf(each -> each.room.key().equals(room.key()));
    }

    private Optional<Membership> find(ActorRef<?> room) {
        return all.stream().filter(each -> each.ref.equals(room)).findFirst();
    }

    private Optional<Membership> find(RoomName room) {
        return all.stream().filter(each -> each.room.key().equals(room.key())).findFirst();
    }

    /** For a connection that comes beside others. */
    List<UserRoom> current() {
        return all.stream().map(each -> new UserRoom(each.room, each.ref, -1)).toList();
    }

    /** For a connection that comes when there was none. */
    List<UserRoom> missed() {
        return all.stream()
                .map(each -> new UserRoom(each.room, each.ref, each.seen))
                .toList();
    }

    /** A connection was shown that much. */
    void seen(List<UserRoom> rooms) {
        for (UserRoom room : rooms) {
            find(room.room()).ifPresent(found -> found.seen = Math.max(found.seen, room.since()));
        }
    }

    /** What is stored of each; conversations left out. */
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
     * Tells all rooms, conversations left out, about the user.
     *
     * @param command made for each room, with a number and the one who is answered
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

    /** Tells all rooms and conversations something that they do not answer. */
    void tell(RoomActor.Command command) {
        all.forEach(each -> each.ref.tell(command));
    }

    void unsubscribe(ActorRef<RoomEvent> subscriber) {
        tell(new RoomActor.Unsubscribe(subscriber));
    }

    /** Conversations are between the users that two people were: with another nick or account, others begin. */
    void leaveConversations(UserId user) {
        all.stream()
                .filter(each -> each.room.isConversation())
                .forEach(each -> each.ref.tell(new RoomActor.Leave(user, Departure.PARTED, "", 0)));
        all.removeIf(each -> each.room.isConversation());
    }
}
