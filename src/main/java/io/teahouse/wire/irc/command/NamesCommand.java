package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.List;

/** NAMES (modern.ircdocs.horse, "NAMES message"). */
final class NamesCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("NAMES", 0, "#channel[,#channel]", "Lists the members of channels.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return WorkCost.targets(call.param(0), WorkCost.list(0));
    }

    @Override
    public void run(Call call) {
        List<String> channels = Targets.each(call, 0);
        if (channels.isEmpty()) {
            call.reply(Numeric.RPL_ENDOFNAMES, call.has(0) ? call.param(0) : "*");
        } else {
            names(call, channels);
        }
    }

    /** Lists one channel after the other. */
    private static void names(Call call, List<String> channels) {
        if (!channels.isEmpty()) {
            Channels.names(call, channels.get(0), () -> names(call, channels.subList(1, channels.size())));
        }
    }
}
