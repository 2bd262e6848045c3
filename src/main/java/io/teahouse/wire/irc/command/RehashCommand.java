package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

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
        call.reply(Numeric.RPL_REHASHING, call.server().source(), "Rehashing");
        call.session().connection().compute(call.server()::rehash, result -> call.say("NOTICE", call.nick(), result));
    }
}
