package io.teahouse.wire.irc;

import io.teahouse.room.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One line of IRC, taken apart (modern.ircdocs.horse, "message format"; IRCv3 message-tags). Parsing is total: whatever
 * the text, there is a message, if only one without a command.
 *
 * @param tags their values unescaped; empty for those without one
 * @param source what stands after the first colon; empty: there is none
 * @param command as written; empty in a line that holds none
 * @param params without the colon of the last one
 */
public record IrcMessage(Map<String, String> tags, String source, String command, List<String> params) {
    /**
     * Takes a line apart.
     *
     * @param line without its end mark
     */
    public static IrcMessage parse(String line) {
        int at = skipSpaces(line, 0);
        Map<String, String> tags = Map.of();
        if (at < line.length() && line.charAt(at) == '@') {
            int end = word(line, at);
            tags = IrcTags.parse(line.substring(at + 1, end));
            at = skipSpaces(line, end);
        }
        String source = "";
        if (at < line.length() && line.charAt(at) == ':') {
            int end = word(line, at);
            source = line.substring(at + 1, end);
            at = skipSpaces(line, end);
        }
        int end = word(line, at);
        return new IrcMessage(tags, source, line.substring(at, end), params(line, end));
    }

    private static List<String> params(String line, int from) {
        List<String> params = new ArrayList<>(2);
        int at = skipSpaces(line, from);
        while (at < line.length()) {
            if (line.charAt(at) == ':') {
                params.add(line.substring(at + 1));
                break;
            }
            int end = word(line, at);
            params.add(line.substring(at, end));
            at = skipSpaces(line, end);
        }
        return params;
    }

    private static int skipSpaces(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int word(String line, int from) {
        int space = line.indexOf(' ', from);
        return space < 0 ? line.length() : space;
    }

    /** The line, without its end mark; the last parameter bears a colon only where it needs one. */
    public String format() {
        StringBuilder out = new StringBuilder();
        if (!tags.isEmpty()) {
            out.append('@').append(IrcTags.format(tags)).append(' ');
        }
        if (!source.isEmpty()) {
            out.append(':').append(source).append(' ');
        }
        out.append(command);
        for (int i = 0; i < params.size(); i++) {
            String param = params.get(i);
            boolean colon = i == params.size() - 1 && needsColon(param);
            out.append(colon ? " :" : " ").append(param);
        }
        return out.toString();
    }

    static boolean needsColon(String param) {
        return param.isEmpty() || param.charAt(0) == ':' || param.indexOf(' ') >= 0;
    }

    /** That parameter; empty, if there are not so many. */
    public String param(int index) {
        return index < params.size() ? params.get(index) : "";
    }

    public boolean has(int index) {
        return index < params.size();
    }

    /** The tags that clients tell each other. */
    public Attributes clientAttributes() {
        return IrcTags.attributes(tags);
    }

    /** The value of that tag; empty, if it has none or there is none. */
    public String tag(String name) {
        return tags.getOrDefault(name, "");
    }
}
