package io.teahouse.room;

import java.util.Set;

/**
 * The types of events in the history of a room. A request names the types it wants; others do not count towards its
 * limit.
 */
public enum EventType {
    /** Messages of users, and notices. */
    MESSAGE,
    /** Messages between programs, {@link RoomEvent.Kind#SIGNAL}. */
    SIGNAL,
    TOPIC,
    /** Redactions. */
    REDACTION;

    public static final Set<EventType> ALL = Set.of(values());
}
