package io.teahouse.client;

import io.teahouse.room.Nick;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import java.util.Optional;

/**
 * Words for one person on their way: first the person is looked for, then the room of two in which they are said. One
 * at a time; the next line waits. Pure.
 */
final class Whispers {
    /** What is to be said, and to whom as soon as that is known. */
    private record Words(Kind kind, String text, Optional<NickRegistryActor.Person> to) {}

    private Optional<Words> words = Optional.empty();

    void begin(Kind kind, String text) {
        words = Optional.of(new Words(kind, text, Optional.empty()));
    }

    /** The person has been found; returns the room of two. */
    RoomName found(Nick me, NickRegistryActor.Person person) {
        words = words.map(w -> new Words(w.kind, w.text, Optional.of(person)));
        return RoomName.conversation(me, person.nick());
    }

    /** True for the answer about the room of two that has been asked for. */
    boolean isAbout(RoomDirectory.Location location) {
        return location.room().isConversation()
                && words.filter(w -> w.to.isPresent()).isPresent();
    }

    /** The room has been found: the words are said there, and forgotten here. */
    void say(ClientRooms rooms, RoomDirectory.Found room, Nick me) {
        words.ifPresent(w -> w.to.ifPresent(to -> rooms.converse(room, me, to, w.kind, w.text)));
        end();
    }

    void end() {
        words = Optional.empty();
    }
}
