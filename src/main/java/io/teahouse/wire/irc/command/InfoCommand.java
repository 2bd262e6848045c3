package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcTime;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** INFO (RFC 2812 §3.4.10). */
final class InfoCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("INFO", 0, "[server]", "Shows what this server is.").costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.isForThisServer(0)) {
            call.reply(
                    Numeric.RPL_INFO,
                    "Teahouse " + call.server().settings().identity().version());
            call.reply(Numeric.RPL_INFO, "A chat server of actors: one room, four doors");
            call.reply(
                    Numeric.RPL_INFO,
                    "On line since " + IrcTime.format(call.server().created()));
            call.reply(Numeric.RPL_INFO, "What is said in channels and between people may be stored");
            call.reply(Numeric.RPL_ENDOFINFO);
        }
    }
}
