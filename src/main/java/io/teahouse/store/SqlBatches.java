package io.teahouse.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Values of a question that is about several at once. It always has as many, so that it is prepared once; the last one
 * stands for those that are missing.
 */
final class SqlBatches {
    /** How many at a time. */
    static final int COUNT = 64;

    /** For the inside of {@code in (…)}. */
    static final String MARKS = String.join(", ", Collections.nCopies(COUNT, "?"));

    private SqlBatches() {}

    /** The parameters of one question after another. */
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
