package io.teahouse.room.support;

import java.time.Instant;
import java.time.InstantSource;

/** The time of a room: whole milliseconds that never run backwards, whatever the clock does. */
public final class MonotonicClock {
    /** How far it may run ahead of the clock, in milliseconds. */
    private static final long AHEAD = 200;

    private final InstantSource clock;

    /** The latest that the clock has shown. */
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
     * A millisecond that no other event has, so that a time names one event (IRCv3 chathistory, "timestamp"). Where more
     * happens than the clock has milliseconds for, several share one.
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
