package io.teahouse.wire.irc.command;

import io.teahouse.operator.Privilege;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Map;

/** REHASH (RFC 2812 §4.2). */
final class RehashCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("REHASH", 0, "", "Reloads the settings that a running server can change.")
            .forOperators();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (OperatorCalls.operator(call).has(Privilege.RELOAD)) {
            call.reply(Numeric.RPL_REHASHING, call.server().source(), "Rehashing");
        }
        OperatorCalls.use(call, "reload", Map.of(), OperatorCalls.Reply.TEXT);
    }
}
