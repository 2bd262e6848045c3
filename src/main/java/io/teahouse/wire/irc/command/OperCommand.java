package io.teahouse.wire.irc.command;

import io.teahouse.client.UserMode;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.ConfiguredPassword;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcSettings;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** OPER (RFC 2812 §3.1.4). */
final class OperCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("OPER", 2, "name password", "Makes you an operator of the server.")
            .costing(5);

    @Override
    public Spec spec() {
        return SPEC;
    }

    /** Compared where there is no such operator, so that it takes as long. */
    private static final IrcSettings.Operator NOBODY = new IrcSettings.Operator("", "");

    @Override
    public void run(Call call) {
        IrcSettings.Operator operator = call.server().settings().operators().stream()
                .filter(each -> each.name().equals(call.param(0)))
                .findFirst()
                .orElse(NOBODY);
        String given = call.param(1);
        call.session().compute(() -> ConfiguredPassword.matches(operator.password(), given), right -> {
            if (right && !operator.equals(NOBODY)) {
                call.reply(Numeric.RPL_YOUREOPER);
                call.session().setMode(UserMode.OPERATOR, true);
                call.sayOwn("MODE", call.nick(), "+o");
            } else {
                call.reply(Numeric.ERR_PASSWDMISMATCH);
            }
        });
    }
}
