package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import io.teahouse.wire.irc.WelcomeBurst;

/** LUSERS (RFC 2812 §3.4.2). */
final class LusersCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("LUSERS", 0, "", "Counts users and channels.").costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        WelcomeBurst.lusers(call, () -> {});
    }
}
