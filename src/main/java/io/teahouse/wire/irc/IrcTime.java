package io.teahouse.wire.irc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** ISO 8601 in UTC with milliseconds (IRCv3 server-time): {@code 2026-01-31T23:59:59.999Z}. */
public final class IrcTime {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    /** The milliseconds may be left out. */
    private static final Pattern FORM = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

    private record Second(long epoch, String text) {}

    /** What was asked for last: events come in the order of their time. */
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

    /** Empty: it is no such time. */
    public static Optional<Instant> parse(String text) {
        try {
            return FORM.matcher(text).matches() ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty(); // the 30th of February
        }
    }

    public static String format(Instant at) {
        StringBuilder out = new StringBuilder();
        append(out, at);
        return out.toString();
    }
}
