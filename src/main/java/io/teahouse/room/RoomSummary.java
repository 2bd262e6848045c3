package io.teahouse.room;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Map;

/**
 * A room seen from outside, so that lists of rooms need not ask it. Told after every change.
 *
 * @param members how many there are
 * @param state what it takes to open the room again as it is
 */
public record RoomSummary(RoomName room, ActorRef<RoomActor.Command> self, int members, Topic topic, RoomState state) {
    /** Of an empty room with default settings. */
    public static RoomSummary unused(RoomName room, ActorRef<RoomActor.Command> self) {
        return new RoomSummary(room, self, 0, Topic.NONE, RoomState.NEW);
    }

    /** When the first member joined. */
    public Instant created() {
        return state.created();
    }

    /** How the room is set. */
    public Modes.Snapshot modes() {
        return state.modes();
    }

    /** Values by their keys. */
    public Map<String, String> metadata() {
        return state.metadata();
    }

    /** Whether it is listed for its members only. */
    public boolean secret() {
        return modes().flags().contains(Mode.SECRET);
    }
}
