package io.teahouse.room;

import io.teahouse.room.support.Check;
import java.time.Instant;

/** A position in the history of a room. */
public sealed interface Anchor {
    /** The event with that seq, whether it is still kept or not. */
    record AtSeq(long seq) implements Anchor {}

    /** All events of that millisecond. */
    record AtTime(Instant time) implements Anchor {
        public AtTime {
            Check.notNull(time, "time");
        }
    }

    /** The event with that id. */
    record AtId(String id) implements Anchor {
        public AtId {
            Check.notNull(id, "id");
        }
    }
}
