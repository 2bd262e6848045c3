package io.teahouse.room;

import java.util.Set;

/** What the past of a room consists of. Whoever asks for it names the types that they can use; the others do not count. */
public enum EventType {
    /** Messages of people, and notices. */
    MESSAGE,
    /** Messages between programs, {@link RoomEvent.Kind#SIGNAL}. */
    SIGNAL,
    TOPIC,
    /** That a message was redacted. */
    REDACTION;

    public static final Set<EventType> ALL = Set.of(values());
}
