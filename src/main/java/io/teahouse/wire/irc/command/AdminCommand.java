package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.List;

/** ADMIN (RFC 2812 §3.4.9). */
final class AdminCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("ADMIN", 0, "[server]", "Shows who runs this server.").costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.isForThisServer(0)) {
            List<String> lines = call.server().settings().identity().admin();
            Numeric[] numerics = {Numeric.RPL_ADMINLOC1, Numeric.RPL_ADMINLOC2, Numeric.RPL_ADMINEMAIL};
            call.reply(Numeric.RPL_ADMINME, call.server().name());
            for (int i = 0; i < Math.min(lines.size(), numerics.length); i++) {
                call.replyLong(numerics[i], "", lines.get(i));
            }
        }
    }
}
