package io.teahouse.client;

import io.teahouse.room.Archive;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The history that one client may see, from the archive. An answer is empty if the store does not answer; the client's
 * next line waits for it. Like {@link Session}, only for the client's actor.
 */
public interface Past {
    /**
     * Finds the client's conversation with the user who has or had that name; empty: there is none. If the store does
     * not answer, the result is a conversation without history.
     */
    void conversation(String name, Consumer<Optional<RoomName>> then);

    /**
     * Finds the rooms and conversations of the client with recent messages. Of several conversations with users of the
     * same name, only the one that {@link #conversation} finds.
     *
     * @see Archive#latest(String, List, boolean, Instant, Instant, int)
     */
    void latest(
            boolean signals, Instant after, Instant before, int limit, Consumer<Optional<List<Archive.Latest>>> then);

    /** Counts direct messages to the client since then. */
    void directMessages(Instant since, Consumer<Optional<DirectMessages>> then);

    /**
     * Searches the client's rooms and conversations. Of {@code query.rooms()} only the client's own ones count; none
     * means all of them.
     */
    void search(Archive.Query query, Consumer<Optional<Archive.Found>> then);
}
