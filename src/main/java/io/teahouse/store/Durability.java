package io.teahouse.store;

/** How much of a room outlives the server. */
public enum Durability {
    /** A message is stored before it is shown. */
    STORED,
    /** A message is shown at once and stored soon after; a crash loses the last moments. */
    RELAXED,
    /** Messages are not stored. The settings of a registered room are. */
    NONE
}
