package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Map;

/**
 * A summary of a room for lists of rooms. Sent to its observer after every change.
 *
 * @param members the number of members
 * @param state the state with which the room can be reopened
 */
public record RoomSummary(RoomName room, ActorRef<RoomActor.Command> self, int members, Topic topic, RoomState state) {
    /** The summary of an empty room with default settings. */
    public static RoomSummary unused(RoomName room, ActorRef<RoomActor.Command> self) {
        return new RoomSummary(room, self, 0, Topic.NONE, RoomState.NEW);
    }

    /** When the first member joined. */
    public Instant created() {
        return state.created();
    }

    /** The modes of the room. */
    public Modes.Snapshot modes() {
        return state.modes();
    }

    /** The metadata of the room: values by key. */
    public Map<String, String> metadata() {
        return state.metadata();
    }

    /** Whether only members see the room in lists. */
    public boolean secret() {
        return modes().flags().contains(Mode.SECRET);
    }
}
