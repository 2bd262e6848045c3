package io.teahouse.room;

import io.teahouse.room.support.Check;
import io.teahouse.room.support.NameText;
import io.teahouse.room.support.Text;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The name of a room: the text that is shown, and the key that all its spellings share. It has no prefix of a dialect:
 * the IRC channel {@code #tea} is the room {@code tea}.
 *
 * @param text as shown; not empty, no white space, no control or other invisible characters, no comma
 * @param key the folded form, compared by {@code equals}
 */
public record RoomName(String text, String key) {
    /** The longest name of a room, in characters (Unicode code points). */
    public static final int MAX_LENGTH = 50;

    /** Prefixes of channels, ranks and commands in the dialects; the first one marks a conversation. */
    private static final String NOT_FIRST = "@#&+!:/{";

    /** @throws IllegalArgumentException with a reason to show to the user */
    public RoomName {
        Text.requireVisible("the name of a room", text);
        Text.requireVisible("the folded name of a room", key);
        if (text.indexOf(',') >= 0 || key.indexOf(',') >= 0) {
            throw new IllegalArgumentException("the name of a room must not contain a comma");
        }
    }

    /**
     * A name, folded by the JDK alone: compatibility forms are unified (NFKC) and case does not count.
     *
     * @throws IllegalArgumentException with a reason to show to the user
     */
    public static RoomName of(String text) {
        return of(text, Names::fold);
    }

    /**
     * A name as a user typed it.
     *
     * @param folding returns the same text for all spellings of a name
     * @throws IllegalArgumentException with a reason to show to the user
     */
    public static RoomName of(String text, UnaryOperator<String> folding) {
        Check.notNull(text, "the name of a room");
        if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
            throw new IllegalArgumentException("the name of a room has at most " + MAX_LENGTH + " characters");
        }
        NameText.require("the name of a room", text);
        String key = folding.apply(text);
        if (!key.isEmpty() && NOT_FIRST.indexOf(key.charAt(0)) >= 0) {
            throw new IllegalArgumentException("the name of a room must not begin with " + text.charAt(0));
        }
        return new RoomName(text, key);
    }

    /**
     * The conversation of two users; the same in either order.
     *
     * @param one an identity, as {@link Profile#id} gives it: a later user of the same nick is not part of it
     */
    public static RoomName conversation(String one, String other) {
        boolean ordered = one.compareTo(other) <= 0;
        String text = '@' + escaped(ordered ? one : other) + '@' + escaped(ordered ? other : one);
        return new RoomName(text, text);
    }

    /** The conversation with that key. */
    public static RoomName conversation(String key) {
        return new RoomName(key, key);
    }

    private static String escaped(String identity) {
        return identity.replace("%", "%25").replace("@", "%40");
    }

    /** The identity of the other user in this conversation of {@code me}; {@code me} in a conversation with oneself. */
    public String partner(String me) {
        String[] both = key.substring(1).split("@", 2);
        String other = both[0].equals(escaped(me)) ? both[1] : both[0];
        return other.replace("%40", "@").replace("%25", "%");
    }

    /** Whether both users of this conversation are the same. */
    public boolean isWithOneself() {
        String[] both = key.split("@", -1);
        return isConversation() && both[1].equals(both[2]);
    }

    /** Whether it is a conversation of that identity. */
    public boolean isConversationOf(String me) {
        return isConversation() && List.of(key.substring(1).split("@", 2)).contains(escaped(me));
    }

    /** Whether it is a room of two, which is not listed and publishes no joins and leaves. */
    public boolean isConversation() {
        return key.charAt(0) == '@';
    }

    @Override
    public String toString() {
        return text;
    }
}
