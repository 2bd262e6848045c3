package io.teahouse.hook;

import io.teahouse.hook.HookQueue.Position;
import io.teahouse.hook.HookQueue.Waiting;
import io.teahouse.room.Anchor;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Redacted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one hook has still to be told of one room, in the room's order: wanted events of the log, of which only a page is in memory, and between
 * them the events that are in no log. Belongs to one {@link OutgoingHookActor}.
 */
final class Backlog {
    /** How many events of the log are in memory. */
    static final int PAGE = 64;

    /** The share that is dropped when too many wait, so that not every further event drops one. */
    private static final int DROPPED_SHARE = 16;

    private static final Position NOWHERE = new Position(-1, "", 0);

    /**
     * The event that is sent next.
     *
     * @param start counts the rooms of this name, of which it is from one
     */
    record Next(String id, String body, Position reached, int start) {}

    private final Set<HookEvent> wanted;

    /** The next wanted events of the log. */
    private final Deque<Recorded> page = new ArrayDeque<>();

    /** The seqs of the wanted events after those; they are read again when it is their turn. */
    private final Deque<Long> later = new ArrayDeque<>();

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Position position = NOWHERE;

    /** The events of the log up to that seq have been seen; so what is wanted of them, and not delivered, is on the page or later. */
    private long known = NOWHERE.seq();

    private String knownId = "";

    /** The seq of the last event in the room's log. */
    private long last = NOWHERE.seq();

    /** The last seq when the hook entered the room. */
    private long entered = NOWHERE.seq();

    /** From where on the log was asked, and the last seq at that time. */
    private long from;

    private long asked;

    private long lastNumber;
    private long counted;

    /** Counts the rooms of this name that the hook has started in. */
    private int start;

    Backlog(Set<HookEvent> wanted) {
        this.wanted = wanted;
    }

    /** Continues where an earlier server was. */
    void restore(HookQueue.Stored stored) {
        position = stored.position().orElse(NOWHERE);
        known = position.seq();
        last = position.seq();
        waiting.addAll(stored.waiting());
        lastNumber = waiting.isEmpty() ? position.number() : waiting.getLast().number();
    }

    /**
     * The hook is in the room, whose last event has that seq. Returns whether it starts there, because it is new in the room or
     * this is another room.
     */
    boolean entered(long seq) {
        entered = seq;
        last = seq;
        boolean starts = position.seq() < 0 || seq < position.seq();
        if (starts) {
            startWhereEntered();
        } else {
            readFromPosition();
            moveWaiting(seq); // those of an earlier room
        }
        return starts;
    }

    /** The room is not the one of the position. */
    void startWhereEntered() {
        startAt(entered);
    }

    /** The room got another name, so that the next one of this name is a new room, of which the hook is told everything. */
    void startInNewRoom() {
        last = 0;
        startAt(0);
    }

    private void startAt(long seq) {
        start++;
        position = new Position(seq, "", position.number());
        readFromPosition();
        moveWaiting(seq);
    }

    /** By the event of the position, it becomes apparent whether this is the same room. */
    private void readFromPosition() {
        page.clear();
        later.clear();
        known = position.seq();
        knownId = position.event();
    }

    private void moveWaiting(long seq) {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(it -> waiting.add(new Waiting(it.number(), Math.min(seq, it.seq()), it.id(), it.body())));
    }

    /** An event of the log has just been published. */
    void recorded(Recorded event) {
        if (event instanceof Redacted redacted) {
            page.removeIf(each -> each.id().equals(redacted.target()));
            later.remove(redacted.targetSeq());
        }
        last = Math.max(last, event.seq());
        if (event.seq() == known + 1) {
            see(event);
        }
    }

    private void see(Recorded event) {
        known = event.seq();
        knownId = event.id();
        if (EventJson.type(event).filter(wanted::contains).isEmpty()) {
            return;
        } else if (later.isEmpty() && page.size() < PAGE) {
            page.add(event);
        } else {
            later.add(event.seq());
        }
    }

    /** An event that is in no log has just been published. */
    Waiting add(String id, String body) {
        lastNumber++;
        Waiting added = new Waiting(lastNumber, last, id, body);
        waiting.add(added);
        return added;
    }

