package io.teahouse.wire.irc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Forms of lines that are used in more than one place. */
final class Replies {
    /** Of a line, without its end. */
    private static final int MOST = IrcServer.LINE - 2;

    private static final int LONGEST_COMMAND = 64;

    /** Room for one character of any kind, and the space before it. */
    private static final int SHORTEST_WORD = 5;

    private Replies() {}

    static String fail(String server, String command, String code, String text, String... context) {
        return standard("FAIL", server, command, code, text, context);
    }

    static String note(String server, String command, String code, String text) {
        return standard("NOTE", server, command, code, text);
    }

    static String warn(String server, String command, String code, String text, String... context) {
        return standard("WARN", server, command, code, text, context);
    }

    private static String standard(
            String kind, String server, String command, String code, String text, String... context) {
        String about = isCommand(command) ? command.toUpperCase(Locale.ROOT) : "*";
        List<String> middle = Stream.concat(
                        Stream.of(IrcText.cut(about, LONGEST_COMMAND), code), Arrays.stream(context))
                .toList();
        return line(":" + server + " " + kind, middle, text);
    }

    private static boolean isCommand(String word) {
        return !word.isEmpty()
                && word.chars()
                        .allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    /**
     * A line, with its end mark, of which as much is said as it may hold (RFC 2812 §2.3): each of its parts is cut between
     * characters, and none is left out.
     *
     * @param start ends with a word
     * @param middle are made words, whatever a client made of them
     */
    static String line(CharSequence start, List<String> middle, String text) {
        StringBuilder line = new StringBuilder(128).append(start);
        int size = IrcText.size(start);
        for (int i = 0; i < middle.size(); i++) {
            int others = (middle.size() - 1 - i) * SHORTEST_WORD;
            String word = IrcText.cut(word(middle.get(i)), MOST - size - others - "  :".length());
            line.append(' ').append(word);
            size += 1 + IrcText.size(word);
        }
        String fitting = IrcText.cut(IrcText.oneLine(text), MOST - size - " :".length());
        return line.append(" :").append(fitting).append("\r\n").toString();
    }

    /** A parameter in the middle must be one word. */
    private static String word(String param) {
        if (param.isEmpty()) {
            return "*";
        }
        String word = param.indexOf(' ') < 0 ? param : param.replace(' ', '_');
        return word.charAt(0) == ':' ? "_" + word.substring(1) : word;
    }

    static String closing(String reason) {
        return line("ERROR", List.of(), "Closing Link: " + reason);
    }
}
