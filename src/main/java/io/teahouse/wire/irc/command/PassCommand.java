package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** PASS (RFC 2812 §3.1.1). */
final class PassCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("PASS", 1, "password", "Sends the password of the server.").always();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.client().isRegistered()) {
            call.reply(Numeric.ERR_ALREADYREGISTERED);
        } else {
            call.client().password(call.param(0));
        }
    }
}
