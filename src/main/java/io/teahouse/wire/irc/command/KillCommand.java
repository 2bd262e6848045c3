package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;

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
        String why = call.param(1).isEmpty() ? "no reason" : call.param(1);
        call.person(call.param(0))
                .ifPresent(who -> call.session()
                        .queries()
                        .users()
                        .disconnect(who.id(), "Killed (" + call.nick() + " (" + why + "))"));
    }
}
