package io.teahouse.user;

import akka.actor.typed.ActorRef;
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

/**
 * Rejoins rooms for a user who has no connection to do so: after a restart of the server, or when a room has failed. While a
 * room cannot be opened, it tries again with growing delays. Belongs to a {@link UserActor}.
 */
final class RoomRejoiner {
    private static final class Pending {
        final AlwaysOnUsers.Membership membership;

        /** The membership is from before a restart of the server, and nobody else knows of it. */
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

    private final UserState user;
    private final List<Pending> pending = new ArrayList<>(0);

    /** The supervisor has been told that the rooms from before the restart are joined. */
    private boolean reported = true;

    RoomRejoiner(UserState user) {
        this.user = user;
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
        each.number = user.replies().nextNumber();
        user.replies().expect(each.number, RoomDirectory.Location.class, location -> {
            if (location instanceof RoomDirectory.Found found) {
                join(each, found.ref());
            } else {
                retry(each);
            }
        });
        user.services()
                .rooms()
                .tell(new RoomDirectory.Locate(
                        each.membership.room(),
                        Optional.empty(),
                        each.number,
                        user.context().getSelf().narrow()));
    }

    private void join(Pending each, ActorRef<RoomActor.Command> room) {
        each.number = user.replies().nextNumber();
        each.ref = Optional.of(room);
        user.replies().expect(each.number, RoomReply.class, reply -> refused(each, reply));
        user.context().watch(room);
        room.tell(RoomActor.Join.away(
                user.online().identity(),
                new RoomActor.Back(-1, each.membership.ranks(), false, each.restored),
                each.number,
                user.context().getSelf().narrow()));
    }

    private void refused(Pending each, RoomReply reply) {
        if (reply instanceof RoomReply.Refused no && no.refusal().reason() == Refusal.Reason.STORE_AWAY) {
            retry(each);
        } else {
            pending.remove(each);
            user.notPlaced(each.membership.room());
            settle();
        }
    }

    private void retry(Pending each) {
        each.tried = true;
        each.ref = Optional.empty();
        UserRooms.Continue again = new UserRooms.Continue(() -> {
            if (each.restored || user.connections().isEmpty()) {
                locate(each);
            } else { // the connections join it
                pending.remove(each);
            }
        });
        user.context().scheduleOnce(each.delay, user.context().getSelf(), again);
        Duration next = each.delay.multipliedBy(2);
        each.delay = next.compareTo(LONGEST_DELAY) < 0 ? next : LONGEST_DELAY;
        settle();
    }

    private void settle() {
        if (!reported && pending.stream().allMatch(each -> !each.restored || each.tried)) {
            reported = true;
            user.supervisor().tell(new UserSupervisor.Settled(user.self()));
        }
    }

    /** A room has ended. True: it had not let the user in yet, and will be tried again. */
    boolean ended(ActorRef<?> room) {
        Optional<Pending> waiting = pending.stream()
                .filter(each ->
                        each.ref.filter(ref -> ref.path().equals(room.path())).isPresent())
                .findFirst();
        waiting.ifPresent(each -> {
            user.replies().forget(each.number);
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
            user.replies().forget(each.number);
            pending.remove(each);
            settle();
        });
        return joined.filter(each -> each.restored).map(each -> Math.min(each.membership.seen(), placed.seq()));
    }

    /** The memberships from before the restart that the user has not got back yet. */
    List<AlwaysOnUsers.Membership> restored() {
        return pending.stream()
                .filter(each -> each.restored)
                .map(each -> each.membership)
                .toList();
    }
}
