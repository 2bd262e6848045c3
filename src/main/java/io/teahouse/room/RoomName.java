package io.teahouse.room;

import io.teahouse.room.support.NameText;
import io.teahouse.room.support.Text;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The name of a room: the text that is shown, and the key that two spellings of one name share. It bears no mark of
 * a door: the IRC channel {@code #tea} is the room {@code tea}.
 *
 * @param text as shown; not empty, no white space, no control or other invisible characters, no comma
 * @param key the folded form, compared by {@code equals}
 */
public record RoomName(String text, String key) {
    /** The longest name of a room, in characters (Unicode code points). */
    public static final int MAX_LENGTH = 50;

    /** Mark a channel, a rank or a command in one of the dialects; the first, a conversation. */
    private static final String NOT_FIRST = "@#&+!:/{";

    /** @throws IllegalArgumentException with a reason that can be shown to a person */
    public RoomName {
        Text.requireVisible("the name of a room", text);
        Text.requireVisible("the folded name of a room", key);
        if (text.indexOf(',') >= 0 || key.indexOf(',') >= 0) {
            throw new IllegalArgumentException("the name of a room must not contain a comma");
        }
    }

    /**
     * A name that is folded by the JDK: compatibility forms are unified (NFKC) and case does not count.
     *
     * @throws IllegalArgumentException with a reason that can be shown to a person
     */
    public static RoomName of(String text) {
        return of(text, Names::fold);
    }

    /**
     * A name that somebody has typed.
     *
     * @param folding makes the same of all spellings of one name
     * @throws IllegalArgumentException with a reason that can be shown to a person
     */
    public static RoomName of(String text, UnaryOperator<String> folding) {
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
     * The room of two in which {@code one} and {@code other} talk directly; the same whoever asks.
     *
     * @param one an identity, as {@link Profile#identity} gives it: whoever comes to bear a name later is not in it
     */
    public static RoomName conversation(String one, String other) {
        boolean ordered = one.compareTo(other) <= 0;
        String text = '@' + escaped(ordered ? one : other) + '@' + escaped(ordered ? other : one);
        return new RoomName(text, text);
    }

    /** A conversation that had that key before. */
    public static RoomName conversation(String key) {
        return new RoomName(key, key);
    }

    private static String escaped(String identity) {
        return identity.replace("%", "%25").replace("@", "%40");
    }

    /** Whom {@code me} talks to in this conversation, as an identity; himself, if he talks to himself. */
    public String partner(String me) {
        String[] both = key.substring(1).split("@", 2);
        String other = both[0].equals(escaped(me)) ? both[1] : both[0];
        return other.replace("%40", "@").replace("%25", "%");
    }

    /** True for a conversation in which both are the same. */
    public boolean isWithOneself() {
        String[] both = key.split("@", -1);
        return isConversation() && both[1].equals(both[2]);
    }

    /** True for a conversation of that identity. */
    public boolean isConversationOf(String me) {
        return isConversation() && List.of(key.substring(1).split("@", 2)).contains(escaped(me));
    }

    /** True for a room of two, which nobody lists and which shows no comings and goings. */
    public boolean isConversation() {
        return key.charAt(0) == '@';
    }

    @Override
    public String toString() {
        return text;
    }
}
