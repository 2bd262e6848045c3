package io.teahouse.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Lets one refusal of each key pass in a minute, and counts the others. Thread-safe. */
final class RefusalLimit {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Operators and tokens are few, and so are powers. */
    private static final int MOST_KEYS = 1000;

    private static final class Passed {
        private final Instant at;
        private int withheld;

        Passed(Instant at) {
            this.at = at;
        }
    }

    private final Map<String, Passed> latest = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Passed> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /** How many were withheld since the last one that passed; empty: this one is withheld, too. */
    synchronized OptionalInt pass(String key, Instant now) {
        Passed before = latest.get(key);
        if (before != null && now.isBefore(before.at.plus(INTERVAL))) {
            before.withheld++;
            return OptionalInt.empty();
        }
        latest.remove(key);
        latest.put(key, new Passed(now));
        return OptionalInt.of(before == null ? 0 : before.withheld);
    }
}
