package io.teahouse.client;

import io.teahouse.room.RoomEvent;
import java.util.List;

/** About how much memory something takes. */
final class Sizes {
    /** What an event takes beside its text: ids, names, references. */
    private static final int EVENT = 300;

    private Sizes() {}

    static long of(List<? extends RoomEvent.Recorded> events) {
        long bytes = 0;
        for (RoomEvent.Recorded event : events) {
            bytes += EVENT;
            if (event instanceof RoomEvent.Said said) {
                bytes += said.text().length() + said.attributes().bytes();
            }
        }
        return bytes;
    }
}
