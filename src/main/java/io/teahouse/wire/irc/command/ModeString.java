package io.teahouse.wire.irc.command;

import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.wire.irc.LineLimits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A parsed mode string, such as {@code +ov-b ann bob *!*@*}.
 *
 * @param lists the lists to show
 * @param unknown unknown letters
 * @param without modes whose value is missing
 */
record ModeString(List<ModeChange> changes, Set<Mode> lists, Set<Character> unknown, Set<Mode> without) {
    static ModeString parse(List<String> params) {
        ModeString result =
                new ModeString(new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        boolean set = true;
        int value = 1;
        int most = LineLimits.MODES;
        for (char letter : params.get(0).toCharArray()) {
            Optional<Mode> mode = Mode.of(letter);
            if (letter == '+' || letter == '-') {
                set = letter == '+';
            } else if (mode.isEmpty()) {
                result.unknown.add(letter);
            } else if (takesNone(mode.get(), set)) {
                result.changes.add(new ModeChange(set, mode.get(), ""));
            } else if (value < params.size() && most > 0) {
                most--;
                result.changes.add(new ModeChange(set, mode.get(), params.get(value++)));
            } else if (most > 0) {
                result.noValue(mode.get(), set);
            }
        }
        return result;
    }

    private static boolean takesNone(Mode mode, boolean set) {
        return mode.kind() == Mode.Kind.FLAG || (mode.kind() == Mode.Kind.LIMIT && !set);
    }

    private void noValue(Mode mode, boolean set) {
        if (mode.kind() == Mode.Kind.LIST) {
            lists.add(mode);
        } else if (mode == Mode.KEY && !set) {
            changes.add(new ModeChange(false, mode, "*"));
        } else {
            without.add(mode);
        }
    }
}
