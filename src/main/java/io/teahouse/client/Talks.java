package io.teahouse.client;

import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when which conversation is the client's own, who bears a name and has no account: what was said there before was
 * said to somebody else of that name. Told in the time of the conversation itself, which never runs backwards, whatever
 * the clock does. Belongs to one {@link ClientSession}.
 */
final class Talks {
    private Map<String, Instant> since = Map.of();

    /** The client has been shown that. */
    void heard(RoomName conversation, RoomEvent.Recorded event) {
        since = since.isEmpty() ? new HashMap<>() : since;
        since.putIfAbsent(conversation.key(), event.at());
    }

    /** When the first thing was said there that the client has been shown; {@link Instant#MAX}: nothing was. */
    Instant since(RoomName conversation) {
        return since.getOrDefault(conversation.key(), Instant.MAX);
    }

    /** The name is another one now, or the client another one's. */
    void forget() {
        since = Map.of();
    }
}
