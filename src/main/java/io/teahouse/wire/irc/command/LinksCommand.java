package io.teahouse.wire.irc.command;

import io.teahouse.room.support.Glob;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** LINKS (RFC 2812 §3.4.5): the network has a single server. */
final class LinksCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("LINKS", 0, "[[server] mask]", "Lists the servers of the network.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String name = call.server().name();
        String mask = call.has(1) ? call.param(1) : call.param(0);
        if (mask.isEmpty()
                || Glob.of(mask, call.server().settings().names().caseMapping())
                        .fits(call.server().settings().names().caseMapping().apply(name))) {
            String about = call.server().settings().identity().description();
            call.reply(Numeric.RPL_LINKS, name, name, "0 " + about);
        }
        call.reply(Numeric.RPL_ENDOFLINKS, "*");
    }
}
