package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.List;

/** KICK (RFC 2812 §3.2.8): one channel for all, or one for each. */
final class KickCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "KICK", 2, "#channel nick[,nick] [:reason]", "Puts people out of a channel.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        List<String> channels = Targets.keys(call.param(0));
        List<String> targets = Targets.some(call, SPEC, 1);
        for (int i = 0; i < targets.size(); i++) {
            String channel = channels.size() == targets.size() ? channels.get(i) : channels.get(0);
            String target = targets.get(i);
            call.session().afterwards(() -> kick(call, channel, target)); // one after the other
        }
    }

    private static void kick(Call call, String channel, String target) {
        Channels.entered(call, channel)
                .ifPresent(room -> Targets.nick(call, target)
                        .ifPresent(nick -> call.session().kick(room, nick, call.param(2))));
    }
}
