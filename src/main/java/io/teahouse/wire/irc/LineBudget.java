package io.teahouse.wire.irc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Builds lines that fit into 512 bytes, with the line end and without tags (RFC 2812 §2.3; IRCv3 message-tags, "size
 * limit"). Every line that the server writes is built or measured here. Lists continue in the next line; a free text is
 * cut between characters if there is no other way; nothing else is left out.
 */
public final class LineBudget {
    /** The most bytes of a line without its line end. */
    static final int MOST = IrcServer.LINE - 2;

    /** Precedes a last parameter that may contain spaces. */
    private static final String TEXT = " :";

    /** Room for a space and one character of any size. */
    private static final int SHORTEST_WORD = 5;

    private LineBudget() {}

    /** How many bytes of text fit after {@code start}; never negative. */
    static int left(CharSequence start) {
        return Math.max(0, MOST - IrcText.size(start) - TEXT.length());
    }

    /** Adds the line end to a finished line, and cuts the line if it is too long. */
    static String end(CharSequence line) {
        return IrcText.cut(line.toString(), MOST) + "\r\n";
    }

    /**
     * A line, with its line end, whose last parameter is a text.
     *
     * @param start the beginning of the line, without a trailing space
     * @param middle the middle parameters; each is turned into a single word, and cut so that the others have room
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

    /** Turns a middle parameter into a single word. */
    private static String word(String param) {
        if (param.isEmpty()) {
            return "*";
        }
        String word = param.indexOf(' ') < 0 ? param : param.replace(' ', '_');
        return word.charAt(0) == ':' ? "_" + word.substring(1) : word;
    }

    /**
     * A line of words, with its line end. Words that do not fit are left out, from the end; the first word is always
     * kept.
     */
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
     * Joins words into as few pieces as possible, none longer than {@code most}.
     *
     * @param most in bytes; a word that is longer by itself is cut
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
