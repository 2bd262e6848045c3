package io.teahouse.room;

import java.time.Instant;
import java.time.InstantSource;

/** The time of a room: whole milliseconds that never run backwards, whatever the clock does. */
final class Ticks {
    private final InstantSource clock;
    private long last;
    private Instant instant = Instant.EPOCH;

    Ticks(InstantSource clock, Instant notBefore) {
        this.clock = clock;
        advanceTo(notBefore.toEpochMilli());
    }

    Instant now() {
        advanceTo(clock.millis());
        return instant;
    }

    private void advanceTo(long millis) {
        if (millis > last) {
            last = millis;
            instant = Instant.ofEpochMilli(millis);
        }
    }
}
