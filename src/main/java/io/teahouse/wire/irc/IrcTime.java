package io.teahouse.wire.irc;

import io.teahouse.room.support.Digits;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Timestamps in ISO 8601, in UTC with milliseconds (IRCv3 server-time): {@code 2026-01-31T23:59:59.999Z}. */
public final class IrcTime {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The pattern of a timestamp: 0 stands for any digit. A fraction of up to nine digits may precede the Z. */
    private static final String FORM = "0000-00-00T00:00:00";

    private record Second(long epoch, String text) {}

    /** The last second that was formatted: events come in the order of their times, so it is often needed again. */
    private static volatile Second last = new Second(0, SECONDS.format(Instant.EPOCH));

    private IrcTime() {}

    static void append(StringBuilder out, Instant at) {
        Second second = last;
        if (second.epoch != at.getEpochSecond()) {
            second = new Second(at.getEpochSecond(), SECONDS.format(at));
            last = second;
        }
        int millis = at.getNano() / 1_000_000;
        out.append(second.text).append('.');
        out.append((char) ('0' + millis / 100)).append((char) ('0' + millis / 10 % 10));
        out.append((char) ('0' + millis % 10)).append('Z');
    }

    /** Parses a timestamp; empty if it is malformed. */
    public static Optional<Instant> parse(String text) {
        try {
            return hasForm(text) ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty(); // such as the 30th of February
        }
    }

    private static boolean hasForm(String text) {
        int length = FORM.length();
        if (text.length() <= length || text.charAt(text.length() - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char wanted = FORM.charAt(i);
            char c = text.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        String fraction = text.substring(length, text.length() - 1);
        return fraction.isEmpty() || (fraction.charAt(0) == '.' && Digits.are(fraction.substring(1), 9));
    }

    public static String format(Instant at) {
        StringBuilder out = new StringBuilder();
        append(out, at);
        return out.toString();
    }
}
