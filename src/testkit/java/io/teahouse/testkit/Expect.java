package io.teahouse.testkit;

import java.util.Collection;
import java.util.List;

/** Fails a test, in any framework: by an {@link AssertionError}. */
final class Expect {
    private Expect() {}

    static void equal(Object actual, Object expected, String what) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + what + ": " + expected + ", but it was: " + actual);
        }
    }

    /** The only element. */
    static <E> E only(Collection<? extends E> all, String what) {
        if (all.size() != 1) {
            throw new AssertionError("expected one " + what + ", but there were " + all.size() + ": " + all);
        }
        return List.copyOf(all).get(0);
    }
}
