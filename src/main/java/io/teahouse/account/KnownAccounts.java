package io.teahouse.account;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names of accounts that were looked for lately and are there. Any thread. */
final class KnownAccounts {
    /** A name takes about a hundred bytes. */
    private static final int MOST = 10_000;

    private final Map<String, Boolean> names = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized void note(String key, boolean isThere) {
        if (isThere) {
            names.put(key, true);
        } else {
            names.remove(key);
        }
    }

    synchronized boolean has(String key) {
        return names.containsKey(key);
    }
}
