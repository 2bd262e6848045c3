package io.teahouse.tool.crash;

import java.time.Instant;

/**
 * A message as one connection was shown it.
 *
 * @param room without {@code #}
 * @param id the one that the sender gave it, unique in a run
 * @param by the sender's name
 * @param msgid the server's id; empty at the plain port
 * @param at the server's time; the epoch at the plain port
 * @param whole whether the text is complete
 */
record ShownMessage(String room, String id, String by, String msgid, Instant at, boolean whole) {
    /** Whether it has the msgid and the time. */
    boolean isComplete() {
        return !msgid.isEmpty();
    }

    @Override
    public String toString() {
        return id + (isComplete() ? " (msgid " + msgid + ", time " + at + ")" : "");
    }
}
