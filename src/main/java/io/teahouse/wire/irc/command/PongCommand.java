package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;

/** PONG: does nothing, because any line shows that the connection is alive. */
final class PongCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("PONG", 0, "token", "Answers a PING of the server.").always();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {}
}
