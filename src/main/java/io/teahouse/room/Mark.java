package io.teahouse.room;

import java.time.Instant;

/** A place in the past of a room. */
public sealed interface Mark {
    /** Of the event with that seq, whether it is kept or not. */
    record AtSeq(long seq) implements Mark {}

    /** Of all that happened in that millisecond. */
    record AtTime(Instant time) implements Mark {}

    /** Of the event with that id. */
    record AtId(String id) implements Mark {}
}
