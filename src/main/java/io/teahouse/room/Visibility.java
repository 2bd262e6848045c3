package io.teahouse.room;

import io.teahouse.room.RoomEvent.Recorded;
import java.util.function.Predicate;

/**
 * What a member may see, as they were at one moment. May be asked from any thread.
 *
 * @param before the seq of the newest event that there was when the member came in
 * @param past see {@link Room#past}
 */
record Visibility(Nick nick, Profile profile, Ranks ranks, long before, long past) implements Predicate<RoomEvent> {
    @Override
    public boolean test(RoomEvent event) {
        Audience audience = EventBatch.audience(event);
        if (audience == Audience.ALL) {
            return true;
        } else if (event instanceof Recorded recorded) {
            return (ranks.reaches(audience) && recorded.seq() > past) || isOwn(recorded);
        }
        return ranks.reaches(audience) || event.isBy(nick);
    }

    /** Whether the member said that. Of whom only the name is known, it counts only since they came in. */
    boolean isOwn(Recorded event) {
        return event.profile().isKnown()
                ? profile.isSameUser(event.profile())
                : !profile.isKnown() && event.by().sameAs(nick) && event.seq() > before;
    }
}
