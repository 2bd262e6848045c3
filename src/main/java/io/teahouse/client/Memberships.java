package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The memberships of one client: the rooms and conversations that it is in, joins or leaves. Without actors. */
final class Memberships {
    private static final Membership[] NONE = {};

    private Membership[] all = NONE;
    private final MembershipTotals totals = new MembershipTotals();

    /** Counts for all memberships that are created with it. */
    MembershipTotals totals() {
        return totals;
    }

    void add(Membership m) {
        all = Arrays.copyOf(all, all.length + 1);
        all[all.length - 1] = m;
    }

    void remove(Membership m) {
        all = Arrays.stream(all).filter(each -> each != m).toArray(Membership[]::new);
    }

    /** Nothing is outstanding any more. */
    void clear() {
        all = NONE;
        totals.outstanding = 0;
        totals.joins = 0;
    }

    boolean contains(Membership m) {
        return Arrays.asList(all).contains(m);
    }

    /** All of them as they are now. */
    List<Membership> copy() {
        return List.of(all);
    }

    Optional<Membership> find(RoomName room) {
        return Optional.ofNullable(in(room));
    }

    /** The same, for each delivery; null: there is none. */
    @Nullable
    Membership in(RoomName room) {
        for (Membership m : all) {
            if (m.room().key().equals(room.key())) {
                return m;
            }
        }
        return null;
    }

    /** The membership that has sent a command with that number, and does not know its outcome yet. */
    Optional<Membership> findByCommand(long number) {
        return find(m -> m.hasAsked(number));
    }

    Optional<Membership> findByRoom(ActorRef<RoomActor.Command> room) {
        return find(m -> m.isFor(room));
    }

    /** The same for a room that has ended. */
    Optional<Membership> findByEndedRoom(ActorRef<Void> room) {
        return find(m -> m.ref().filter(ref -> ref.path().equals(room.path())).isPresent());
    }

    private Optional<Membership> find(Predicate<Membership> wanted) {
        for (Membership m : all) {
            if (wanted.test(m)) {
                return Optional.of(m);
            }
        }
        return Optional.empty();
    }

    boolean isIn(RoomName room) {
        Membership m = in(room);
        return m != null && m.isMember();
    }

    /** While a room of the client cannot be joined again: the answer to all commands to it. */
    Optional<Refusal> whyAway(RoomName room) {
        return find(room).flatMap(Membership::whyAway);
    }

    /** How many effects of its commands the client has not seen yet: no reply may overtake them. */
    int outstanding() {
        return totals.outstanding;
    }

    /** Whether the client is joining a room, so that its next line has to wait. */
    boolean isJoining() {
        return totals.joins > 0;
    }
}
