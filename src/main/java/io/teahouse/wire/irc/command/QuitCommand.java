package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;

/** QUIT (RFC 2812 §3.1.7). */
final class QuitCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("QUIT", 0, "[:reason]", "Disconnects from the server.").always();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String reason = call.param(0);
        call.close(reason.isEmpty() ? "Quit" : "Quit: " + reason, reason);
    }
}
