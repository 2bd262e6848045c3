package io.teahouse.store;

import io.teahouse.room.Mask;
import io.teahouse.room.RoomName;
import java.util.List;

/**
 * How what is said in rooms of certain names is stored.
 *
 * @param rooms folded names, with {@code *} and {@code ?}; conversations of two begin with {@code @}
 */
public record RoomClass(List<String> rooms, Durability durability) {
    /** All rooms, before anything is shown. */
    public static final RoomClass STORED = new RoomClass(List.of("*"), Durability.STORED);

    boolean holdsFor(RoomName room) {
        return rooms.stream().anyMatch(pattern -> Mask.glob(pattern, room.key()));
    }
}
