package io.teahouse.store;

import io.teahouse.room.RoomName;
import io.teahouse.room.support.Glob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How messages are stored in rooms whose names match, and for how long.
 *
 * @param rooms folded names, with {@code *} and {@code ?}; conversations of two begin with {@code @}
 * @param keep zero: for ever; empty: as long as in other rooms
 */
public record RoomClass(List<String> rooms, Durability durability, Optional<Duration> keep) {
    /** Every room, with {@link Durability#STORED}. */
    public static final RoomClass STORED = new RoomClass(List.of("*"), Durability.STORED);

    /** Creates a class with the retention of other rooms. */
    public RoomClass(List<String> rooms, Durability durability) {
        this(rooms, durability, Optional.empty());
    }

    boolean holdsFor(RoomName room) {
        return rooms.stream().anyMatch(pattern -> Glob.exact(pattern).fits(room.key()));
    }
}
