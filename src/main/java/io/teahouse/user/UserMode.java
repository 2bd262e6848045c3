package io.teahouse.user;

import java.util.Arrays;
import java.util.Optional;

/** A mode of a user, with its letter in IRC (RFC 2812 §3.1.5). */
public enum UserMode {
    /** Found by their exact nick only, or by users who share a room with them. */
    INVISIBLE('i'),
    /** An operator of the server. */
    OPERATOR('o'),
    /** Receives what operators tell each other. */
    WALLOPS('w'),
    /** Is a program. */
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
