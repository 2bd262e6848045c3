package io.teahouse.store;

/** What of a room outlives the server. */
public enum Durability {
    /** What was shown was stored before. */
    STORED,
    /** What is said is shown at once and stored soon; the last moments are lost with the process. */
    RELAXED,
    /** Nothing that is said is stored. How the room is set is, if it is registered. */
    NONE
}
