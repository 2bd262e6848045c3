package io.teahouse.wire.irc.command;

import io.teahouse.operator.Privilege;
import io.teahouse.user.Notification;
import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** WALLOPS (RFC 2812 §4.7), to users with mode w. */
final class WallopsCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("WALLOPS", 1, ":text", "Sends a message to all users with mode +w.")
            .forOperators();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.param(0).isEmpty()) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb());
            return;
        } else if (!OperatorCalls.may(call, Privilege.ANNOUNCE, "text=" + call.param(0))) {
            return;
        }
        Notification wallops =
                new Notification.Wallops(call.me().nick(), call.me().profile(), call.param(0));
        call.session().queries().users().notify(UserMode.WALLOPS, wallops);
    }
}
