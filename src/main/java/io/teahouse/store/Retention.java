package io.teahouse.store;

import io.teahouse.room.RoomName;
import java.time.Duration;
import java.util.Map;

/**
 * How long what was said is kept. {@link Duration#ZERO}: for ever.
 *
 * @param rooms in rooms
 * @param conversations among two
 * @param named in some rooms, by the key of their name
 */
public record Retention(Duration rooms, Duration conversations, Map<String, Duration> named) {
    /** Everything is kept. */
    public static final Retention FOR_EVER = new Retention(Duration.ZERO, Duration.ZERO, Map.of());

    boolean isForEver() {
        return rooms.isZero()
                && conversations.isZero()
                && named.values().stream().allMatch(Duration::isZero);
    }

    Duration of(RoomName room) {
        return room.isConversation() ? conversations : named.getOrDefault(room.key(), rooms);
    }
}
