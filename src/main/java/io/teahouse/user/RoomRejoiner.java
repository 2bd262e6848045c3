package io.teahouse.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.Delivery;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Joins rooms again for a user without a connection that would do it: after a restart of the server, or when a room has
 * failed. A room that cannot be opened is tried again, less and less often. Belongs to a {@link UserActor}.
 */
final class RoomRejoiner {
    private static final class Pending {
        final AlwaysOnUsers.Membership membership;

        /** From before the server was restarted: nobody else knows of it. */
        final boolean restored;

        Optional<ActorRef<RoomActor.Command>> ref = Optional.empty();
        long number;
        Duration delay = FIRST_DELAY;
        boolean tried;

        Pending(AlwaysOnUsers.Membership membership, boolean restored) {
            this.membership = membership;
            this.restored = restored;
        }
    }

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final ActorContext<Object> context;
    private final PendingReplies replies;
    private final RecipientRef<RoomDirectory.Command> rooms;
    private final Supplier<RoomActor.Identity> user;
    private final BooleanSupplier isAbsent;
    private final Consumer<RoomName> refused;
    private final Runnable settled;
    private final List<Pending> pending = new ArrayList<>(0);
    private boolean reported = true;

    /**
     * @param isAbsent whether the user has no connection; otherwise their connections join rooms that fail
     * @param refused told of a room that does not let the user in
     * @param settled runs when every room from before the restart has let the user in, or could not be opened for now
     */
    RoomRejoiner(
            ActorContext<Object> context,
            PendingReplies replies,
            RecipientRef<RoomDirectory.Command> rooms,
            Supplier<RoomActor.Identity> user,
            BooleanSupplier isAbsent,
            Consumer<RoomName> refused,
            Runnable settled) {
        this.context = context;
        this.replies = replies;
        this.rooms = rooms;
        this.user = user;
        this.isAbsent = isAbsent;
        this.refused = refused;
        this.settled = settled;
    }

    /** The server has restarted: the user was in these rooms. They are joined by {@link #start}. */
    void restore(List<AlwaysOnUsers.Membership> memberships) {
        reported = false;
        memberships.forEach(each -> pending.add(new Pending(each, true)));
    }

    /** The user is in the directory now: joins the rooms from before the restart, if there are any. */
    void start() {
        pending.stream().filter(each -> each.restored && !each.tried).toList().forEach(this::locate);
        settle();
    }

    /** A room has failed. */
    void rejoin(RoomName room, Ranks ranks) {
        Pending failed = new Pending(new AlwaysOnUsers.Membership(room, ranks, -1), false);
        pending.add(failed);
        locate(failed);
    }

    private void locate(Pending each) {
        each.number = replies.nextNumber();
        replies.expect(each.number, RoomDirectory.Location.class, location -> {
            if (location instanceof RoomDirectory.Found found) {
                join(each, found);
            } else {
                retry(each);
            }
        });
        rooms.tell(new RoomDirectory.Locate(
                each.membership.room(),
                Optional.empty(),
                each.number,
                context.getSelf().narrow()));
    }

    private void join(Pending each, RoomDirectory.Found found) {
        each.number = replies.nextNumber();
        each.ref = Optional.of(found.ref());
        replies.expect(each.number, RoomReply.class, reply -> refused(each, reply));
        context.watch(found.ref());
        found.ref()
                .tell(new RoomActor.Join(
                        user.get(),
                        "",
                        Optional.empty(),
                        Delivery.BATCHED,
                        Optional.of(new RoomActor.Back(-1, each.membership.ranks())),
                        each.number,
                        context.getSelf().narrow()));
    }

    private void refused(Pending each, RoomReply reply) {
        if (reply instanceof RoomReply.Refused no && no.refusal().reason() == Refusal.Reason.STORE_AWAY) {
            retry(each);
        } else {
            pending.remove(each);
            refused.accept(each.membership.room());
            settle();
        }
    }

    private void retry(Pending each) {
        each.tried = true;
        each.ref = Optional.empty();
        context.scheduleOnce(each.delay, context.getSelf(), new UserRooms.Continue(() -> {
            if (each.restored || isAbsent.getAsBoolean()) {
                locate(each);
            } else {
                pending.remove(each);
            }
        }));
        Duration next = each.delay.multipliedBy(2);
        each.delay = next.compareTo(LONGEST_DELAY) < 0 ? next : LONGEST_DELAY;
        settle();
    }

    private void settle() {
        if (!reported && pending.stream().allMatch(each -> !each.restored || each.tried)) {
            reported = true;
            settled.run();
        }
    }

    /** A room has ended before it has let the user in. False: nobody is waiting for it. */
    boolean ended(ActorRef<?> room) {
        Optional<Pending> waiting = pending.stream()
                .filter(each ->
                        each.ref.filter(ref -> ref.path().equals(room.path())).isPresent())
                .findFirst();
        waiting.ifPresent(each -> {
            replies.forget(each.number);
            retry(each);
        });
        return waiting.isPresent();
    }

    /**
     * The user is in a room.
     *
     * @return the seq up to which they have seen it, if they were there before the restart
     */
    Optional<Long> placed(MemberEvent.Placed placed) {
        Optional<Pending> joined = pending.stream()
                .filter(each -> each.ref.filter(placed.self()::equals).isPresent()
                        || each.membership.room().key().equals(placed.room().key()))
                .findFirst();
        joined.ifPresent(each -> {
            replies.forget(each.number);
            pending.remove(each);
            settle();
        });
        return joined.filter(each -> each.restored).map(each -> Math.min(each.membership.seen(), placed.seq()));
    }

    /** The rooms from before the restart that have not let the user in yet. */
    List<AlwaysOnUsers.Membership> restored() {
        return pending.stream()
                .filter(each -> each.restored)
                .map(each -> each.membership)
                .toList();
    }
}
