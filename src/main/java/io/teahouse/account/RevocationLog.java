package io.teahouse.account;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers recent password changes and revoked tokens, so that a client is refused that logged in by the old password or the token
 * and has not entered yet. Time is counted in changes. The oldest entries are dropped. Thread-safe.
 */
final class RevocationLog {
    private static final int MOST = 10_000;

    private final Map<String, Long> latest = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    private long changes;

    /** The number of changes so far. */
    synchronized long now() {
        return changes;
    }

    /** @param key of an account, or what stands for a token */
    synchronized void changed(String key) {
        latest.remove(key);
        latest.put(key, ++changes);
    }

    synchronized boolean isChangedSince(long then, String key) {
        return latest.getOrDefault(key, 0L) > then;
    }
}
