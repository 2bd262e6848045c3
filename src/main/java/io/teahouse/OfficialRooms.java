package io.teahouse;

import io.teahouse.room.RoomName;
import io.teahouse.room.RoomSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rooms of the server's operators, see {@link RoomSettings.Rules#official}. A reload may change them. Thread-safe. */
final class OfficialRooms {
    private record State(List<RoomName> names, Set<String> keys) {
        static State of(List<RoomName> names) {
            return new State(
                    List.copyOf(names), names.stream().map(RoomName::key).collect(Collectors.toUnmodifiableSet()));
        }
    }

    private volatile State state;

    OfficialRooms(List<RoomName> names) {
        this.state = State.of(names);
    }

    void replace(List<RoomName> names) {
        state = State.of(names);
    }

    List<RoomName> names() {
        return state.names;
    }

    boolean contains(RoomName room) {
        return state.keys.contains(room.key());
    }
}
