package io.teahouse.wire.irc;

import io.teahouse.room.Attributes;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parses and formats message tags (IRCv3 message-tags, "escaping values"). */
public final class IrcTags {
    private IrcTags() {}

    /** Parses tags; the last of several with one name counts. */
    public static Map<String, String> parse(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : text.split(";", -1)) {
            int equals = tag.indexOf('=');
            String name = equals < 0 ? tag : tag.substring(0, equals);
            if (!name.isEmpty()) {
                tags.put(name, equals < 0 ? "" : unescape(tag.substring(equals + 1)));
            }
        }
        return tags;
    }

    static String format(Map<String, String> tags) {
        if (tags.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        tags.forEach((name, value) -> {
            out.append(out.isEmpty() ? "" : ";").append(name);
            if (!value.isEmpty()) {
                out.append('=').append(escape(value));
            }
        });
        return out.toString();
    }

    /** The client-only tags, whose names begin with {@code +}, as written in a line; may be empty. */
    static String clientOnly(Map<String, String> tags) {
        return format(attributes(tags).values());
    }

    /** The client-only tags as attributes of a message. */
    static Attributes attributes(Map<String, String> tags) {
        if (tags.isEmpty()) {
            return Attributes.NONE;
        }
        Map<String, String> kept = new LinkedHashMap<>();
        tags.forEach((name, value) -> {
            if (isClientOnly(name)) {
                kept.put(name, value);
            }
        });
        return Attributes.of(kept);
    }

    /**
     * Whether a tag is client-only: {@code +key} or {@code +vendor/key} (IRCv3 message-tags, "format"). Others are not
     * relayed.
     */
    private static boolean isClientOnly(String name) {
        if (name.isEmpty() || name.charAt(0) != '+') {
            return false;
        }
        int slash = name.indexOf('/');
        return (slash < 0 || isHost(name.substring(1, slash))) && isKey(name.substring(Math.max(slash, 0) + 1));
    }

    private static boolean isKey(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '-');
    }

    private static boolean isHost(String text) {
        boolean dots = text.startsWith(".") || text.endsWith(".") || text.contains("..");
        return !text.isEmpty() && !dots && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '.');
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static String escape(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case ';' -> out.append("\\:");
                case ' ' -> out.append("\\s");
                case '\\' -> out.append("\\\\");
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\\') {
                out.append(c);
            } else if (++i < value.length()) { // a lone backslash at the end is dropped
                out.append(unescaped(value.charAt(i)));
            }
        }
        return out.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case ':' -> ';';
            case 's' -> ' ';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> c;
        };
    }
}
