package io.teahouse.room.support;

import java.time.Instant;
import java.time.InstantSource;

/** The time of a room: whole milliseconds that never run backwards, whatever the clock does. */
public final class MonotonicClock {
    /** How far it may run ahead of the clock, in milliseconds. */
    private static final long AHEAD = 200;

    private final InstantSource clock;

    /** The latest time of the clock. */
    private long shown;

    private long last;
    private long lastOwn;
    private Instant instant = Instant.EPOCH;

    public MonotonicClock(InstantSource clock, Instant notBefore) {
        this.clock = clock;
        shown = notBefore.toEpochMilli();
        advanceTo(shown);
        lastOwn = last;
    }

    public Instant now() {
        shown = Math.max(shown, clock.millis());
        advanceTo(shown);
        return instant;
    }

    /**
     * Returns a millisecond of its own for each event, so that a time identifies an event (IRCv3 chathistory,
     * "timestamp"). When events are more frequent than milliseconds, several share one.
     */
    public Instant own() {
        Instant now = now();
        if (last == lastOwn && last < shown + AHEAD) {
            advanceTo(last + 1);
            now = instant;
        }
        lastOwn = last;
        return now;
    }

    private void advanceTo(long millis) {
        if (millis > last) {
            last = millis;
            instant = Instant.ofEpochMilli(millis);
        }
    }
}
