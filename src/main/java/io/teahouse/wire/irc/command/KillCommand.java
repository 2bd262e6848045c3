package io.teahouse.wire.irc.command;

import io.teahouse.operator.Privilege;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Map;

/** KILL (RFC 2812 §3.7.1). */
final class KillCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("KILL", 1, "nick [:reason]", "Closes all connections of a user.")
            .forOperators();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String nick = call.param(0);
        if (!OperatorCalls.operator(call).has(Privilege.DISCONNECT)
                || call.person(nick).isPresent()) {
            OperatorCalls.use(
                    call, "disconnect", Map.of("nick", nick, "reason", call.param(1)), OperatorCalls.Reply.NONE);
        }
    }
}
