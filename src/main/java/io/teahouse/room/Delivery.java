package io.teahouse.room;

/** How a subscriber receives events. */
public enum Delivery {
    /** One message per event, as a bot, a game lobby or a test probe expects. */
    EACH,
    /** One {@link EventBatch} per publication, which a connection sends by a single write. */
    BATCHED
}
