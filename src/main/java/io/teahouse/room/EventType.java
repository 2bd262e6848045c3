package io.teahouse.room;

import java.util.Set;

/** The types of events in the history of a room. A request names the types it wants; others do not count. */
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
