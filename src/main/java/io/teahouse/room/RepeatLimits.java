package io.teahouse.room;

import java.time.Duration;

/**
 * How long, and how many, client ids are remembered, by which repeats are recognised.
 *
 * @param perSender the newest of each sender; whoever else speaks in the room, they stay. 0: repeats are not recognised
 * @param perRoom where so many come together, those who have most keep fewer: half, a quarter, and so on
 * @param window how long each
 */
public record RepeatLimits(int perSender, int perRoom, Duration window) {
    /** The same values as in the server's {@code reference.conf}. */
    public static final RepeatLimits DEFAULT = new RepeatLimits(1024, 4096, Duration.ofMinutes(10));
}
