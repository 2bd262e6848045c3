package io.teahouse.room;

import io.teahouse.room.RoomEvent.Recorded;
import java.util.function.Predicate;

/**
 * What a member may see, as they were at one moment. May be asked from any thread.
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
