package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** PING (modern.ircdocs.horse, "PING message"). */
final class PingCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("PING", 0, "token", "Asks for a PONG with the same token.").always();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.has(0)) {
            call.say("PONG", call.server().name(), call.param(0));
        } else {
            call.reply(Numeric.ERR_NOORIGIN);
        }
    }
}
