package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;

/** BATCH from a client: begins or ends a multiline message (IRCv3 multiline). */
final class BatchCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("BATCH", 1, "+id draft/multiline target | -id", "Begins or ends a multiline message.");

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        MultilineBatches.run(call);
    }
}
