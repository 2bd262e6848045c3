package io.teahouse.cluster;

import io.teahouse.room.RoomDirectory.Opener;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomQuotas;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who has opened which of the rooms that have members, on all nodes, and whether that is as many as they may. Each node tells the others
 * what it opens, and asks nobody: what was opened elsewhere in the last moment does not count yet. Pure.
 */
final class RoomOpenings {
    /** A room is opened for a user who wants to join it. */
    record Opening(RoomName room, Opener opener) {}

    /** How long after it was opened somebody has to join a room; otherwise it does not count. */
    private static final Duration PENDING = Duration.ofSeconds(30);

    /** Rooms of one kind that one user, or one address, has opened. */
    private record Account(boolean conversations, boolean user, String name) {}

    private final RoomQuotas quotas;

    /** By the keys of the rooms. */
    private final Map<String, Opening> entries = new HashMap<>();

    private final Map<Account, Integer> counts = new HashMap<>();

    /** When rooms were opened that nobody has joined yet, by {@link System#nanoTime}; the oldest first. */
    private final Map<String, Long> pending = new LinkedHashMap<>();

    RoomOpenings(RoomQuotas quotas) {
        this.quotas = quotas;
    }

    private static List<Account> accounts(Opening opening) {
        boolean conversation = opening.room.isConversation();
        return List.of(
                new Account(conversation, true, opening.opener.user()),
                new Account(conversation, false, opening.opener.address()));
    }

    private int most(Account account) {
        RoomQuotas.Quota quota = account.conversations ? quotas.conversations() : quotas.rooms();
        return account.user ? quota.perUser() : quota.perAddress();
    }

    /** Whether somebody has opened the room, who perhaps has not joined it yet. */
    boolean isOpen(RoomName room, long now) {
        expire(now);
        return entries.containsKey(room.key());
    }

    /** Empty if that user may open the room; otherwise how many they have opened. */
    Optional<Integer> exhausted(RoomName room, Opener opener, long now) {
        expire(now);
        return accounts(new Opening(room, opener)).stream()
                .filter(account -> count(account) >= most(account))
                .map(this::count)
                .findFirst();
    }

    private int count(Account account) {
        return counts.getOrDefault(account, 0);
    }

    /**
     * A room was opened.
     *
     * @param isUsed whether it has members already
     */
    void add(Opening opening, boolean isUsed, long now) {
        expire(now);
        String key = opening.room.key();
        if (entries.putIfAbsent(key, opening) == null) {
            accounts(opening).forEach(account -> counts.merge(account, 1, Integer::sum));
            if (!isUsed) {
                pending.put(key, now);
            }
        }
    }

    /** The room has members. */
    void used(String key) {
        pending.remove(key);
    }

    /** The room has no members any more, or is not known of. */
    void emptied(String key) {
        if (!pending.containsKey(key)) {
            remove(key);
        }
    }

    void renamed(String from, RoomName to) {
        Opening opening = entries.get(from);
        remove(from);
        if (opening != null) {
            add(new Opening(to, opening.opener), true, 0);
        }
    }

    private void expire(long now) {
        Iterator<Map.Entry<String, Long>> oldest = pending.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Long> next = oldest.next();
            if (now - next.getValue() <= PENDING.toNanos()) {
                return;
            }
            oldest.remove();
            remove(next.getKey());
        }
    }

    private void remove(String key) {
        Opening opening = entries.remove(key);
        if (opening != null) {
            accounts(opening)
                    .forEach(account ->
                            counts.computeIfPresent(account, (same, count) -> count == 1 ? null : count - 1));
        }
    }

    /** For a new node. */
    List<Opening> all() {
        return List.copyOf(entries.values());
    }
}
