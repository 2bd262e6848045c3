package io.teahouse.room;

import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomEvent.Recorded;
import io.teahouse.room.RoomEvent.Said;
import java.util.Set;

/** What the past of a room consists of. Who asks for it says what he can make use of; the rest counts for nothing. */
public enum EventType {
    /** What people said, and notices. */
    MESSAGE,
    /** What programs told programs, {@link Kind#SIGNAL}. */
    SIGNAL,
    TOPIC,
    /** That something was taken back. */
    REDACTION;

    public static final Set<EventType> ALL = Set.of(values());

    static EventType of(Recorded event) {
        if (event instanceof Said said) {
            return said.kind() == Kind.SIGNAL ? SIGNAL : MESSAGE;
        }
        return event instanceof RoomEvent.TopicChanged ? TOPIC : REDACTION;
    }
}
