package io.teahouse.room;

import java.time.Instant;

/**
 * What a room is about.
 *
 * @param text empty: nothing in particular
 * @param by who set it
 */
public record Topic(String text, String by, Instant at) {
    public static final Topic NONE = new Topic("", "", Instant.EPOCH);

    public boolean isEmpty() {
        return text.isEmpty();
    }
}
