package io.teahouse.user;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.Delivery;
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
import java.util.List;
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

        /** The numbers of the commands that the room has not answered. */
        List<Long> unanswered = List.of();

        /** The room has failed, or was closed, and is still to be joined again. */
        boolean ended;

        Membership(ActorRef<RoomActor.Command> ref, RoomName room, Nick nick, long seen) {
            this.ref = ref;
            this.room = room;
            this.nick = nick;
            this.seen = seen;
        }
    }

    /** What several rooms have been asked. */
    private static final class Round {
        private final Runnable done;
        private int unanswered;
        private Optional<Cancellable> timer = Optional.empty();

        Round(int rooms, Runnable done) {
            this.unanswered = rooms;
            this.done = done;
        }

        void answered() {
            unanswered--;
            if (unanswered == 0) {
                timer.ifPresent(Cancellable::cancel);
                done.run();
            }
        }

        void expired() {
            if (unanswered > 0) {
                unanswered = 0;
                done.run();
            }
        }
    }

    private final ActorContext<Object> context;
    private final PendingReplies replies;
    private final Duration answerTimeout;
    private final List<Membership> all = new ArrayList<>(1);

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
                    .tell(new RoomActor.Join(
                            user,
                            "",
                            Optional.empty(),
                            Delivery.BATCHED,
                            Optional.of(new RoomActor.Back(-1, Ranks.NONE, true)),
                            0,
                            context.getSystem().ignoreRef()));
        }
    }

    /** What the user knows that room as. */
    Optional<RoomName> name(ActorRef<RoomActor.Command> room) {
        return find(room).map(found -> found.room);
    }

    /** A room has ended: it answers nothing any more. It is joined again, by the connections if there are any. */
    Optional<UserRoom> ended(ActorRef<?> room) {
        Optional<Membership> ended = find(room);
        ended.ifPresent(found -> {
            found.ended = true;
            List<Long> numbers = found.unanswered;
            found.unanswered = List.of();
            numbers.forEach(number -> replies.answered(number, new RoomReply.Done(found.room, number)));
        });
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

    /** A connection was shown that much. True: no other one had been. */
    boolean seen(List<UserRoom> rooms) {
        boolean more = false;
        for (UserRoom room : rooms) {
            Optional<Membership> behind = find(room.room()).filter(found -> found.seen < room.since());
            behind.ifPresent(found -> found.seen = room.since());
            more |= behind.isPresent();
        }
        return more;
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
        Round round = new Round(rooms.size(), done);
        round.timer = Optional.of(context.scheduleOnce(answerTimeout, context.getSelf(), new Continue(round::expired)));
        for (Membership each : rooms) {
            long number = replies.nextNumber();
            each.unanswered =
                    Stream.concat(each.unanswered.stream(), Stream.of(number)).toList();
            replies.expect(number, RoomReply.class, reply -> {
                each.unanswered = each.unanswered.stream()
                        .filter(other -> other != number)
                        .toList();
                answered.accept(each, reply);
                round.answered();
            });
            each.ref.tell(command.apply(number, context.getSelf().narrow()));
        }
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
