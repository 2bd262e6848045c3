package io.teahouse.wire.irc;

import io.teahouse.room.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One parsed line of IRC (modern.ircdocs.horse, "message format"; IRCv3 message-tags). Parsing is total: any text gives
 * a message, if only one without a command.
 *
 * @param tags the tags, with unescaped values; a tag without a value has an empty one
 * @param source the source, without its colon; empty if there is none
 * @param command as written; empty if the line has none
 * @param params the parameters, the last one without its colon
 */
public record IrcMessage(Map<String, String> tags, String source, String command, List<String> params) {
    /** The message of a reply that answers no line. */
    static final IrcMessage NONE = new IrcMessage(Map.of(), "", "", List.of());

    /**
     * Parses a line.
     *
     * @param line without its line end
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

    /** The line, without its line end; the last parameter has a colon only if it needs one. */
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

    /** The parameter at {@code index}; empty if there are fewer. */
    public String param(int index) {
        return index < params.size() ? params.get(index) : "";
    }

    public boolean has(int index) {
        return index < params.size();
    }

    /** The client-only tags. */
    public Attributes clientAttributes() {
        return IrcTags.attributes(tags);
    }

    /** The value of a tag; empty if the tag is absent or has no value. */
    public String tag(String name) {
        return tags.getOrDefault(name, "");
    }
}
