package io.teahouse.tool.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A line that an IRC server sent, parsed (modern.ircdocs.horse, "Message Format"). Values of tags are not unescaped: those
 * that matter here contain no escapes.
 *
 * @param source the nick or the server that it comes from, without user and host
 * @param params the last one without its colon
 */
public record IrcLine(Map<String, String> tags, String source, String command, List<String> params) {
    /** Never fails: a line that makes no sense has an empty command. */
    public static IrcLine parse(String line) {
        String rest = line;
        Map<String, String> tags = Map.of();
        String source = "";
        if (rest.startsWith("@")) {
            tags = tags(head(rest).substring(1));
            rest = tail(rest);
        }
        if (rest.startsWith(":")) {
            String whole = head(rest).substring(1);
            int end = whole.indexOf('!');
            source = end < 0 ? whole : whole.substring(0, end);
            rest = tail(rest);
        }
        return new IrcLine(tags, source, head(rest), params(tail(rest)));
    }

    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new HashMap<>();
        for (String tag : text.split(";", -1)) {
            int end = tag.indexOf('=');
            tags.put(end < 0 ? tag : tag.substring(0, end), end < 0 ? "" : tag.substring(end + 1));
        }
        return tags;
    }

    private static List<String> params(String text) {
        List<String> params = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty()) {
            if (rest.startsWith(":")) {
                params.add(rest.substring(1));
                break;
            }
            params.add(head(rest));
            rest = tail(rest);
        }
        return params;
    }

    private static String head(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String tail(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? "" : text.substring(end + 1).stripLeading();
    }

    /** The parameter at {@code number}, from 0; empty if there are fewer. */
    public String param(int number) {
        return number < params.size() ? params.get(number) : "";
    }

    public String tag(String name) {
        return tags.getOrDefault(name, "");
    }

    public boolean is(String wanted) {
        return command.equals(wanted);
    }

    /** Whether it is an error reply: a numeric from 400 to 499 (RFC 2812, section 5.2). */
    public boolean isError() {
        return command.length() == 3 && command.charAt(0) == '4';
    }
}
