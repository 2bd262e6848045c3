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
 * The questions of one client to rooms and their directory. The answer is that of the room, or {@link
 * RoomReply.Refused} if there is none; the client's next line waits for it. Like {@link Session}, only for the client's
 * actor.
 */
public interface RoomQuestions {
    /** Invites a user. Answered by {@link RoomReply.Invitation}. */
    void invite(RoomName room, UserSnapshot target, Consumer<RoomReply> then);

    /** Asks for the members. Asks for the members. Answered by {@link RoomReply.NameList}. */
    void names(RoomName room, Consumer<RoomReply> then);

    /** Asks for the modes. Asks for the modes. Answered by {@link RoomReply.Description}. */
    void describe(RoomName room, Optional<Mode> list, Consumer<RoomReply> then);

    /**
     * Asks for the history of a room that the client is in, or of one of its conversations. Answered by {@link
     * RoomReply.Past}.
     *
     * @param sorts the types of events to return
     */
    void history(RoomName room, HistoryRange span, Set<EventType> sorts, Consumer<RoomReply> then);

    /** Asks for the metadata of a room. Answered by {@link RoomReply.Metadata}, like the next two. */
    void metadata(RoomName room, Consumer<RoomReply> then);

    /** Sets a value of a room's metadata; an empty value removes the key. */
    void setMetadata(RoomName room, String key, String value, Consumer<RoomReply> then);

    /** Removes all metadata of a room. */
    void clearMetadata(RoomName room, Consumer<RoomReply> then);

    /** Lists the rooms, without asking them. Empty: their directory does not answer. */
    void listRooms(Consumer<Optional<RoomDirectory.Listing>> then);

    /** Counts the rooms, without asking them. Empty: their directory does not answer. */
    void countRooms(Consumer<Optional<RoomDirectory.Count>> then);
}
