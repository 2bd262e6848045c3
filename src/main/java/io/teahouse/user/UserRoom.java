package io.teahouse.user;

import io.teahouse.room.RoomName;

/**
 * A room, or a conversation, that a user is a member of: their connections locate it by its name, and subscribe.
 *
 * @param since the seq of the last event that the connection need not be shown; -1: it is shown what happens from now on
 */
public record UserRoom(RoomName room, long since) {}
