package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcTime;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.time.Instant;

/** TIME (RFC 2812 §3.4.6). */
final class TimeCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("TIME", 0, "[server]", "Shows the time of the server.");

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.isForThisServer(0)) {
            Instant now = Instant.now();
            String seconds = Long.toString(now.getEpochSecond());
            call.reply(Numeric.RPL_TIME, call.server().name(), seconds, "0", IrcTime.format(now));
        }
    }
}
