package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcTime;
import io.teahouse.wire.irc.ReadMarkers;
import io.teahouse.wire.irc.Spec;
import java.time.Instant;
import java.util.Optional;

/** MARKREAD (IRCv3 draft/read-marker). */
final class MarkreadCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("MARKREAD", 0, "target [timestamp=…]", "Shows or sets how far you have read.");

    private static final String TIMESTAMP = "timestamp=";

    private static final int LONGEST_TIME = TIMESTAMP.length() + "2026-01-02T03:04:05.678Z".length();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String target = call.param(0);
        if (target.isEmpty()) {
            call.fail("NEED_MORE_PARAMS", "Missing parameters");
            return;
        } else if (target.contains(" ") || call.left(SPEC.verb(), target) < LONGEST_TIME) {
            call.fail("INVALID_PARAMS", "Invalid target", target);
            return;
        }
        String key = ReadMarkers.key(call, target);
        if (!call.has(1)) {
            call.session()
                    .queries()
                    .markers()
                    .get(
                            key,
                            found -> found.ifPresentOrElse(
                                    at -> ReadMarkers.say(call, target, at), () -> unanswered(call)));
            return;
        }
        Optional<Instant> at = call.param(1).startsWith(TIMESTAMP)
                ? IrcTime.parse(call.param(1).substring(TIMESTAMP.length()))
                : Optional.empty();
        if (at.isEmpty()) {
            call.fail("INVALID_PARAMS", "Invalid timestamp", target, call.param(1));
            return;
        }
        call.session()
                .queries()
                .markers()
                .put(
                        key,
                        at.get(),
                        moved -> moved.ifPresentOrElse(
                                now -> ReadMarkers.say(call, target, Optional.of(now)), () -> unanswered(call)));
    }

    private static void unanswered(Call call) {
        call.fail("INTERNAL_ERROR", "The store does not answer", call.param(0));
    }
}
