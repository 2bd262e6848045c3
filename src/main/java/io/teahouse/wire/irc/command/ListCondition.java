package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomSummary;
import io.teahouse.room.support.Digits;
import io.teahouse.room.support.Glob;
import io.teahouse.wire.irc.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The conditions that LIST accepts (defs.ircdocs.horse, ELIST: C, M, N, T, U). */
final class ListCondition {
    private ListCondition() {}

    static Predicate<RoomSummary> mask(Call call, String mask) {
        Glob glob = Glob.of(mask, call.server().settings().names().caseMapping());
        return room -> glob.fits("#" + room.room().key());
    }

    /** Parses a condition; anything else is a mask. */
    static Predicate<RoomSummary> parse(Call call, String word) {
        if (word.startsWith("!")) {
            return mask(call, word.substring(1)).negate();
        }
        int sign = word.startsWith("C") || word.startsWith("T") ? 1 : 0;
        boolean more = word.startsWith(">", sign);
        boolean compares = more || word.startsWith("<", sign);
        OptionalInt number = compares ? Digits.parse(word.substring(sign + 1)) : OptionalInt.empty();
        if (number.isEmpty()) {
            return mask(call, word);
        }
        int value = number.getAsInt();
        return switch (word.substring(0, sign)) {
            case "C" -> room -> is(more, minutesSince(room.created()), value);
            case "T" ->
                room -> !room.topic().isEmpty()
                        && is(more, minutesSince(room.topic().at()), value);
            default -> room -> more ? room.members() > value : room.members() < value;
        };
    }

    /** Whether {@code minutes} is more, or less, than {@code value}. */
    private static boolean is(boolean more, double minutes, long value) {
        return more ? minutes > value : minutes < value;
    }

    private static double minutesSince(Instant then) {
        return Duration.between(then, Instant.now()).toMillis() / 60_000.0;
    }
}
