package io.teahouse.store;

import io.teahouse.room.Glob;
import io.teahouse.room.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How what is said in rooms of certain names is stored, and for how long.
 *
 * @param rooms folded names, with {@code *} and {@code ?}; conversations of two begin with {@code @}
 * @param keep zero: for ever; empty: as long as in other rooms
 */
public record RoomClass(List<String> rooms, Durability durability, Optional<Duration> keep) {
    /** All rooms, before anything is shown. */
    public static final RoomClass STORED = new RoomClass(List.of("*"), Durability.STORED);

    /** Kept as long as in other rooms. */
    public RoomClass(List<String> rooms, Durability durability) {
        this(rooms, durability, Optional.empty());
    }

    boolean holdsFor(RoomName room) {
        return rooms.stream().anyMatch(pattern -> Glob.exact(pattern).fits(room.key()));
    }
}
