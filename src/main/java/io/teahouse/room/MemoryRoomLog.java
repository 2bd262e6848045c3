package io.teahouse.room;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log in memory: a ring of the newest events. It answers at once, survives its room's failure, and no restart. */
public final class MemoryRoomLog implements RoomLog {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CompletionStage<Outcome> STORED = CompletableFuture.completedFuture(Outcome.STORED);
    private static final CompletionStage<Outcome> FENCED = CompletableFuture.completedFuture(Outcome.FENCED);

    private final int capacity;
    private final String identity = Long.toString(RANDOM.nextLong() >>> 1, Character.MAX_RADIX);
    private final ArrayDeque<RoomEvent.Recorded> ring = new ArrayDeque<>();
    private long lastSeq;
    private Optional<RoomEvent.TopicChanged> topic = Optional.empty();

    /** @param capacity how many events are kept; 0: none */
    public MemoryRoomLog(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized CompletionStage<Opened> open() {
        return CompletableFuture.completedFuture(new Opened(identity, lastSeq, topic, List.copyOf(ring)));
    }

    @Override
    public synchronized CompletionStage<Outcome> append(List<RoomEvent.Recorded> batch) {
        if (batch.get(0).seq() != lastSeq + 1) {
            return FENCED;
        }
        for (RoomEvent.Recorded event : batch) {
            keep(event);
        }
        return STORED;
    }

    private void keep(RoomEvent.Recorded event) {
        lastSeq = event.seq();
        if (event instanceof RoomEvent.TopicChanged changed) {
            topic = Optional.of(changed);
        }
        ring.addLast(event);
        if (ring.size() > capacity) {
            ring.removeFirst();
        }
    }

    @Override
    public synchronized CompletionStage<List<RoomEvent.Recorded>> read(long from, long to, int limit) {
        List<RoomEvent.Recorded> found = new ArrayList<>();
        for (RoomEvent.Recorded event : ring) {
            if (event.seq() >= from && event.seq() <= to) {
                found.add(event);
            }
        }
        int surplus = Math.max(0, found.size() - limit);
        return CompletableFuture.completedFuture(List.copyOf(found.subList(surplus, found.size())));
    }

    @Override
    public CompletionStage<List<RoomEvent.Recorded>> settle(long from) {
        return read(from, Long.MAX_VALUE, Integer.MAX_VALUE);
    }
}
