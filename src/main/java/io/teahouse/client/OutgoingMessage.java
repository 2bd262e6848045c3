package io.teahouse.client;

import io.teahouse.room.Audience;
import io.teahouse.room.RoomEvent.Kind;

/**
 * Something to be said.
 *
 * @param tags what programs attach to it, opaque to rooms; may be empty
 * @param clientId the sender's own id for it, or empty
 */
public record OutgoingMessage(Kind kind, String text, String tags, Audience audience, String clientId) {
    /** To everybody, with nothing attached. */
    public OutgoingMessage(Kind kind, String text) {
        this(kind, text, "", Audience.ALL, "");
    }
}
