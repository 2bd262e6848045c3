package io.teahouse.wire.irc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Builds standard replies (IRCv3 standard-replies) and the ERROR line. */
final class Replies {
    private static final int LONGEST_COMMAND = 64;

    private Replies() {}

    static String fail(String server, String command, String code, String text, String... context) {
        return standard("FAIL", server, command, code, text, context);
    }

    static String note(String server, String command, String code, String text, String... context) {
        return standard("NOTE", server, command, code, text, context);
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
        return LineBudget.text(":" + server + " " + kind, middle, text);
    }

    private static boolean isCommand(String word) {
        return !word.isEmpty()
                && word.chars()
                        .allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    /** A text from the server outside of any channel, in as many lines as it needs. */
    static List<String> notices(String server, String nick, String text) {
        String start = ":" + server + " NOTICE " + nick;
        return IrcText.split(text, LineBudget.left(start)).stream()
                .map(piece -> LineBudget.text(start, List.of(), piece))
                .toList();
    }

    static String closing(String reason) {
        return LineBudget.text("ERROR", List.of(), "Closing Link: " + reason);
    }
}
