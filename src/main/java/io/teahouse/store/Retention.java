package io.teahouse.store;

import io.teahouse.room.RoomName;
import java.time.Duration;
import java.util.List;

/**
 * For how long messages are stored: {@code teahouse.store.retention}. {@link Duration#ZERO}: for ever.
 *
 * @param interval how often a server deletes older messages; zero: it does not
 * @param rooms the time for messages in rooms
 * @param conversations the time for messages between two users
 * @param classes other times for some rooms; the first one that matches counts
 */
public record Retention(Duration interval, Duration rooms, Duration conversations, List<RoomClass> classes) {
    /** Deletes nothing. */
    public static final Retention FOR_EVER =
            new Retention(Duration.ofHours(1), Duration.ZERO, Duration.ZERO, List.of());

    public Retention {
        classes = List.copyOf(classes);
    }

    /** The same with other times. */
    public Retention withTimes(Duration newRooms, Duration newConversations) {
        return new Retention(interval, newRooms, newConversations, classes);
    }

    /** The same with other exceptions. */
    public Retention withClasses(List<RoomClass> newClasses) {
        return new Retention(interval, rooms, conversations, newClasses);
    }

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