    /** Whether events of the log have to be read. */
    boolean lacksLog() {
        return known < last || isPageOver();
    }

    private boolean isPageOver() {
        return page.isEmpty() && !later.isEmpty();
    }

    /** Where to read on. By its id, an event of another room is recognized. */
    Anchor readFrom() {
        asked = last;
        from = isPageOver() ? later.getFirst() - 1 : known;
        return from == position.seq() && !position.event().isEmpty()
                ? new Anchor.AtId(position.event())
                : new Anchor.AtSeq(from);
    }

    /**
     * What was read.
     *
     * @param events after {@link #readFrom}, at most a page; fewer may be all, or all that the log gave in time
     * @param gap whether there may be more, or some are gone
     */
    void read(List<Recorded> events, boolean gap) {
        for (Recorded event : events) {
            if (event.seq() > known) {
                see(event);
            } else {
                fetch(event);
            }
        }
        if (events.isEmpty()) {
            // a log that has no time for more has looked at more than a page
            passOver(gap ? Math.min(asked, from + PAGE) : asked);
        }
    }

    private void fetch(Recorded event) {
        while (!later.isEmpty() && later.getFirst() < event.seq()) {
            later.removeFirst(); // deleted in the meantime
        }
        if (!later.isEmpty() && later.getFirst() == event.seq()) {
            later.removeFirst();
            page.add(event);
        }
    }

    private void passOver(long seq) {
        later.removeIf(each -> each > from && each <= seq);
        if (seq > known) {
            known = seq;
            knownId = "";
        }
    }

    /** The next event; empty: there is none, or the log has to be read. */
    Optional<Next> next() {
        if (page.isEmpty() && later.isEmpty() && known > position.seq()) {
            position = new Position(known, knownId, position.number());
        }
        return due().map(it -> new Next(
                        it.id(), it.body(), new Position(position.seq(), position.event(), it.number()), start))
                .or(() -> Optional.ofNullable(page.peekFirst())
                        .map(it -> new Next(
                                it.id(),
                                EventJson.recorded(it),
                                new Position(it.seq(), it.id(), position.number()),
                                start)));
    }

    /** The event in no log that comes before the next one of the log. */
    private Optional<Waiting> due() {
        return Optional.ofNullable(waiting.peekFirst())
                .filter(it -> it.seq() <= known && it.seq() < nextOfLog().orElse(Long.MAX_VALUE));
    }

    private Optional<Long> nextOfLog() {
        return Optional.ofNullable(page.peekFirst())
                .map(Recorded::seq)
                .or(() -> Optional.ofNullable(later.peekFirst()));
    }

    void delivered(Next event) {
        position = event.start == start
                ? event.reached
                : new Position(position.seq(), position.event(), Math.max(position.number(), event.reached.number()));
        forgetDone();
    }

    private void forgetDone() {
        page.removeIf(each -> each.seq() <= position.seq());
        later.removeIf(each -> each <= position.seq());
        waiting.removeIf(each -> each.number() <= position.number());
        known = Math.max(known, position.seq());
    }

    /**
     * Drops the oldest events if there are too many; returns how many. Only while none is being sent.
     *
     * @param most how many may wait
     */
    long dropOldest(int most) {
        long before = size();
        if (before <= most) {
            return 0;
        }
        long goal = Math.max(0, most - most / DROPPED_SHARE);
        while (size() > goal) {
            Optional<Long> ofLog = due().isPresent() ? Optional.empty() : nextOfLog();
            position = ofLog.map(seq -> new Position(seq, "", position.number()))
                    .orElseGet(() -> new Position(
                            position.seq(), position.event(), waiting.getFirst().number()));
            forgetDone();
        }
        return before - size();
    }

    private long size() {
        return (long) page.size() + later.size() + waiting.size();
    }

    Position position() {
        return position;
    }

    /** How many events were waiting when they were counted last. */
    long counted() {
        return counted;
    }

    /** Counts them again, and with them those of the log that have not been seen; returns the difference. */
    long countAgain() {
        long before = counted;
        counted = size() + last - known;
        return counted - before;
    }
}
