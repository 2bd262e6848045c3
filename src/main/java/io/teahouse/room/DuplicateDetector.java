package io.teahouse.room;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Remembers recent messages by their client ids, so that a retry after a lost receipt is recognized. Each sender has a
 * quota of their own: the messages of others do not push out those of a user who is away.
 */
final class DuplicateDetector {
    /** The share of the room's ids that is kept when there are too many, so that not every message has to drop some. */
    private static final double ENOUGH = 7 / 8.0;

    /** The approximate memory of an entry in the maps. */
    private static final int PLACE = 128;

    /** How often per window expired entries are dropped. */
    private static final int LOOKS = 8;

    /** @param forWhom the session that may read it, see {@link RoomLog#append} */
    private record Original(RoomEvent.Recorded event, long forWhom) {
        /** Its approximate memory, with its entry here. */
        long bytes() {
            return PLACE + event.bytes();
        }

        boolean isForgottenWithSession() {
            return forWhom != RoomLog.FOR_ALL && event.profile().account().isEmpty();
        }
    }

    private final RepeatLimits limits;
    private final RoomBudget.Share memory;

    /** By sender and client id, the oldest first. */
    private final Map<UserId, Map<String, Original>> known = new LinkedHashMap<>();

    private int count;
    private Instant nextLook = Instant.MIN;

    DuplicateDetector(RepeatLimits limits, RoomBudget all) {
        this.limits = limits;
        this.memory = all.share();
    }

    /** The room has ended. */
    void close() {
        known.clear();
        count = 0;
        memory.close();
    }

    /** The number of remembered ids. */
    int count() {
        return count;
    }

    Optional<RoomEvent.Recorded> original(UserId sender, String clientId, Instant now) {
        return Optional.ofNullable(known.getOrDefault(sender, Map.of()).get(clientId))
                .map(Original::event)
                .filter(event -> !old(event, now));
    }

    /** @param forWhom the session that may read it, see {@link RoomLog#append} */
    void remember(RoomEvent.Recorded event, long forWhom) {
        if (event.clientId().isEmpty() || limits.perSender() == 0) {
            return;
        }
        Map<String, Original> ofSender =
                known.computeIfAbsent(event.profile().senderId(event.by()), any -> new LinkedHashMap<>());
        Original original = new Original(event, forWhom);
        Optional.ofNullable(ofSender.remove(event.clientId())).ifPresent(this::gone);
        ofSender.put(event.clientId(), original);
        count++;
        memory.add(original.bytes());
        cut(ofSender, limits.perSender());
        if (count > limits.perRoom() || memory.isFullWith(0) || !event.at().isBefore(nextLook)) {
            makeRoom(event.at());
        }
    }

    private void makeRoom(Instant now) {
        nextLook = now.plus(limits.window().dividedBy(LOOKS));
        forget(original -> old(original.event, now));
        int most = memory.isFullWith(0) ? count / 2 : limits.perRoom();
        for (int level = limits.perSender() / 2; count > most && level > 0; level /= 2) {
            int left = level;
            known.values().forEach(ofSender -> cut(ofSender, left));
            most = Math.min(most, (int) (limits.perRoom() * ENOUGH));
        }
        Iterator<Map<String, Original>> firstComers = known.values().iterator();
        while (count > most && firstComers.hasNext()) { // one per sender is still too many
            firstComers.next().values().forEach(this::gone);
            firstComers.remove();
        }
    }

    /**
     * Forgets the messages of a session that has ended: its nicks may have new owners, who must not read them by
     * guessing an id.
     */
    void forgetSession() {
        forget(Original::isForgottenWithSession);
    }

    private void forget(Predicate<Original> which) {
        for (Map<String, Original> ofSender : known.values()) {
            ofSender.values().removeIf(original -> {
                boolean goes = which.test(original);
                if (goes) {
                    gone(original);
                }
                return goes;
            });
        }
        known.values().removeIf(Map::isEmpty);
    }

    private void cut(Map<String, Original> ofSender, int most) {
        Iterator<Original> oldestFirst = ofSender.values().iterator();
        while (ofSender.size() > most) {
            gone(oldestFirst.next());
            oldestFirst.remove();
        }
    }

    private void gone(Original original) {
        count--;
        memory.add(-original.bytes());
    }

    private boolean old(RoomEvent.Recorded event, Instant now) {
        return event.at().plus(limits.window()).isBefore(now);
    }
}
