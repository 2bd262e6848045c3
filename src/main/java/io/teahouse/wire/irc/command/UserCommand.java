package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.LineLimits;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** USER (RFC 2812 §3.1.3). */
final class UserCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("USER", 4, "user 0 * :real name", "Sets your user name and real name.")
            .always();

    private static final String NOT_IN_USER = "!@:*?";

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String user = usable(call.param(0));
        if (call.client().isRegistered()) {
            call.reply(Numeric.ERR_ALREADYREGISTERED);
        } else if (call.param(3).isEmpty()) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb());
        } else if (user.isEmpty()) {
            call.reply(Numeric.ERR_INVALIDUSERNAME);
        } else {
            call.client().user(LineLimits.user(user), call.param(3));
            call.register();
        }
    }

    /** Removes characters that have a meaning in {@code nick!user@host} or in a mask. */
    private static String usable(String user) {
        StringBuilder usable = new StringBuilder(user.length());
        user.codePoints()
                .filter(c -> c > ' ' && c != 0x7F && NOT_IN_USER.indexOf(c) < 0)
                .forEach(usable::appendCodePoint);
        return usable.toString();
    }
}
