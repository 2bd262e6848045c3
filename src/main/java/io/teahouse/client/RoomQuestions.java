package io.teahouse.client;

import io.teahouse.room.EventType;
import io.teahouse.room.HistoryRange;
import io.teahouse.room.Mode;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.UserSnapshot;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one client asks of rooms and of their directory. The answer is that of the room, or {@link RoomReply.Refused} if
 * there is none; until it has come, the client's next line waits. As {@link Session}, from the client's actor only.
 */
public interface RoomQuestions {
    /** Asks somebody in. Answered by {@link RoomReply.Invitation}. */
    void invite(RoomName room, UserSnapshot target, Consumer<RoomReply> then);

    /** Answered by {@link RoomReply.NameList}. */
    void names(RoomName room, Consumer<RoomReply> then);

    /** Answered by {@link RoomReply.Description}. */
    void describe(RoomName room, Optional<Mode> list, Consumer<RoomReply> then);

    /**
     * What was said in a room that the client is in, or in a conversation of its own. Answered by {@link RoomReply.Past}.
     *
     * @param sorts what is wanted
     */
    void history(RoomName room, HistoryRange span, Set<EventType> sorts, Consumer<RoomReply> then);

    /** What programs note about a room. Answered by {@link RoomReply.Metadata}, as is what follows. */
    void metadata(RoomName room, Consumer<RoomReply> then);

    /** Notes something about a room; an empty value: nothing any more. */
    void setMetadata(RoomName room, String key, String value, Consumer<RoomReply> then);

    /** Has all that is noted about a room forgotten. */
    void clearMetadata(RoomName room, Consumer<RoomReply> then);

    /** Which rooms are there? Asks none of them. Empty: their directory does not answer. */
    void listRooms(Consumer<Optional<RoomDirectory.Listing>> then);

    /** How many rooms are there? Asks none of them. Empty: their directory does not answer. */
    void countRooms(Consumer<Optional<RoomDirectory.Count>> then);
}
