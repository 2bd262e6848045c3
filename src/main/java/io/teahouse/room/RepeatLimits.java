package io.teahouse.room;

import java.time.Duration;

/**
 * How many client ids are remembered, and for how long. A message that is sent again under its client id is recognised by them.
 *
 * @param perSender the newest of each sender, whoever else speaks in the room; 0: repeats are not recognised
 * @param perRoom of all senders together; beyond it, the senders with most keep half, a quarter, and so on
 * @param window how long each
 */
public record RepeatLimits(int perSender, int perRoom, Duration window) {
    /** The values of the server's {@code reference.conf}. */
    public static final RepeatLimits DEFAULT = new RepeatLimits(1024, 4096, Duration.ofMinutes(10));
}
