package io.teahouse.client;

import io.teahouse.room.EventBatch;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Said;
import java.util.List;

/**
 * Decides how many of the missed events a client is sent at once, so that its send queue does not overflow when it
 * reconnects.
 */
final class CatchUp {
    /** Fewer events than this are always sent. */
    static final int FEW = 8;

    /** The approximate size of a line without its text. */
    private static final int LINE = 300;

    private CatchUp() {}

    /**
     * The number of the oldest events that have to be left out.
     *
     * @param free the number of bytes that may be written
     */
    static int surplus(EventBatch batch, long free) {
        List<RoomEvent> events = batch.events();
        long left = free;
        for (int i = events.size() - 1; i >= 0; i--) {
            left -= bytes(events.get(i));
            if (left < 0) {
                return i + 1;
            }
        }
        return 0;
    }

    private static long bytes(RoomEvent event) {
        if (event instanceof Said said) {
            long lines = 1 + said.text().chars().filter(c -> c == '\n').count();
            return lines * LINE + inUtf8(said.text()) + said.attributes().bytes();
        }
        return 2 * LINE;
    }

    /** An upper bound. */
    private static long inUtf8(String text) {
        return text.length() + 2 * text.chars().filter(c -> c >= 0x80).count();
    }

    /** The seq of the first remaining event. */
    static long next(EventBatch rest) {
        return rest.events().stream()
                .filter(RoomEvent.Recorded.class::isInstance)
                .mapToLong(event -> ((RoomEvent.Recorded) event).seq())
                .findFirst()
                .orElse(rest.lastSeq() + 1);
    }
}
