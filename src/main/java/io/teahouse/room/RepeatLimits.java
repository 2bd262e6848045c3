package io.teahouse.room;

import java.time.Duration;

/**
 * Limits the client ids that a room remembers to recognize retries.
 *
 * @param perSender the newest ids of each sender, however much others send; 0: retries are not recognized
 * @param perRoom the ids of all senders together; beyond it, the senders with most ids keep half of theirs, then a
 *     quarter, and so on
 * @param window how long each id is remembered
 */
public record RepeatLimits(int perSender, int perRoom, Duration window) {
    /** The values of the server's {@code reference.conf}. */
    public static final RepeatLimits DEFAULT = new RepeatLimits(1024, 4096, Duration.ofMinutes(10));
}
