package io.teahouse.room;

import io.teahouse.room.support.Check;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * A range in a room's history: some of the events after one mark and before another.
 *
 * @param after empty: from the first event on
 * @param before empty: up to the last event
 * @param inclusive whether the events at the marks belong to it
 * @param newest whether the newest or the oldest are returned where there are more than {@code limit}; the answer is
 *     oldest first in either case
 * @param limit the maximum number of events
 */
public record HistoryRange(
        Optional<Anchor> after, Optional<Anchor> before, boolean inclusive, boolean newest, int limit) {
    /** Everything. */
    public static final HistoryRange ALL =
            new HistoryRange(Optional.empty(), Optional.empty(), false, true, Integer.MAX_VALUE);

    public HistoryRange {
        Check.notNull(after, "after");
        Check.notNull(before, "before");
    }

    /** The newest {@code limit} events with a seq in {@code [from, to]}. */
    public static HistoryRange seqs(long from, long to, int limit) {
        return new HistoryRange(
                Optional.of(new Anchor.AtSeq(from)), Optional.of(new Anchor.AtSeq(to)), true, true, limit);
    }

    /** The newest events. */
    public static HistoryRange latest(int limit) {
        return new HistoryRange(Optional.empty(), Optional.empty(), false, true, limit);
    }

    /** The newest events after that mark. */
    public static HistoryRange latest(Anchor after, int limit) {
        return new HistoryRange(Optional.of(after), Optional.empty(), false, true, limit);
    }

    /** The last events before that mark. */
    public static HistoryRange before(Anchor mark, int limit) {
        return new HistoryRange(Optional.empty(), Optional.of(mark), false, true, limit);
    }

    /** The first events after that mark. */
    public static HistoryRange after(Anchor mark, int limit) {
        return new HistoryRange(Optional.of(mark), Optional.empty(), false, false, limit);
    }

    /** The events at that mark, and the first ones after it. */
    public static HistoryRange from(Anchor mark, int limit) {
        return new HistoryRange(Optional.of(mark), Optional.empty(), true, false, limit);
    }

    /** The events between two marks. */
    public static HistoryRange between(Anchor after, Anchor before, boolean newest, int limit) {
        return new HistoryRange(Optional.of(after), Optional.of(before), false, newest, limit);
    }

    /** The same with its marks replaced. */
    HistoryRange with(UnaryOperator<Anchor> change) {
        return new HistoryRange(after.map(change), before.map(change), inclusive, newest, limit);
    }

    /** Finds the seqs of marks in one log. */
    public interface Places {
        /** The seq of the event with that id; empty if it is not there. */
        OptionalLong seqOf(String id);

        /** The lowest kept seq of that time or later; one more than the last seq if there is none. */
        long firstAt(Instant time);
    }

    /** Seqs, both included. */
    public record Range(long from, long to) {}

    /** The range in seqs of a log; empty if a mark is not in it. */
    public Optional<Range> in(Places places) {
        OptionalLong from = after.isEmpty() ? OptionalLong.of(1) : edge(after.get(), places, inclusive);
        OptionalLong end = before.isEmpty() ? OptionalLong.of(Long.MAX_VALUE) : edge(before.get(), places, !inclusive);
        return from.isPresent() && end.isPresent()
                ? Optional.of(new Range(Math.max(1, from.getAsLong()), Math.max(1, end.getAsLong()) - 1))
                : Optional.empty();
    }

    /** The first seq at that mark, or the first after it. */
    private static OptionalLong edge(Anchor mark, Places places, boolean at) {
        if (mark instanceof Anchor.AtTime time) {
            Instant whole = time.time().truncatedTo(ChronoUnit.MILLIS);
            boolean between = whole.isBefore(time.time());
            return OptionalLong.of(places.firstAt(at && !between ? whole : whole.plusMillis(1)));
        }
        OptionalLong seq =
                mark instanceof Anchor.AtId id ? places.seqOf(id.id()) : OptionalLong.of(((Anchor.AtSeq) mark).seq());
        return seq.isEmpty() || at ? seq : OptionalLong.of(next(seq.getAsLong()));
    }

    private static long next(long seq) {
        return seq == Long.MAX_VALUE ? seq : seq + 1;
    }
}
