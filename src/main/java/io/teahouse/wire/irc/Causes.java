package io.teahouse.wire.irc;

import java.util.ArrayDeque;

/** What happened in several rooms at once and has been told to one client already, so that it is told once. Pure. */
final class Causes {
    /** How many are remembered. */
    private static final int MOST = 64;

    private final ArrayDeque<Long> known = new ArrayDeque<>(0);

    /** Whether it has been told; from now on, it has. 0 is no cause, and never known. */
    boolean isKnown(long cause) {
        if (cause == 0) {
            return false;
        } else if (known.contains(cause)) {
            return true;
        }
        known.addLast(cause);
        if (known.size() > MOST) {
            known.removeFirst();
        }
        return false;
    }
}
