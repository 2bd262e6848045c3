package io.teahouse.room;

/** One method per event, so that the compiler finds every reader that does not handle a new one. */
public interface RoomEventVisitor {
    void welcome(RoomEvent.Welcome welcome);

    void gap(RoomEvent.Gap gap);

    void joined(RoomEvent.Joined joined);

    void left(RoomEvent.Left left);

    void renamed(RoomEvent.Renamed renamed);

    void profileChanged(RoomEvent.ProfileChanged changed);

    void metadataChanged(RoomEvent.MetadataChanged changed);

    void modesChanged(RoomEvent.ModesChanged changed);

    void roomRenamed(RoomEvent.RoomRenamed renamed);

    void invited(RoomEvent.Invited invited);

    void signalled(RoomEvent.Signalled signalled);

    void said(RoomEvent.Said said);

    void topicChanged(RoomEvent.TopicChanged changed);

    void redacted(RoomEvent.Redacted redacted);
}
