package io.teahouse.wire.irc.command;

import io.teahouse.client.CaseMapping;
import io.teahouse.room.Mask;
import io.teahouse.room.RoomSummary;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcServer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What LIST may ask of a channel (defs.ircdocs.horse, ELIST: C, M, N, T, U). */
final class ListCondition {
    private static final Pattern NUMBER = Pattern.compile("([CT]?)([<>])([0-9]{1,9})");

    private ListCondition() {}

    static Predicate<RoomSummary> mask(Call call, String mask) {
        CaseMapping mapping = call.server().settings().caseMapping();
        return room -> Mask.fits(mask, IrcServer.channel(room.room()), mapping);
    }

    /** One that is none excludes nothing. */
    static Predicate<RoomSummary> parse(Call call, String word) {
        if (word.startsWith("!")) {
            return mask(call, word.substring(1)).negate();
        }
        Matcher number = NUMBER.matcher(word);
        if (!number.matches()) {
            return mask(call, word);
        }
        long value = Long.parseLong(number.group(3));
        boolean more = number.group(2).equals(">");
        return switch (number.group(1)) {
            case "C" -> room -> is(more, minutesSince(room.created()), value);
            case "T" ->
                room -> !room.topic().isEmpty()
                        && is(more, minutesSince(room.topic().at()), value);
            default -> room -> more ? room.members() > value : room.members() < value;
        };
    }

    /** Whether it is longer, or not so long, ago. */
    private static boolean is(boolean more, double minutes, long value) {
        return more ? minutes > value : minutes < value;
    }

    private static double minutesSince(Instant then) {
        return Duration.between(then, Instant.now()).toMillis() / 60_000.0;
    }
}
