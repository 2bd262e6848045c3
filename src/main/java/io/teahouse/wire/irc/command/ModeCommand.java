package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;

/** MODE (RFC 2812 §3.1.5 and §3.2.3). */
final class ModeCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("MODE", 1, "target [modes [values]]", "Shows or sets the modes of a channel, or your own.");

    @Override
    public Spec spec() {
        return SPEC;
    }

    /** Only listing masks is counted. */
    @Override
    public int work(Call call) {
        return call.param(0).startsWith("#") ? ChannelModes.work(call) : 0;
    }

    @Override
    public void run(Call call) {
        if (call.param(0).startsWith("#")) {
            ChannelModes.run(call);
        } else {
            UserModes.run(call);
        }
    }
}
