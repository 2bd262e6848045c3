package io.teahouse.wire.irc.command;

import io.teahouse.operator.Privilege;
import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcSettings;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** STATS (RFC 2812 §3.4.4): u, and o for operators. */
final class StatsCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "STATS", 0, "u|o", "Shows how long the server has been running, or its operators.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String asked = call.has(0) && !call.param(0).isEmpty() ? call.param(0).substring(0, 1) : "*";
        if (asked.equals("u")) {
            Duration up = Duration.between(call.server().created(), Instant.now());
            String text = String.format(
                    Locale.ROOT,
                    "Server Up %d days %d:%02d:%02d",
                    up.toDays(),
                    up.toHoursPart(),
                    up.toMinutesPart(),
                    up.toSecondsPart());
            call.reply(Numeric.RPL_STATSUPTIME, text);
        } else if (asked.equals("o")
                && call.me().is(UserMode.OPERATOR)
                && OperatorCalls.may(call, Privilege.METRICS, "o")) {
            for (IrcSettings.Operator operator :
                    call.server().settings().access().operators()) {
                call.replyPlain(Numeric.RPL_STATSOLINE, "O", "*", "*", operator.name());
            }
        }
        call.reply(Numeric.RPL_ENDOFSTATS, asked);
    }
}
