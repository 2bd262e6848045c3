package io.teahouse.wire.irc;

import io.teahouse.room.Mode;
import io.teahouse.room.Mode.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The letters of the channel modes in alphabetical order, as RPL_MYINFO and ISUPPORT list them. */
final class ModeLetters {
    static final String ALL = of(Kind.values());
    static final String WITH_VALUE = of(Kind.LIST, Kind.KEY, Kind.LIMIT, Kind.RANK);

    private ModeLetters() {}

    /** The value of {@code CHANMODES}: lists, modes that always have a value, modes with a value when set, flags. */
    static String groups() {
        return String.join(",", of(Kind.LIST), of(Kind.KEY), of(Kind.LIMIT), of(Kind.FLAG));
    }

    private static String of(Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        return Arrays.stream(Mode.values())
                .filter(mode -> wanted.contains(mode.kind()))
                .map(mode -> String.valueOf(mode.letter()))
                .sorted()
                .collect(Collectors.joining());
    }
}
