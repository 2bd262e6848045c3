package io.teahouse.client;

import io.teahouse.room.Nick;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.user.UserSnapshot;
import java.util.ArrayDeque;
import java.util.function.Function;

/** Words for one person each, until the rooms of two in which they are said have been found. Pure. */
final class Whispers {
    private record Whisper(RoomName room, UserSnapshot to, Function<ClientRooms.Me, RoomActor.Asking> words) {}

    private static final ArrayDeque<Whisper> NONE = new ArrayDeque<>(1);

    private ArrayDeque<Whisper> waiting = NONE;

    void begin(RoomName room, UserSnapshot to, Function<ClientRooms.Me, RoomActor.Asking> words) {
        if (waiting == NONE) {
            waiting = new ArrayDeque<>();
        }
        waiting.addLast(new Whisper(room, to, words));
    }

    /** True for the answer about a room of two that has been asked for. */
    boolean isAbout(RoomDirectory.Location location) {
        return !waiting.isEmpty()
                && waiting.getFirst().room.key().equals(location.room().key());
    }

    /** The room has been found: the words are said there, and forgotten here. */
    void say(Arrivals arrivals, RoomDirectory.Found room, Nick me) {
        Whisper whisper = waiting.removeFirst();
        arrivals.converse(room, me, whisper.to, whisper.words);
    }

    /** There is no room for it. */
    Function<ClientRooms.Me, RoomActor.Asking> drop() {
        return waiting.removeFirst().words;
    }
}
