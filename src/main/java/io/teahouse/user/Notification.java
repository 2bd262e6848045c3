package io.teahouse.user;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.Map;

/** What a user is told outside of any room. */
public sealed interface Notification extends UserMessage, UserEvent {
    /** Somebody invites the user to a room. */
    record Invited(RoomName room, Nick by, Profile profile, Instant at) implements Notification {}

    /** An operator of the server says something to all who have the mode {@link UserMode#WALLOPS}. */
    record Wallops(Nick by, Profile profile, String text) implements Notification {}

    /** The server says something to the user, at every door. */
    record ServerNotice(String text) implements Notification {}

    /** The user has read up to that time, on another connection. */
    record Read(String target, Instant at) implements Notification {}

    /** A user with a watched nick is online. */
    record Online(Nick nick, Profile profile) implements Notification {}

    /** A user with a watched nick has left, or has another nick now. */
    record Offline(Nick nick) implements Notification {}

    /**
     * The profile of a watched user has changed.
     *
     * @param cause as in {@link io.teahouse.room.RoomEvent.Personal}
     */
    record ProfileChanged(Nick nick, Profile before, Profile after, long cause) implements Notification {}

    /** The metadata of a watched user have changed, as in {@link io.teahouse.room.RoomEvent.MetadataChanged}. */
    record MetadataChanged(Nick nick, Map<String, String> changes, long cause) implements Notification {}
}
