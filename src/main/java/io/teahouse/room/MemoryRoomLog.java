package io.teahouse.room;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * A log in memory: a ring of the newest events. It answers at once. It survives a failure of its room, but no restart.
 */
public final class MemoryRoomLog implements RoomLog {
    private static final CompletionStage<Outcome> STORED = CompletableFuture.completedFuture(Outcome.STORED);
    private static final CompletionStage<Outcome> FENCED = CompletableFuture.completedFuture(Outcome.FENCED);

    private final int capacity;
    private final LogBudget budget;
    private final LogBudget.Log share = new LogBudget.Log() {
        @Override
        public long bytes() {
            return MemoryRoomLog.this.bytes();
        }

        @Override
        public void shorten(long most) {
            MemoryRoomLog.this.shorten(most);
        }
    };

    /**
     * It is no secret, so no secure random numbers are needed, which may open a file: logs are also made when the
     * process has no file descriptor left.
     */
    private final String identity = Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX);

    private final ArrayDeque<RoomEvent.Recorded> ring = new ArrayDeque<>();
    private final Ring places = new Ring();
    private long lastSeq;

    /** The approximate size of the ring. */
    private long bytes;

    /** A closed log holds nothing and takes nothing. */
    private boolean closed;

    /** All earlier events have been dropped. */
    private long firstKept = 1;

    private long generation;
    private Optional<RegisteredState> kept = Optional.empty();

    /** The session of the registered room. */
    private long keptSession = FOR_ALL;

    private Optional<RoomEvent.TopicChanged> topic = Optional.empty();
    private long topicSession = FOR_ALL;
    private Optional<RoomEvent.TopicChanged> openTopic = Optional.empty();

    /** The session of each message that is not for all, by seq. */
    private Map<Long, Long> sessions = Map.of();

    /** Only for {@link MemoryRoomLogs}. */
    private long readableBy = FOR_ALL;

    /** @param capacity the maximum number of events; 0: none */
    public MemoryRoomLog(int capacity) {
        this(capacity, LogBudget.unlimited());
    }

    /**
     * One of several logs that share a budget, until it is {@linkplain #close closed}.
     *
     * @param capacity the maximum number of events; 0: none
     */
    public MemoryRoomLog(int capacity, LogBudget budget) {
        this.capacity = capacity;
        this.budget = budget;
        budget.add(share);
    }

    /** Drops everything: the room has been closed. */
    public void close() {
        synchronized (this) {
            closed = true;
            shorten(0);
        }
        budget.remove(share);
    }

    /** Its approximate size in bytes. */
    synchronized long bytes() {
        return bytes;
    }

    /** Drops the oldest events until it holds at most {@code most} bytes. */
    synchronized void shorten(long most) {
        while (bytes > most && !ring.isEmpty()) {
            removeOldest();
        }
    }

    private void removeOldest() {
        RoomEvent.Recorded oldest = ring.removeFirst();
        firstKept = oldest.seq() + 1;
        forget(oldest);
    }

    @Override
    public synchronized CompletionStage<Opened> open(long session) {
        return CompletableFuture.completedFuture(open(generation + 1, session));
    }

    /** The same, with the generation given by the caller. */
    public synchronized Opened open(long newGeneration, long session) {
        generation = newGeneration;
        long now = kept.isPresent() ? keptSession : session;
        return new Opened(
                identity,
                generation,
                now,
                lastSeq,
                topicSession == FOR_ALL || topicSession == now ? topic : openTopic,
                openTopic,
                kept,
                ring.stream().map(event -> asFarAsKnown(event, now)).toList());
    }

    @Override
    public CompletionStage<Outcome> append(long writer, long session, List<RoomEvent.Recorded> batch) {
        synchronized (this) {
            if (writer != generation || batch.get(0).seq() != lastSeq + 1) {
                return FENCED;
            }
            for (RoomEvent.Recorded event : batch) {
                keep(event, session);
            }
        }
        budget.relieve();
        return STORED;
    }

    private void keep(RoomEvent.Recorded event, long session) {
        lastSeq = event.seq();
        if (event instanceof RoomEvent.TopicChanged changed) {
            topic = Optional.of(changed);
            topicSession = session;
            openTopic = session == FOR_ALL ? topic : openTopic;
        }
        if (session != FOR_ALL) {
            sessions = sessions.isEmpty() ? new HashMap<>() : sessions;
            sessions.put(event.seq(), session);
        }
        ring.addLast(event);
        count(event.bytes());
        if (event instanceof RoomEvent.Redacted redacted) {
            redact(redacted.targetSeq());
        }
        if (ring.size() > capacity || closed) {
            removeOldest();
        }
    }

    private void redact(long seq) {
        Iterator<RoomEvent.Recorded> each = ring.iterator();
        while (each.hasNext()) {
            RoomEvent.Recorded event = each.next();
            if (event.seq() == seq) {
                each.remove();
                forget(event);
                return;
            }
        }
    }

    private void count(long more) {
        bytes += more;
        budget.count(more);
    }

    private void forget(RoomEvent.Recorded event) {
        count(-event.bytes());
        if (!sessions.isEmpty()) {
            sessions.remove(event.seq());
        }
    }

    @Override
    public synchronized void readableBy(long session) {
        readableBy = session;
    }

    private boolean isReadable(RoomEvent.Recorded event, long session) {
        long forWhom = sessions.getOrDefault(event.seq(), FOR_ALL);
        return forWhom == FOR_ALL || forWhom == session;
    }

    private RoomEvent.Recorded asFarAsKnown(RoomEvent.Recorded event, long session) {
        return isReadable(event, session) || !event.profile().account().isEmpty() ? event : Tombstone.inPlaceOf(event);
    }

    @Override
    public synchronized CompletionStage<Excerpt> read(
            long session, HistoryRange span, Predicate<RoomEvent.Recorded> wanted) {
        Optional<HistoryRange.Range> range = span.in(places);
        if (range.isEmpty()) {
            return CompletableFuture.completedFuture(Excerpt.UNKNOWN);
        }
        List<RoomEvent.Recorded> found = new ArrayList<>();
        boolean hidden = false;
        Iterator<RoomEvent.Recorded> each = span.newest() ? ring.descendingIterator() : ring.iterator();
        while (each.hasNext() && found.size() < span.limit()) {
            RoomEvent.Recorded event = each.next();
            boolean asked = event.seq() >= range.get().from()
                    && event.seq() <= range.get().to();
            hidden |= asked && !isReadable(event, session);
            if (asked && isReadable(event, session) && wanted.test(event)) {
                found.add(event);
            }
        }
        if (span.newest()) {
            Collections.reverse(found);
        }
        boolean lost = Excerpt.isGap(span, range.get(), found.size(), firstKept);
        return CompletableFuture.completedFuture(new Excerpt(List.copyOf(found), true, lost || hidden));
    }

    synchronized Optional<RegisteredState> kept() {
        return kept;
    }

    /** Whether the room belongs to that account. */
    synchronized boolean isOf(String account) {
        return kept.filter(each -> each.founder().equals(account)).isPresent();
    }

    synchronized List<RoomEvent.Recorded> all() {
        return ring.stream().filter(event -> isReadable(event, readableBy)).toList();
    }

    /** The newest event that matches. */
    synchronized Optional<RoomEvent.Recorded> newest(Predicate<RoomEvent.Recorded> wanted) {
        Iterator<RoomEvent.Recorded> newestFirst = ring.descendingIterator();
        while (newestFirst.hasNext()) {
            RoomEvent.Recorded event = newestFirst.next();
            if (isReadable(event, readableBy) && wanted.test(event)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized CompletionStage<List<RoomEvent.Recorded>> settle(long from) {
        return CompletableFuture.completedFuture(
                ring.stream().filter(event -> event.seq() >= from).toList());
    }

    @Override
    public synchronized CompletionStage<Outcome> keep(long writer, long session, Optional<RegisteredState> state) {
        if (writer != generation) {
            return FENCED;
        }
        kept = state;
        keptSession = session;
        return STORED;
    }

    /** Finds marks in the ring; used under the lock of the log. */
    private final class Ring implements HistoryRange.Places {
        @Override
        public OptionalLong seqOf(String id) {
            return ring.stream()
                    .filter(event -> event.id().equals(id))
                    .mapToLong(RoomEvent.Recorded::seq)
                    .findFirst();
        }

        @Override
        public long firstAt(Instant time) {
            return ring.stream()
                    .filter(event -> !event.at().isBefore(time))
                    .mapToLong(RoomEvent.Recorded::seq)
                    .findFirst()
                    .orElse(lastSeq + 1);
        }
    }
}
