package io.teahouse.hook;

import java.util.Locale;

/** What outgoing hooks can be told of; the settings and the JSON name each in lower case. */
public enum HookEvent {
    MESSAGE,
    /** The topic was changed. */
    TOPIC,
    /** A message was redacted. */
    REDACTION,
    JOIN,
    LEAVE,
    /** A member changed their nick. */
    NICK,
    /** Modes of the room, or ranks of members. */
    MODE,
    /** The room was renamed. */
    RENAME;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
