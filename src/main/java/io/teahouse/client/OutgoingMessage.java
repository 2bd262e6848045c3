package io.teahouse.client;

import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.RoomEvent.Kind;

/**
 * Something to be said.
 *
 * @param attributes what programs attach to it
 * @param clientId the sender's own id for it, or empty
 */
public record OutgoingMessage(Kind kind, String text, Attributes attributes, Audience audience, String clientId) {
    /** To everybody, with nothing attached. */
    public OutgoingMessage(Kind kind, String text) {
        this(kind, text, Attributes.NONE, Audience.ALL, "");
    }
}
