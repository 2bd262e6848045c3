package io.teahouse.cluster;

import io.teahouse.room.OpenedRooms;
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
import java.util.Set;

/**
 * Who has opened which of the rooms that have members, on all nodes, and whether that is as many as they may. Each node tells the others
 * what it opens, and asks nobody: what was opened elsewhere in the last moment does not count yet. Pure.
 */
final class RoomOpenings {
    /** A room is opened for a user who wants to join it. */
    record Opening(RoomName room, Opener opener) {}

    /** How long after it was opened somebody has to join a room; otherwise it does not count. */
    private static final Duration PENDING = Duration.ofSeconds(30);

    /** By the keys of the rooms. */
    private final Map<String, Opening> entries = new HashMap<>();

    /** By the same keys. */
    private final OpenedRooms<String> byOpener;

    /** When rooms were opened that nobody has joined yet, by {@link System#nanoTime}; the oldest first. */
    private final Map<String, Long> pending = new LinkedHashMap<>();

    RoomOpenings(RoomQuotas quotas) {
        this.byOpener = new OpenedRooms<>(quotas);
    }

    /** Whether somebody has opened the room, who perhaps has not joined it yet. */
    boolean isOpen(RoomName room, long now) {
        expire(now);
        return entries.containsKey(room.key());
    }

    /** Empty if that user may open the room; otherwise how many they have opened. */
    Optional<Integer> exhausted(RoomName room, Opener opener, long now) {
        expire(now);
        return byOpener.exhausted(room, opener).map(Set::size);
    }

    /**
     * A room was opened.
     *
     * @param isUsed whether it has members already
     */
    void add(Opening opening, boolean isUsed, long now) {
        expire(now);
        if (add(opening) && !isUsed) {
            pending.put(opening.room.key(), now);
        }
    }

    private boolean add(Opening opening) {
        String key = opening.room.key();
        boolean isNew = entries.putIfAbsent(key, opening) == null;
        if (isNew) {
            byOpener.add(key, opening.room, opening.opener);
        }
        return isNew;
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
            add(new Opening(to, opening.opener));
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
            byOpener.remove(key, opening.room, opening.opener);
        }
    }

    /** For a new node. */
    List<Opening> all() {
        return List.copyOf(entries.values());
    }
}
