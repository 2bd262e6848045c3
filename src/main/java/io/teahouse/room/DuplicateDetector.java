package io.teahouse.room;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was said lately under a client's own id, so that a repeat after a lost receipt is recognised. Everybody has room of
 * his own: who is away while others speak is known when he comes back.
 */
final class DuplicateDetector {
    /** The share of the room's ids that is kept when there are too many: so that it does not happen with each message. */
    private static final double ENOUGH = 7 / 8.0;

    /** About what an entry of the maps takes. */
    private static final int PLACE = 128;

    /** How often in a window it is looked for what is too old. */
    private static final int LOOKS = 8;

    /** @param forWhom the session, as {@link RoomLog#append} takes it */
    private record Original(RoomEvent.Recorded event, long forWhom) {
        /** About what it takes in memory, with its place here. */
        long bytes() {
            return PLACE + event.bytes();
        }

        boolean isForgottenWithSession() {
            return forWhom != RoomLog.FOR_ALL && event.profile().account().isEmpty();
        }
    }

    private final RepeatLimits limits;
    private final RoomBudget.Share memory;

    /** By who said it and the client's id, the oldest first. */
    private final Map<UserId, Map<String, Original>> known = new LinkedHashMap<>();

    private int count;
    private Instant nextLook = Instant.MIN;

    DuplicateDetector(RepeatLimits limits, RoomBudget all) {
        this.limits = limits;
        this.memory = all.share();
    }

    /** The room ends. */
    void close() {
        known.clear();
        count = 0;
        memory.close();
    }

    /** How many ids are remembered. */
    int count() {
        return count;
    }

    Optional<RoomEvent.Recorded> original(UserId sender, String clientId, Instant now) {
        return Optional.ofNullable(known.getOrDefault(sender, Map.of()).get(clientId))
                .map(Original::event)
                .filter(event -> !old(event, now));
    }

    /** @param forWhom the session, as {@link RoomLog#append} takes it */
    void remember(RoomEvent.Recorded event, long forWhom) {
        if (event.clientId().isEmpty() || limits.perSender() == 0) {
            return;
        }
        Map<String, Original> his =
                known.computeIfAbsent(event.profile().senderId(event.by()), any -> new LinkedHashMap<>());
        Original original = new Original(event, forWhom);
        Optional.ofNullable(his.remove(event.clientId())).ifPresent(this::gone);
        his.put(event.clientId(), original);
        count++;
        memory.add(original.bytes());
        cut(his, limits.perSender());
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
            known.values().forEach(his -> cut(his, left));
            most = Math.min(most, (int) (limits.perRoom() * ENOUGH));
        }
        Iterator<Map<String, Original>> firstComers = known.values().iterator();
        while (count > most && firstComers.hasNext()) { // one each, and still too many
            firstComers.next().values().forEach(this::gone);
            firstComers.remove();
        }
    }

    /** A name may be another's by now: what was not for him is not told him, even if he guesses its id. */
    void forgetSession() {
        forget(Original::isForgottenWithSession);
    }

    private void forget(Predicate<Original> which) {
        for (Map<String, Original> his : known.values()) {
            his.values().removeIf(original -> {
                boolean goes = which.test(original);
                if (goes) {
                    gone(original);
                }
                return goes;
            });
        }
        known.values().removeIf(Map::isEmpty);
    }

    private void cut(Map<String, Original> his, int most) {
        Iterator<Original> oldestFirst = his.values().iterator();
        while (his.size() > most) {
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
