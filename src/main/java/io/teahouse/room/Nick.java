package io.teahouse.room;

import io.teahouse.room.support.NameText;
import io.teahouse.room.support.Text;

/**
 * What a member is called: the text that is shown, and the key that two spellings of one name share. A room has one
 * member per key. Whoever makes one checks and folds at the edge; {@link #of} does it by the rules of the JDK.
 *
 * @param text as shown; not empty, no white space, no control or other invisible characters
 * @param key the folded form, compared by {@code equals}
 */
public record Nick(String text, String key) {
    /** @throws IllegalArgumentException with a reason that can be shown to a person */
    public Nick {
        Text.requireVisible("a name", text);
        Text.requireVisible("a name's folded form", key);
    }

    /**
     * A nick that is folded by the JDK alone: compatibility forms are unified (NFKC) and case does not count.
     *
     * @throws IllegalArgumentException with a reason that can be shown to a person
     */
    public static Nick of(String text) {
        NameText.require("a name", text);
        return new Nick(text, Names.fold(text));
    }

    /** True when both are the same name, however they are spelt. */
    public boolean sameAs(Nick other) {
        return key.equals(other.key);
    }

    @Override
    public String toString() {
        return text;
    }
}
