package io.teahouse.client;

import io.teahouse.room.RoomEvent;
import java.util.List;

/** Estimates the memory of events. */
final class Sizes {
    /** The memory of an event without its text: ids, names, references. */
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
