package io.teahouse.wire.irc;

import io.teahouse.room.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * By which entry of the settings users have become operators of the server, on all of their connections alike. Only means something
 * while they have the mode: OPER alone sets it, and names the entry again. Thread-safe.
 */
public final class OperatorEntries {
    private final Map<UserId, String> names = new ConcurrentHashMap<>();

    /** The user has sent OPER. */
    public void put(UserId user, String entry) {
        names.put(user, entry);
    }

    public Optional<String> find(UserId user) {
        return Optional.ofNullable(names.get(user));
    }

    /** Forgets users by their entries, and returns them. */
    List<UserId> remove(Predicate<String> entry) {
        List<UserId> found = names.entrySet().stream()
                .filter(each -> entry.test(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        found.forEach(names::remove);
        return found;
    }

    /** A connection of the user has ended; a guest has no other. */
    void ended(UserId user) {
        if (user.isGuest()) {
            names.remove(user);
        }
    }
}
