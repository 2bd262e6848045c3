package io.teahouse.wire.irc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How much a line holds: 512 bytes with its end mark, its tags not counted (RFC 2812 §2.3; IRCv3 message-tags, "size
 * limit"). Every line that the server writes is made here or measured by it. What is a list goes on in the next line; a
 * free text is cut between characters where it has no other way; nothing else is left out.
 */
public final class LineBudget {
    /** Without its end mark. */
    static final int MOST = IrcServer.LINE - 2;

    /** What stands before a last parameter that may have spaces. */
    private static final String TEXT = " :";

    /** Room for one character of any kind, and the space before it. */
    private static final int SHORTEST_WORD = 5;

    private LineBudget() {}

    /** How many bytes of a text go after {@code start}; never negative. */
    static int left(CharSequence start) {
        return Math.max(0, MOST - IrcText.size(start) - TEXT.length());
    }

    /** A line that is made already, with its end mark, cut if it must be: only a text at its end is. */
    static String end(CharSequence line) {
        return IrcText.cut(line.toString(), MOST) + "\r\n";
    }

    /**
     * A line, with its end mark, that ends with a text.
     *
     * @param start ends with a word
     * @param middle are made words, whatever a client made of them; of each, as much is said as leaves room for the others
     */
    static String text(CharSequence start, List<String> middle, String text) {
        StringBuilder line = new StringBuilder(128).append(start);
        int size = IrcText.size(start);
        for (int i = 0; i < middle.size(); i++) {
            int others = (middle.size() - 1 - i) * SHORTEST_WORD;
            String word = IrcText.cut(word(middle.get(i)), MOST - size - others - " ".length() - TEXT.length());
            line.append(' ').append(word);
            size += 1 + IrcText.size(word);
        }
        return line.append(TEXT)
                .append(IrcText.cut(IrcText.oneLine(text), Math.max(0, MOST - size - TEXT.length())))
                .append("\r\n")
                .toString();
    }

    /** A parameter in the middle must be one word. */
    private static String word(String param) {
        if (param.isEmpty()) {
            return "*";
        }
        String word = param.indexOf(' ') < 0 ? param : param.replace(' ', '_');
        return word.charAt(0) == ':' ? "_" + word.substring(1) : word;
    }

    /** A line of words, with its end mark. Words at the end that do not fit are left out whole, but for the first one. */
    static String words(CharSequence start, List<String> words) {
        StringBuilder line = new StringBuilder(96).append(start);
        int size = IrcText.size(start);
        for (String word : words) {
            size += 1 + IrcText.size(word);
            if (size > MOST && line.length() > start.length()) {
                break;
            }
            line.append(' ').append(word);
        }
        return end(line);
    }

    /**
     * Words in as few pieces as there must be, none of which is longer than that.
     *
     * @param most in bytes; only a word that is longer by itself is cut
     */
    public static List<String> pieces(Collection<String> words, String separator, int most) {
        List<String> pieces = new ArrayList<>(1);
        StringBuilder piece = new StringBuilder();
        int used = 0;
        for (String each : words) {
            String word = IrcText.cut(each, most);
            int size = IrcText.size(word);
            if (!piece.isEmpty() && used + separator.length() + size > most) {
                pieces.add(piece.toString());
                piece.setLength(0);
                used = 0;
            }
            used += piece.isEmpty() ? size : separator.length() + size;
            piece.append(piece.isEmpty() ? "" : separator).append(word);
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return pieces;
    }
}
