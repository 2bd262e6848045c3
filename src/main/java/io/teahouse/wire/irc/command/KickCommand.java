package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** KICK (RFC 2812 §3.2.8): one channel for all nicks, or one for each. */
final class KickCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "KICK", 2, "#channel nick[,nick] [:reason]", "Removes users from a channel.")
            .costing(2);

    /** A nick to kick, and from which channel. */
    private record Wanted(String channel, String nick) {}

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        Collection<Wanted> wanted = wanted(call, Targets.inPlace(call.param(0)), Targets.inPlace(call.param(1)));
        if (wanted.isEmpty()) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb());
        }
        for (Wanted each : wanted) {
            call.session().connection().afterwards(() -> kick(call, each.channel, each.nick)); // one after the other
        }
    }

    /**
     * Pairs channels and nicks, each pair once in any spelling. Empty unless there is one channel, or one for each
     * nick.
     */
    private static Collection<Wanted> wanted(Call call, List<String> channels, List<String> nicks) {
        Map<Wanted, Wanted> wanted = new LinkedHashMap<>();
        boolean one = channels.size() == 1;
        if (one || channels.size() == nicks.size()) {
            for (int i = 0; i < nicks.size(); i++) {
                Wanted each = new Wanted(channels.get(one ? 0 : i), nicks.get(i));
                if (!each.channel.isEmpty() && !each.nick.isEmpty()) {
                    wanted.putIfAbsent(new Wanted(Targets.key(call, each.channel), Targets.key(call, each.nick)), each);
                }
            }
        }
        return wanted.values();
    }

    private static void kick(Call call, String channel, String target) {
        Channels.entered(call, channel)
                .ifPresent(room -> Targets.nick(call, target)
                        .ifPresent(nick -> call.session()
                                .rooms()
                                .kick(
                                        room,
                                        nick,
                                        IrcText.cut(
                                                call.param(2),
                                                call.server().limits().kick()),
                                        call.outcome(SPEC.verb()))));
    }
}
