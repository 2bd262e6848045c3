package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Map;

/**
 * A room seen from outside, so that lists of rooms need not ask it. Told after every change.
 *
 * @param past see {@link Room#past}
 * @param session see {@link RoomLog}; {@link RoomLog#FOR_ALL}: none yet
 */
public record RoomSummary(
        RoomName room,
        ActorRef<RoomActor.Command> self,
        int members,
        Topic topic,
        Instant created,
        Modes.Snapshot modes,
        Map<String, String> metadata,
        long past,
        long session) {
    /** Of a room in which nothing was said before. */
    public RoomSummary(
            RoomName room,
            ActorRef<RoomActor.Command> self,
            int members,
            Topic topic,
            Instant created,
            Modes.Snapshot modes,
            Map<String, String> metadata) {
        this(room, self, members, topic, created, modes, metadata, 0, RoomLog.FOR_ALL);
    }

    /** Of an empty room with default settings. */
    static RoomSummary unused(RoomName room, ActorRef<RoomActor.Command> self) {
        return new RoomSummary(room, self, 0, Topic.NONE, Instant.EPOCH, Modes.Snapshot.NONE, Map.of());
    }

    /** Whether it is listed for its members only. */
    public boolean secret() {
        return modes.flags().contains(Mode.SECRET);
    }
}
