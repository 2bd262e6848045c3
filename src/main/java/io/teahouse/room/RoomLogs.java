package io.teahouse.room;

/** Port: gives each room its log. Called by the directory, from its thread; must not block. */
public interface RoomLogs {
    /** The log of that room: the same contents however often it is asked for. */
    RoomLog of(RoomName room);

    /** The room was empty for so long that it has been put away; what is only in memory may go too. */
    void putAway(RoomName room);
}
