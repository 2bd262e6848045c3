package io.teahouse.room;

import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.support.Check;

/**
 * A message to be sent. It becomes a {@link RoomEvent.Said}.
 *
 * @param text one line, or several with a line feed between them; only for {@link Kind#SIGNAL} may it be empty
 * @param attributes what programs attach to it
 * @param clientId the sender's own id for it, which makes a retry safe; or empty
 * @param query true for a query to the members' programs, or an answer to one (CTCP): not for people. A room may refuse
 *     those ({@link Mode#NO_QUERIES})
 */
public record OutgoingMessage(
        Kind kind, String text, Attributes attributes, Audience audience, String clientId, boolean query) {
    public OutgoingMessage {
        Check.notNull(kind, "kind");
        Check.notNull(text, "text");
        Check.notNull(attributes, "attributes");
        Check.notNull(audience, "audience");
        Check.notNull(clientId, "clientId");
    }

    /** To everybody, with nothing attached. */
    public OutgoingMessage(Kind kind, String text, String clientId) {
        this(kind, text, Attributes.NONE, Audience.ALL, clientId, false);
    }

    /** The same without an id. */
    public OutgoingMessage(Kind kind, String text) {
        this(kind, text, "");
    }
}
