package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Limits;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** USER (RFC 2812 §3.1.3). */
final class UserCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("USER", 4, "user 0 * :real name", "Says who you are, beside your name.")
            .always();

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String user = call.param(0).replaceAll("[!@:*?\\p{Cntrl} ]", "");
        if (call.client().isRegistered()) {
            call.reply(Numeric.ERR_ALREADYREGISTERED);
        } else if (call.param(3).isEmpty()) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb());
        } else if (user.isEmpty()) {
            call.reply(Numeric.ERR_INVALIDUSERNAME);
        } else {
            call.client().user(Limits.user(user), call.param(3));
            call.register();
        }
    }
}
