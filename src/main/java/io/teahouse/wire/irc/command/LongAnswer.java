package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Limits;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An answer of many lines. It is written bit by bit, each when the client has read most of what came before, so that it
 * neither fills what may wait to be sent nor keeps others waiting.
 */
final class LongAnswer {
    /** Lines of one bit: 16 KiB at the most. */
    private static final int BIT = 32;

    private LongAnswer() {}

    /** A line about each of them, but about {@link Limits#LISTED} at the most; ERR_TOOMANYMATCHES if more are left. */
    static <T> void lines(Call call, Spec spec, Stream<T> found, Consumer<T> line, Runnable then) {
        Iterator<T> rest = found.iterator();
        write(call, rest, Limits.LISTED, line, () -> {
            if (rest.hasNext()) {
                call.reply(Numeric.ERR_TOOMANYMATCHES, spec.verb());
            }
            then.run();
        });
    }

    /** A line about each of them, however many they are. */
    static <T> void all(Call call, Stream<T> found, Consumer<T> line, Runnable then) {
        write(call, found.iterator(), Integer.MAX_VALUE, line, then);
    }

    private static <T> void write(Call call, Iterator<T> rest, int most, Consumer<T> line, Runnable then) {
        int bit = Math.min(BIT, most);
        for (int i = 0; i < bit && rest.hasNext(); i++) {
            line.accept(rest.next());
        }
        if (rest.hasNext() && most > bit) {
            call.session().whenRead(() -> write(call, rest, most - bit, line, then));
        } else {
            then.run();
        }
    }
}
