package io.teahouse.room;

/** How a member wants to be told. */
public enum Delivery {
    /** One message per event: what a bot, a game lobby or a test probe expects. */
    EACH,
    /** All that happened in one go is one {@link EventBatch}: a single write for a connection. */
    BATCHED
}
