package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** LINKS (RFC 2812 §3.4.5): there is one server. */
final class LinksCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("LINKS", 0, "", "Lists the servers of the network.").costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String name = call.server().name();
        call.reply(
                Numeric.RPL_LINKS, name, name, "0 " + call.server().settings().networkName());
        call.reply(Numeric.RPL_ENDOFLINKS, "*");
    }
}
