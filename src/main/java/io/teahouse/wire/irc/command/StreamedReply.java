package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.LineLimits;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A reply of many lines. It is written in chunks, each when the client has read most of the one before, so that it
 * neither fills the send queue nor blocks other work.
 */
final class StreamedReply {
    /** The lines of one chunk: 16 KiB at most. */
    private static final int CHUNK_LINES = 32;

    /** How many entries are tested for one chunk. */
    private static final int CHUNK_TESTED = 256;

    private StreamedReply() {}

    /**
     * Writes a line for each matching entry, {@link LineLimits#LISTED} at most; then ERR_TOOMANYMATCHES if more match.
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

    /** Writes a line for each matching entry, without a limit. */
    static <T> void all(Call call, Iterable<T> all, Predicate<T> isAskedFor, Consumer<T> line, Runnable then) {
        new Rest<>(call, all.iterator(), isAskedFor, line).write(Integer.MAX_VALUE, isMore -> then.run());
    }

    /** The entries that have not been tested yet. */
    private record Rest<T>(Call call, Iterator<T> all, Predicate<T> isAskedFor, Consumer<T> line) {
        void write(int most, Consumer<Boolean> then) {
            int lines = 0;
            for (int i = 0; i < CHUNK_TESTED && lines < CHUNK_LINES && all.hasNext(); i++) {
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
                call.session().connection().whenRead(() -> write(left, then));
            } else {
                then.accept(false);
            }
        }
    }
}
