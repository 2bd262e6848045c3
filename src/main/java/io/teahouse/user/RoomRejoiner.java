package io.teahouse.user;

import akka.actor.typed.ActorRef;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.support.IdGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rejoins rooms for a user who has no connection to do so: after a restart of the server, or when a room has failed. While a
 * room cannot be opened, it tries again with growing delays. Belongs to a {@link UserActor}.
 */
final class RoomRejoiner {
    private enum Reason {
        /** The membership is from before a restart of the server, and nobody else knows of it. */
        RESTORED,
        /** The room has failed, or another actor of the user. */
        FAILED,
        /** The user is a member: only this actor is new to the room. */
        HELD
    }

    private static final class Pending {
        final AlwaysOnUsers.Membership membership;
        final Reason reason;

        /** As the room knows it, if the user is a member. */
        final Optional<Profile> profile;

        /** Whether the others in the room are told that the user joins it. */
        final boolean announced;

        Optional<ActorRef<RoomActor.Command>> ref = Optional.empty();
        long number;
        Duration delay = FIRST_DELAY;
        int unknown;
        boolean tried;

        Pending(AlwaysOnUsers.Membership membership, Reason reason, Optional<Profile> profile, boolean announced) {
            this.membership = membership;
            this.reason = reason;
            this.profile = profile;
            this.announced = announced;
        }

        boolean isRestored() {
            return reason == Reason.RESTORED;
        }
    }

    /**
     * How often a room may not know a member whom this actor holds, before the actor believes it: a room that opens again after
     * the loss of its node learns of its members one node after the other.
     */
    private static final int MOST_UNKNOWN = 3;

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final UserState user;
    private final List<Pending> pending = new ArrayList<>(0);

    /** The supervisor has been told that the rooms from before the restart are joined. */
    private boolean reported = true;

    /** Runs when no membership is to be held any more. */
    private List<Runnable> whenHeld = List.of();

    RoomRejoiner(UserState user) {
        this.user = user;
    }

    /**
     * The server has restarted: the user was in these rooms. They are joined by {@link #start}.
     *
     * @param listed as the directory still lists the user, of whom only the node has ended: nobody has seen them leave
     */
    void restore(List<AlwaysOnUsers.Membership> memberships, Optional<UserSnapshot> listed) {
        reported = false;
        for (AlwaysOnUsers.Membership each : memberships) {
            boolean isThere = listed.flatMap(last -> last.place(each.room())).isPresent();
            pending.add(new Pending(each, Reason.RESTORED, Optional.empty(), !isThere));
        }
    }

    /** The user is in the directory now: joins the rooms from before the restart, if there are any. */
    void start() {
        pending.stream()
                .filter(each -> each.isRestored() && !each.tried)
                .toList()
                .forEach(this::locate);
        settle();
    }

    /** A room has failed. */
    void rejoin(RoomName room, Ranks ranks) {
        add(new AlwaysOnUsers.Membership(room, ranks, -1), Reason.FAILED);
    }

    /**
     * Another actor of the user has failed.
     *
     * @param held whether a connection of the user keeps the membership
     */
    void resume(RoomName room, Ranks ranks, boolean held) {
        add(new AlwaysOnUsers.Membership(room, ranks, -1), held ? Reason.HELD : Reason.FAILED);
    }

    void hold(UserRoom room) {
        if (pending.stream()
                .anyMatch(
                        each -> each.membership.room().key().equals(room.room().key()))) {
            return;
        }
        add(new AlwaysOnUsers.Membership(room.room(), Ranks.NONE, room.since()), Reason.HELD);
    }

    /** {@code then} runs when the rooms know this actor, or do not answer in time. */
    void hold(List<UserRoom> rooms, Runnable then) {
        rooms.forEach(this::hold);
        if (pending.stream().noneMatch(each -> each.reason == Reason.HELD)) {
            then.run();
            return;
        }
        whenHeld = Stream.concat(whenHeld.stream(), Stream.of(then)).toList();
        user.context()
                .scheduleOnce(
                        user.services().settings().answerTimeout(),
                        user.context().getSelf(),
                        new UserRooms.Continue(this::endHolding));
    }

    private void endHolding() {
        List<Runnable> ready = whenHeld;
        whenHeld = List.of();
        ready.forEach(Runnable::run);
    }

    private void add(AlwaysOnUsers.Membership membership, Reason reason) {
        Pending added =
                new Pending(membership, reason, Optional.of(user.snapshot().profile()), false);
        pending.add(added);
        locate(added);
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
                new RoomActor.Back(-1, each.membership.ranks(), each.reason == Reason.HELD, each.announced),
                each.number,
                user.context().getSelf().narrow()));
    }

    private void refused(Pending each, RoomReply reply) {
        if (reply instanceof RoomReply.Refused no
                && mayBeKnownLater(each, no.refusal().reason())) {
            retry(each);
        } else {
            pending.remove(each);
            user.notPlaced(each.membership.room());
            settle();
        }
    }

    private static boolean mayBeKnownLater(Pending each, Refusal.Reason reason) {
        return reason == Refusal.Reason.STORE_AWAY
                || (reason == Refusal.Reason.NOT_A_MEMBER
                        && each.reason == Reason.HELD
                        && each.unknown++ < MOST_UNKNOWN);
    }

    private void retry(Pending each) {
        each.tried = true;
        each.ref = Optional.empty();
        UserRooms.Continue again = new UserRooms.Continue(() -> {
            if (each.reason != Reason.FAILED || user.connections().isEmpty()) {
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
        if (pending.stream().noneMatch(each -> each.reason == Reason.HELD)) {
            endHolding();
        }
        if (!reported && pending.stream().allMatch(each -> !each.isRestored() || each.tried)) {
            reported = true;
            user.supervisor().tell(new UserSupervisor.Settled(user.self()));
        }
    }

    /** The user may have changed while the room did not know of this actor. */
    private void catchUp(MemberEvent.Placed placed, Profile before) {
        Profile now = user.snapshot().profile();
        if (!now.equals(before)) {
            placed.self()
                    .tell(new RoomActor.ChangeProfile(
                            placed.user(),
                            now,
                            IdGenerator.process().next(),
                            0,
                            user.context().getSystem().ignoreRef()));
        }
    }

    /** The user knows of the room that has just let them in. */
    void afterPlaced() {
        settle();
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
     * @return the seq up to which they have seen it, if this actor has asked to join
     */
    Optional<Long> placed(MemberEvent.Placed placed) {
        Optional<Pending> joined = pending.stream()
                .filter(each -> each.ref.filter(placed.self()::equals).isPresent()
                        || each.membership.room().key().equals(placed.room().key()))
                .findFirst();
        joined.ifPresent(each -> {
            user.replies().forget(each.number);
            pending.remove(each);
            each.profile.ifPresent(before -> catchUp(placed, before));
        });
        return joined.filter(each -> each.reason != Reason.FAILED)
                .map(each -> Math.min(each.membership.seen(), placed.seq()));
    }

    /** The memberships from before the restart that the user has not got back yet. */
    List<AlwaysOnUsers.Membership> restored() {
        return pending.stream()
                .filter(Pending::isRestored)
                .map(each -> each.membership)
                .toList();
    }
}
