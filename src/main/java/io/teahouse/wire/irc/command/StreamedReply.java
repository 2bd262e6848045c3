package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.LineLimits;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An answer of many lines. It is written bit by bit, each when the client has read most of what came before, so that it
 * neither fills what may wait to be sent nor keeps others waiting.
 */
final class StreamedReply {
    /** Lines of one bit: 16 KiB at the most. */
    private static final int BIT = 32;

    /** Of how many it is found out in one bit whether they are asked for. */
    private static final int LOOKED_AT = 256;

    private StreamedReply() {}

    /**
     * A line about each of them that is asked for, but about {@link LineLimits#LISTED} at the most; ERR_TOOMANYMATCHES if more are
     * left.
     */
    static <T> void lines(
            Call call, Spec spec, Iterable<T> all, Predicate<T> isAskedFor, Consumer<T> line, Runnable then) {
        new Rest<>(call, all.iterator(), isAskedFor, line).write(LineLimits.LISTED, isMore -> {
            if (isMore) {
                call.reply(Numeric.ERR_TOOMANYMATCHES, spec.verb());
            }
            then.run();
        });
    }

    /** A line about each of them, however many they are. */
    static <T> void all(Call call, Iterable<T> all, Predicate<T> isAskedFor, Consumer<T> line, Runnable then) {
        new Rest<>(call, all.iterator(), isAskedFor, line).write(Integer.MAX_VALUE, isMore -> then.run());
    }

    /** What has not been looked at yet. */
    private record Rest<T>(Call call, Iterator<T> all, Predicate<T> isAskedFor, Consumer<T> line) {
        void write(int most, Consumer<Boolean> then) {
            int lines = 0;
            for (int i = 0; i < LOOKED_AT && lines < BIT && all.hasNext(); i++) {
                T next = all.next();
                if (!isAskedFor.test(next)) {
                    continue;
                } else if (lines == most) {
                    then.accept(true);
                    return;
                }
                line.accept(next);
                lines++;
            }
            int left = most - lines;
            if (all.hasNext()) {
                call.session().whenRead(() -> write(left, then));
            } else {
                then.accept(false);
            }
        }
    }
}
