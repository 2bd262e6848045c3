package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import io.teahouse.wire.irc.WelcomeBurst;

/** VERSION (RFC 2812 §3.4.3). */
final class VersionCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("VERSION", 0, "[server]", "Shows the version and what it supports.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.isForThisServer(0)) {
            String version = call.server().settings().identity().version();
            call.reply(Numeric.RPL_VERSION, version, call.server().name(), "Teahouse");
            WelcomeBurst.isupport(call);
        }
    }
}
