package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Limits;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An answer of many lines. */
final class LongAnswer {
    private LongAnswer() {}

    /** A line about each of them, as far as they fit into what may wait to be sent; ERR_TOOMANYMATCHES if more are left. */
    static <T> void lines(Call call, Spec spec, Stream<T> found, Consumer<T> line) {
        Iterator<T> rest = found.iterator();
        for (int i = 0; i < Limits.LISTED && rest.hasNext(); i++) {
            line.accept(rest.next());
        }
        if (rest.hasNext()) {
            call.reply(Numeric.ERR_TOOMANYMATCHES, spec.verb());
        }
    }
}
