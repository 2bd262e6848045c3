package io.teahouse.user;

import io.teahouse.room.Ranks;
import io.teahouse.room.RoomName;

/**
 * A room that a user is in.
 *
 * @param secret whether only its members may know that the user is there
 */
public record Place(RoomName room, Ranks ranks, boolean secret) {
    boolean isIn(RoomName other) {
        return room.key().equals(other.key());
    }
}
