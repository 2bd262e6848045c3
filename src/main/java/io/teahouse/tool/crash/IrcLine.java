package io.teahouse.tool.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of the server's, taken apart (modern.ircdocs.horse, "Message Format"). Values of tags are left as they were
 * written: those that matter here hold nothing that is escaped.
 *
 * @param source who it comes from, up to the exclamation mark
 */
record IrcLine(Map<String, String> tags, String source, String command, List<String> params) {
    static IrcLine parse(String line) {
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

    /** One of the parameters, from 0; empty if there are not so many. */
    String param(int number) {
        return number < params.size() ? params.get(number) : "";
    }

    String tag(String name) {
        return tags.getOrDefault(name, "");
    }

    boolean is(String wanted) {
        return command.equals(wanted);
    }
}
