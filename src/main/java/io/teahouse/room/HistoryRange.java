package io.teahouse.room;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * A part of a room's past: what lies after one mark and before another, and of that some.
 *
 * @param after empty: from the first event on
 * @param before empty: up to the last event
 * @param inclusive whether what lies at the marks belongs to it
 * @param newest which are meant where there are more than {@code limit}; the answer is oldest first in either case
 * @param limit how many events at the most
 */
public record HistoryRange(
        Optional<Anchor> after, Optional<Anchor> before, boolean inclusive, boolean newest, int limit) {
    /** Everything. */
    public static final HistoryRange ALL =
            new HistoryRange(Optional.empty(), Optional.empty(), false, true, Integer.MAX_VALUE);

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

    /** What lies at that mark, and the first events after it. */
    public static HistoryRange from(Anchor mark, int limit) {
        return new HistoryRange(Optional.of(mark), Optional.empty(), true, false, limit);
    }

    /** What lies between two marks. */
    public static HistoryRange between(Anchor after, Anchor before, boolean newest, int limit) {
        return new HistoryRange(Optional.of(after), Optional.of(before), false, newest, limit);
    }

    /** The same, with its marks given otherwise. */
    HistoryRange with(UnaryOperator<Anchor> change) {
        return new HistoryRange(after.map(change), before.map(change), inclusive, newest, limit);
    }

    /** Where marks lie in one log. */
    public interface Places {
        /** The seq of the event with that id; empty if it is not there. */
        OptionalLong seqOf(String id);

        /** The lowest seq that is kept of what happened then or later; one more than the last if there is none. */
        long firstAt(Instant time);
    }

    /** Seqs, both included. */
    public record Range(long from, long to) {}

    /** The span in seqs of a log; empty if a mark is not in it. */
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
