package io.teahouse.wire.irc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** ISO 8601 in UTC with milliseconds (IRCv3 server-time): {@code 2026-01-31T23:59:59.999Z}. */
public final class IrcTime {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

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

    public static String format(Instant at) {
        StringBuilder out = new StringBuilder();
        append(out, at);
        return out.toString();
    }
}
