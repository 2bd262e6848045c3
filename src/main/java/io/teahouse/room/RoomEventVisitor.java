package io.teahouse.room;

/** One method per event. Override those of the events that matter; the server's dialects override all, and a test says so. */
public interface RoomEventVisitor {
    default void welcome(RoomEvent.Welcome welcome) {}

    default void gap(RoomEvent.Gap gap) {}

    default void joined(RoomEvent.Joined joined) {}

    default void left(RoomEvent.Left left) {}

    default void renamed(RoomEvent.Renamed renamed) {}

    default void profileChanged(RoomEvent.ProfileChanged changed) {}

    default void metadataChanged(RoomEvent.MetadataChanged changed) {}

    default void modesChanged(RoomEvent.ModesChanged changed) {}

    default void roomRenamed(RoomEvent.RoomRenamed renamed) {}

    default void invited(RoomEvent.Invited invited) {}

    default void signalled(RoomEvent.Signalled signalled) {}

    default void said(RoomEvent.Said said) {}

    default void topicChanged(RoomEvent.TopicChanged changed) {}

    default void redacted(RoomEvent.Redacted redacted) {}
}
