package io.teahouse.tool.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one instance of each message that is shown to many, or a long run would not fit into memory. Thread-safe. */
final class MessageInterner {
    private final Map<ShownMessage, ShownMessage> known = new ConcurrentHashMap<>();

    ShownMessage intern(ShownMessage shown) {
        ShownMessage before = known.putIfAbsent(shown, shown);
        return before == null ? shown : before;
    }
}
