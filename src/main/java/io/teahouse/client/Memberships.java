package io.teahouse.client;

import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomName;
import io.teahouse.user.Place;
import io.teahouse.user.UserSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The rooms that one client is in, comes into or leaves, and what it waits for there: it counts what the client has done
 * and not seen yet, since no reply may overtake that. What everybody may see of it stands in the client's
 * {@link UserSnapshot}, too.
 */
final class Memberships {
    private final ActorContext<Object> context;
    private final Consumer<UnaryOperator<UserSnapshot>> shown;
    private final List<Membership> all = new ArrayList<>(1);

    /** Sum over the rooms, so that nobody has to add it up for each line. */
    private int outstanding;

    /** Joins that are not answered yet. */
    private int awaited;

    /** @param shown changes what others may see of the client */
    Memberships(ActorContext<Object> context, Consumer<UnaryOperator<UserSnapshot>> shown) {
        this.context = context;
        this.shown = shown;
    }

    // Which

    /** As they are now; they may be forgotten meanwhile. */
    List<Membership> all() {
        return List.copyOf(all);
    }

    Optional<Membership> find(RoomName room) {
        for (Membership m : all) {
            if (m.room.key().equals(room.key())) {
                return Optional.of(m);
            }
        }
        return Optional.empty();
    }

    /** One into which the client is just coming. */
    Optional<Membership> findComing(Predicate<Membership> which) {
        return all.stream().filter(Membership::isComing).filter(which).findFirst();
    }

    Membership remember(RoomName room, Nick me) {
        Membership m = new Membership(room, me);
        all.add(m);
        return m;
    }

    /** How the client stands in a room, for everybody to see. */
    void put(Membership m, Ranks ranks, boolean secret) {
        m.ranks = ranks;
        m.secret = secret;
        shown.accept(user -> user.withPlace(new Place(m.room, ranks, secret)));
    }

    void forget(Membership m) {
        all.remove(m);
        outstanding -= m.outstanding;
        m.outstanding = 0;
        if (m.isComing()) {
            awaited--;
        }
        lose(m);
        shown.accept(user -> user.withoutPlace(m.room));
    }

    /** Nothing more is asked of that room's actor. */
    void lose(Membership m) {
        m.ref.ifPresent(context::unwatch);
        m.ref = Optional.empty();
    }

    /** Forgets all of them; nobody sees that. */
    void clear() {
        all.clear();
        outstanding = 0;
        awaited = 0;
    }

    // What is waited for

    /** What the client has done and not seen yet. */
    int outstanding() {
        return outstanding;
    }

    /** True while the next line has to wait for a room's answer. */
    boolean isAwaiting() {
        return awaited > 0;
    }

    /** The client has asked to come in. */
    void beginComing() {
        awaited++;
    }

    /** It is in, or the room is away; who is not let in is forgotten. */
    void endComing() {
        awaited--;
    }

    /** Has a room do something that the client will see. */
    void ask(Membership m, RoomActor.Command command) {
        expect(m);
        m.ref.ifPresent(ref -> ref.tell(command));
    }

    /** The client will see something of its own doing. */
    void expect(Membership m) {
        m.outstanding++;
        outstanding++;
    }

    /** The room itself does not know whether it will; nothing is held back for it. */
    void doubt(Membership m) {
        m.outstanding--;
        outstanding--;
        m.inDoubt++;
    }

    /** Something expected has been seen, or will never be. */
    void settle(Membership m) {
        if (m.settleOne()) {
            outstanding--;
        }
    }
}
