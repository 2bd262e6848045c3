package io.teahouse.client;

import io.teahouse.room.Archive;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was said that one client may see, as the archive has it. An answer is empty where the store does not answer; until
 * it has come, the client's next line waits. As {@link Session}, from the client's actor only.
 */
public interface Past {
    /**
     * The client's conversation with whoever has that name, or had it; empty: they never talked. Where the store does not
     * answer, it is one of which nothing is known.
     */
    void conversation(String name, Consumer<Optional<RoomName>> then);

    /**
     * The rooms and conversations of the client in which something was said lately. Of several conversations with people
     * of one name, that counts which {@link #conversation} finds.
     *
     * @see Archive#latest(String, List, boolean, Instant, Instant, int)
     */
    void latest(
            boolean signals, Instant after, Instant before, int limit, Consumer<Optional<List<Archive.Latest>>> then);

    /** What others have said to the client alone since then. */
    void directMessages(Instant since, Consumer<Optional<DirectMessages>> then);

    /**
     * Looks for words in the client's rooms and conversations; of {@code query.rooms()} only those count that are the
     * client's own, and none means all of them.
     */
    void search(Archive.Query query, Consumer<Optional<Archive.Found>> then);
}
