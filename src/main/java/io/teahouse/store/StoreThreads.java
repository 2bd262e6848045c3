package io.teahouse.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * The threads of a store.
 *
 * @param writer the only one that writes
 * @param opening opens rooms and reads accounts
 * @param history reads history
 * @param searching runs searches
 */
record StoreThreads(StoreWriter writer, ReaderPool opening, ReaderPool history, ReaderPool searching)
        implements StoreTotals {
    @Override
    public long batches() {
        return writer.batches();
    }

    @Override
    public long writes() {
        return writer.writes();
    }

    @Override
    public long nanos() {
        return writer.nanos();
    }

    @Override
    public int queued() {
        return writer.queued();
    }

    @Override
    public long queuedBytes() {
        return writer.queuedBytes();
    }

    @Override
    public OptionalLong unindexed() {
        return writer.unindexed();
    }

    @Override
    public List<Reads> reads() {
        return List.of(opening.totals(), history.totals(), searching.totals());
    }

    @Override
    public boolean isAway() {
        return writer.isAway();
    }
}
