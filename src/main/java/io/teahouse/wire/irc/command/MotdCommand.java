package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import io.teahouse.wire.irc.WelcomeBurst;

/** MOTD (RFC 2812 §3.4.1). */
final class MotdCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("MOTD", 0, "[server]", "Shows the message of the day.").costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.isForThisServer(0)) {
            WelcomeBurst.motd(call);
        }
    }
}
