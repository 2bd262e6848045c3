package io.teahouse.cluster;

import io.teahouse.room.UserId;
import io.teahouse.user.OnlineUser;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The users of accounts whose actor is not on this node, although an actor of this node stands for them in its directory. Of
 * these, this node tells the others nothing. Thread-safe.
 */
public final class ForeignUsers {
    private enum Reason {
        /** They have connections here: a {@link UserRelay} writes what is known of them. */
        FOLLOWED,
        /** Their actor was here, and starts again on another node. */
        MOVED
    }

    private final ConcurrentMap<UserId, Reason> reasons = new ConcurrentHashMap<>();

    void follow(UserId user) {
        reasons.put(user, Reason.FOLLOWED);
    }

    void moved(UserId user) {
        reasons.putIfAbsent(user, Reason.MOVED);
    }

    /** The user's actor is on this node, or nothing of this node stands for the user any more. */
    void end(UserId user) {
        reasons.remove(user);
    }

    boolean isFollowed(UserId user) {
        return reasons.get(user) == Reason.FOLLOWED;
    }

    boolean isMoved(UserId user) {
        return reasons.get(user) == Reason.MOVED;
    }

    /** Whether this node alone knows the user first hand. */
    boolean isOwn(OnlineUser user) {
        return user.actor().path().address().hasLocalScope()
                && !reasons.containsKey(user.snapshot().id());
    }
}
