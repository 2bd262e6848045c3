package io.teahouse.account;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which accounts have had another password since when, so that somebody who proved to know the old one and has not come in
 * yet does not come in. Times are counted in changes. Of very many, the oldest is forgotten. Any thread.
 */
final class PasswordChanges {
    private static final int MOST = 10_000;

    private final Map<String, Long> latest = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    private long changes;

    /** How many there have been until now. */
    synchronized long now() {
        return changes;
    }

    synchronized void changed(String key) {
        latest.remove(key);
        latest.put(key, ++changes);
    }

    synchronized boolean isChangedSince(long then, String key) {
        return latest.getOrDefault(key, 0L) > then;
    }
}
