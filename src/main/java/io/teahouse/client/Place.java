package io.teahouse.client;

import io.teahouse.room.Ranks;
import io.teahouse.room.RoomName;

/**
 * A room that somebody is in, as he himself knows it.
 *
 * @param secret whether only those who are in it too may know
 */
public record Place(RoomName room, Ranks ranks, boolean secret) {}
