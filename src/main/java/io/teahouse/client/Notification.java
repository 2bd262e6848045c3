package io.teahouse.client;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.Map;

/** What one client is told outside of any room. */
public sealed interface Notification {
    /** Somebody asks him in. */
    record Invited(RoomName room, Nick by, Profile profile, Instant at) implements Notification {}

    /** An operator of the server says something to all who want to know. */
    record Wallops(Nick by, Profile profile, String text) implements Notification {}

    /** He has read on, by another connection of his account. */
    record Read(String target, Instant at) implements Notification {}

    /** Somebody for whom he watches has come: with that name, from there. */
    record Online(Nick nick, Profile profile) implements Notification {}

    /** Somebody for whom he watches has gone, or has another name now. */
    record Offline(Nick nick) implements Notification {}

    /**
     * Others may know something new of somebody for whom he watches.
     *
     * @param cause as in {@link io.teahouse.room.RoomEvent.Personal}
     */
    record ProfileChanged(Nick nick, Profile before, Profile after, long cause) implements Notification {}

    /** Something else is noted about somebody for whom he watches; as in {@link io.teahouse.room.RoomEvent.MetadataChanged}. */
    record MetadataChanged(Nick nick, Map<String, String> changes, long cause) implements Notification {}
}
