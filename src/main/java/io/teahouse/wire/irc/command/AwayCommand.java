package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** AWAY (RFC 2812 §4.1). */
final class AwayCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("AWAY", 0, "[:reason]", "Marks you as away or back.").costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return WorkCost.relayed(call);
    }

    @Override
    public void run(Call call) {
        String reason = IrcText.cut(call.param(0), call.server().limits().away());
        call.session().identity().setAway(reason);
        call.reply(reason.isEmpty() ? Numeric.RPL_UNAWAY : Numeric.RPL_NOWAWAY);
    }
}
