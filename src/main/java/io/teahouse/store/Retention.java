package io.teahouse.store;

import io.teahouse.room.RoomName;
import java.time.Duration;
import java.util.List;

/**
 * How long what was said is kept. {@link Duration#ZERO}: for ever.
 *
 * @param rooms in rooms
 * @param conversations among two
 * @param classes some rooms may have other times; the first one that holds for a room counts
 */
public record Retention(Duration rooms, Duration conversations, List<RoomClass> classes) {
    /** Everything is kept. */
    public static final Retention FOR_EVER = new Retention(Duration.ZERO, Duration.ZERO, List.of());

    boolean isForEver() {
        return rooms.isZero()
                && conversations.isZero()
                && classes.stream()
                        .allMatch(each -> each.keep().orElse(Duration.ZERO).isZero());
    }

    Duration of(RoomName room) {
        return classes.stream()
                .filter(each -> each.holdsFor(room))
                .findFirst()
                .flatMap(RoomClass::keep)
                .orElse(room.isConversation() ? conversations : rooms);
    }
}
