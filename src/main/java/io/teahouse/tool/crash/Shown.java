package io.teahouse.tool.crash;

import java.time.Instant;

/**
 * A message as somebody was shown it.
 *
 * @param room without a mark before it
 * @param id the sender's own, by which messages are told apart here
 * @param by the sender's name
 * @param msgid the server's id; empty at the plain door
 * @param at the server's time; the epoch at the plain door
 * @param whole whether every letter of the text was there
 */
record Shown(String room, String id, String by, String msgid, Instant at, boolean whole) {
    /** Whether the door that it was shown at tells ids and times. */
    boolean isComplete() {
        return !msgid.isEmpty();
    }

    @Override
    public String toString() {
        return id + (isComplete() ? " (msgid " + msgid + ", time " + at + ")" : "");
    }
}
