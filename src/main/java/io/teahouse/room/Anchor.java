package io.teahouse.room;

import java.time.Instant;

/** A place in the past of a room. */
public sealed interface Anchor {
    /** Of the event with that seq, whether it is kept or not. */
    record AtSeq(long seq) implements Anchor {}

    /** Of all that happened in that millisecond. */
    record AtTime(Instant time) implements Anchor {}

    /** Of the event with that id. */
    record AtId(String id) implements Anchor {}
}
