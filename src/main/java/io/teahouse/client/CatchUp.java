package io.teahouse.client;

import io.teahouse.room.EventBatch;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Said;
import java.util.List;

/** How much of what a client missed it is shown at once: who comes back must not be cut off for that. */
final class CatchUp {
    /** Fewer events than that are never too much. */
    static final int FEW = 8;

    /** About what a line takes beside its words. */
    private static final int LINE = 300;

    private CatchUp() {}

    /**
     * How many of the oldest have to be left out.
     *
     * @param free how many bytes may be written
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

    /** At the most. */
    private static long inUtf8(String text) {
        return text.length() + 2 * text.chars().filter(c -> c >= 0x80).count();
    }

    /** The seq of the first that is left. */
    static long next(EventBatch rest) {
        return rest.events().stream()
                .filter(RoomEvent.Recorded.class::isInstance)
                .mapToLong(event -> ((RoomEvent.Recorded) event).seq())
                .findFirst()
                .orElse(rest.lastSeq() + 1);
    }
}
