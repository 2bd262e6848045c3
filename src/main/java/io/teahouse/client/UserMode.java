package io.teahouse.client;

import java.util.Arrays;
import java.util.Optional;

/** What somebody may set on himself, with the letters of IRC (RFC 2812 §3.1.5). */
public enum UserMode {
    /** Found by his exact name only, or by who shares a room with him. */
    INVISIBLE('i'),
    /** An operator of the server. */
    OPERATOR('o'),
    /** Wants what operators tell each other. */
    WALLOPS('w'),
    /** A program. */
    BOT('B');

    private final char letter;

    UserMode(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    public static Optional<UserMode> of(char letter) {
        return Arrays.stream(values()).filter(mode -> mode.letter == letter).findFirst();
    }
}
