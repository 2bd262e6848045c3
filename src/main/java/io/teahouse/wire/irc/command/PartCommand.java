package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;

/** PART (RFC 2812 §3.2.2). */
final class PartCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("PART", 1, "#channel[,#channel] [:reason]", "Leaves channels.");

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        for (String channel : Targets.some(call, SPEC, 0)) {
            call.session().connection().afterwards(() -> part(call, channel)); // one after the other
        }
    }

    private static void part(Call call, String channel) {
        Channels.entered(call, channel).ifPresent(room -> call.session().rooms().part(room, call.param(1)));
    }
}
