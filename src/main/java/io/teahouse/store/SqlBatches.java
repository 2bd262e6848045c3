package io.teahouse.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Splits values into batches of fixed size for statements with a list of parameters. The size is fixed so that each
 * statement is prepared once; the last value is repeated to fill a batch.
 */
final class SqlBatches {
    /** The size of a batch. */
    static final int COUNT = 64;

    /** Placeholders for the inside of {@code in (…)}. */
    static final String MARKS = String.join(", ", Collections.nCopies(COUNT, "?"));

    private SqlBatches() {}

    /** The parameters of each statement. */
    static List<Object[]> of(List<? extends Object> values) {
        List<Object[]> all = new ArrayList<>();
        for (int from = 0; from < values.size(); from += COUNT) {
            Object[] some = new Object[COUNT];
            for (int i = 0; i < COUNT; i++) {
                some[i] = values.get(Math.min(from + i, values.size() - 1));
            }
            all.add(some);
        }
        return all;
    }
}
