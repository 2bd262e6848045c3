package io.teahouse.room;

import java.time.Instant;

/**
 * The topic of a room.
 *
 * @param text empty: no topic
 * @param by who set it
 */
public record Topic(String text, String by, Instant at) {
    public static final Topic NONE = new Topic("", "", Instant.EPOCH);

    public boolean isEmpty() {
        return text.isEmpty();
    }
}
