package io.teahouse.room;

import io.teahouse.room.RoomEvent.Recorded;
import java.util.function.Predicate;

/**
 * Decides what a member may see, by a snapshot of the member. Thread-safe.
 *
 * @param past see {@link Room#past}
 */
record Visibility(Profile profile, Ranks ranks, long past) implements Predicate<RoomEvent> {
    @Override
    public boolean test(RoomEvent event) {
        Audience audience = event.audience();
        if (audience == Audience.ALL) {
            return true;
        } else if (event instanceof Recorded recorded) {
            return (ranks.reaches(audience) && recorded.seq() > past) || event.isBy(profile);
        }
        return ranks.reaches(audience) || event.isBy(profile);
    }
}
