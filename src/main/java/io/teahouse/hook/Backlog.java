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
 * What one hook has still to be told of one room, in the room's order: events of the log, of which only a page is in memory, and between
 * them the events that are in no log. Belongs to one {@link OutgoingHookActor}.
 */
final class Backlog {
    /** How many events of the log are in memory. */
    static final int PAGE = 64;

    /** The share that is dropped when too many wait, so that not every further event drops one. */
    private static final int DROPPED_SHARE = 16;

    private static final Position NOWHERE = new Position(-1, "", 0);

    /** The event that is sent next. */
    record Next(String id, String body, Position reached) {}

    private final int most;
    private final Set<HookEvent> wanted;
    private final Deque<Recorded> page = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Position position = NOWHERE;

    /** All wanted events up to that seq have been read. */
    private long readTo = NOWHERE.seq();

    /** The seq of the last event in the room's log. */
    private long last = NOWHERE.seq();

    /** The last seq at the time when the log was asked. */
    private long asked;

    private long lastNumber;
    private long counted;

    /** @param most how many events wait */
    Backlog(int most, Set<HookEvent> wanted) {
        this.most = most;
        this.wanted = wanted;
    }

    /** Continues where an earlier server was. */
    void restore(HookQueue.Stored stored) {
        position = stored.position().orElse(NOWHERE);
        readTo = position.seq();
        last = position.seq();
        waiting.addAll(stored.waiting());
        lastNumber = waiting.isEmpty() ? position.number() : waiting.getLast().number();
    }

    /**
     * The hook is in the room, whose last event has that seq. Returns whether it starts there, because it is new in the room or
     * this is another room.
     */
    boolean entered(long seq) {
        last = seq;
        boolean starts = isNowhere() || seq < position.seq();
        if (starts) {
            startHere();
        }
        return starts;
    }

    private boolean isNowhere() {
        return position.seq() < 0;
    }

    /** Passes over everything in the log. */
    void startHere() {
        page.clear();
        position = new Position(last, "", position.number());
        readTo = last;
    }

    /** An event of the log has just been published. */
    void recorded(Recorded event) {
        if (event instanceof Redacted redacted) {
            page.removeIf(each -> each.id().equals(redacted.target()));
        }
        last = Math.max(last, event.seq());
        if (event.seq() == readTo + 1 && page.size() < PAGE) {
            page.add(event);
            readTo = event.seq();
        }
    }

    /** An event that is in no log has just been published. */
    Waiting add(String id, String body) {
        lastNumber++;
        Waiting added = new Waiting(lastNumber, last, id, body);
        waiting.add(added);
        return added;
    }

    /** Whether events of the log have to be read before the hook can be told more. */
    boolean lacksLog() {
        return page.isEmpty() && readTo < last;
    }

    /** Where to read on. By its id, an event of another room is recognized. */
    Anchor readFrom() {
        asked = last;
        return readTo == position.seq() && !position.event().isEmpty()
                ? new Anchor.AtId(position.event())
                : new Anchor.AtSeq(readTo);
    }

    /** @param events after {@link #readFrom}, at most a page; fewer may be all, or all that the log gave in time */
    void read(List<Recorded> events) {
        for (Recorded event : events) {
            if (event.seq() > readTo) {
                page.add(event);
                readTo = event.seq();
            }
        }
        if (events.isEmpty()) {
            readTo = Math.max(readTo, asked);
        }
    }

    /** The next event; empty: there is none, or the log has to be read. */
    Optional<Next> next() {
        while (!page.isEmpty() && !isWanted(page.getFirst())) {
            Recorded passed = page.removeFirst();
            position = new Position(passed.seq(), passed.id(), position.number());
        }
        Optional<Recorded> stored = Optional.ofNullable(page.peekFirst());
        Optional<Waiting> other = Optional.ofNullable(waiting.peekFirst())
                .filter(it -> it.seq() <= readTo)
                .filter(it -> stored.isEmpty() || stored.get().seq() > it.seq());
        return other.map(
                        it -> new Next(it.id(), it.body(), new Position(position.seq(), position.event(), it.number())))
                .or(() -> stored.map(it ->
                        new Next(it.id(), EventJson.recorded(it), new Position(it.seq(), it.id(), position.number()))));
    }

    private boolean isWanted(Recorded event) {
        return EventJson.type(event).filter(wanted::contains).isPresent();
    }

    void delivered(Next event) {
        position = event.reached;
        forgetDone();
    }

    private void forgetDone() {
        page.removeIf(each -> each.seq() <= position.seq());
        waiting.removeIf(each -> each.number() <= position.number());
        readTo = Math.max(readTo, position.seq());
    }

    /** Drops the oldest events if there are too many; returns how many. Only while none is being sent. */
    long dropOldest() {
        long tooMany = size() - most;
        if (tooMany <= 0) {
            return 0;
        }
        long before = size();
        long goal = Math.max(0, most - most / DROPPED_SHARE);
        while (size() > goal) {
            Optional<Waiting> other = Optional.ofNullable(waiting.peekFirst());
            if (other.filter(it -> it.seq() <= position.seq()).isPresent()) {
                position = new Position(
                        position.seq(), position.event(), other.get().number());
            } else {
                long end = Math.min(last, position.seq() + size() - goal);
                position = new Position(other.map(it -> Math.min(end, it.seq())).orElse(end), "", position.number());
            }
            forgetDone();
        }
        return before - size();
    }

    private long size() {
        return last - position.seq() + waiting.size();
    }

    Position position() {
        return position;
    }

    /** How many events were waiting when they were counted last. */
    long counted() {
        return counted;
    }

    /** Counts them again; returns the difference. */
    long countAgain() {
        long before = counted;
        counted = isNowhere() ? waiting.size() : size();
        return counted - before;
    }
}
