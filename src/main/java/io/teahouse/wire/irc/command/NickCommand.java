package io.teahouse.wire.irc.command;

import io.teahouse.room.Nick;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** NICK (RFC 2812 §3.1.2). */
final class NickCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("NICK", 0, "nick", "Sets or changes your nick.").always().costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return WorkCost.compared(call);
    }

    @Override
    public void run(Call call) {
        String wanted = call.param(0);
        if (wanted.isEmpty()) {
            call.reply(Numeric.ERR_NONICKNAMEGIVEN);
        } else if (!call.server().settings().names().utf8Nicks()
                && !wanted.chars().allMatch(c -> c < 0x80)) {
            call.reply(Numeric.ERR_ERRONEUSNICKNAME, wanted, "names consist of ASCII characters here");
        } else if (!wanted.equals(
                call.session().identity().nick().map(Nick::text).orElse(""))) {
            call.session().identity().claim(wanted);
        }
    }
}
