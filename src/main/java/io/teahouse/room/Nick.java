package io.teahouse.room;

import io.teahouse.room.support.NameText;
import io.teahouse.room.support.Text;

/**
 * A nick: the text that is shown, and the key that all its spellings share. A room has one member per key. Callers
 * check and fold a nick when they read it; {@link #of} does both by the JDK alone.
 *
 * @param text as shown; not empty, no white space, no control or other invisible characters
 * @param key the folded form, compared by {@code equals}
 */
public record Nick(String text, String key) {
    /** @throws IllegalArgumentException with a reason to show to the user */
    public Nick {
        Text.requireVisible("a name", text);
        Text.requireVisible("a name's folded form", key);
    }

    /**
     * A nick, folded by the JDK alone: compatibility forms are unified (NFKC) and case does not count.
     *
     * @throws IllegalArgumentException with a reason to show to the user
     */
    public static Nick of(String text) {
        NameText.require("a name", text);
        return new Nick(text, Names.fold(text));
    }

    /** Whether both are spellings of the same nick. */
    public boolean sameAs(Nick other) {
        return key.equals(other.key);
    }

    @Override
    public String toString() {
        return text;
    }
}
