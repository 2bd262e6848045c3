package io.teahouse.client;

import akka.actor.typed.ActorRef;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;

/**
 * A receiver of events: one of a user's connections. Immutable; a client creates a new one only when its nick or
 * profile changes, because every delivery needs one.
 *
 * @param subscriber the connection, as rooms know it
 */
public record Viewer(ActorRef<RoomEvent> subscriber, Profile profile, Nick nick) {
    /**
     * Whether this connection caused the event, not another one of the user. For missed events the cause is unknown:
     * those by the user count as its own while it waits for receipts.
     *
     * @param own as in {@link Dialect#show}
     */
    public boolean isOwn(EventBatch batch, int place, boolean own) {
        if (!own) {
            return false;
        }
        return batch.isLive()
                ? batch.isCausedBy(subscriber, place)
                : isAuthor(batch.events().get(place));
    }

    /** Whether this user is the author of the event, on any connection. */
    public boolean isAuthor(RoomEvent event) {
        if (event instanceof RoomEvent.Left left) {
            return isUser(left.by(), left.byProfile());
        } else if (event instanceof RoomEvent.Deed deed) {
            return isUser(deed.by(), deed.profile());
        } else if (event instanceof RoomEvent.Joined joined) {
            return isUser(joined.nick(), joined.profile());
        } else if (event instanceof RoomEvent.Renamed renamed) {
            return isUser(renamed.to(), renamed.profile()); // the client has its new nick before its rooms confirm it
        }
        return event instanceof RoomEvent.ProfileChanged changed && isUser(changed.nick(), changed.after());
    }

    /** By nick only if the author's identity is unknown, as that of some actors of applications. */
    private boolean isUser(Nick by, Profile author) {
        boolean unknown = author.account().isEmpty() && !author.guest().isKnown();
        return unknown ? by.sameAs(nick) : profile.isSameUser(author);
    }
}
