package io.teahouse.user;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

    /** One instance of each set of modes for all users who have it; there are few. */
    private static final Map<Set<UserMode>, Set<UserMode>> SHARED = new ConcurrentHashMap<>();

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

    /** The modes with one of them set or not. */
    static Set<UserMode> changed(Set<UserMode> modes, UserMode mode, boolean set) {
        Set<UserMode> next = EnumSet.noneOf(UserMode.class);
        next.addAll(modes);
        if (set) {
            next.add(mode);
        } else {
            next.remove(mode);
        }
        return SHARED.computeIfAbsent(Set.copyOf(next), same -> same);
    }
}
