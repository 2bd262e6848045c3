package io.teahouse.wire.irc;

import java.util.Locale;

/** Forms of lines that are used in more than one place. */
final class Replies {
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
        StringBuilder line =
                new StringBuilder(":").append(server).append(' ').append(kind).append(' ');
        line.append(command.matches("[A-Za-z0-9]+") ? command.toUpperCase(Locale.ROOT) : "*")
                .append(' ')
                .append(code);
        for (String each : context) {
            line.append(' ').append(each.isEmpty() ? "*" : each.replace(' ', '_'));
        }
        return line.append(" :").append(text).append("\r\n").toString();
    }

    static String closing(String reason) {
        return "ERROR :Closing Link: " + IrcText.oneLine(reason) + "\r\n";
    }
}
