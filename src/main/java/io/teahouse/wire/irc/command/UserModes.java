package io.teahouse.wire.irc.command;

import io.teahouse.account.LoginToken;
import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.WelcomeBurst;
import java.util.Optional;

/** MODE for a user, which only that user may set (RFC 2812 §3.1.5). */
final class UserModes {
    private UserModes() {}

    static void run(Call call) {
        call.person(call.param(0)).ifPresent(who -> {
            if (!who.isSameUser(call.me())) {
                call.reply(Numeric.ERR_USERSDONTMATCH);
            } else if (call.has(1)) {
                set(call);
            } else {
                call.replyPlain(Numeric.RPL_UMODEIS, WelcomeBurst.modes(call));
            }
        });
    }

    private static void set(Call call) {
        StringBuilder done = new StringBuilder();
        boolean unknown = false;
        char sign = '+';
        char shown = ' ';
        for (char letter : call.param(1).toCharArray()) {
            Optional<UserMode> mode = UserMode.of(letter);
            if (letter == '+' || letter == '-') {
                sign = letter;
            } else if (mode.isEmpty()) {
                unknown = true;
            } else if (set(call, mode.get(), sign == '+')) {
                done.append(sign == shown ? "" : String.valueOf(sign)).append(letter);
                shown = sign;
            }
        }
        if (unknown) {
            call.reply(Numeric.ERR_UMODEUNKNOWNFLAG);
        }
        if (!done.isEmpty()) {
            call.session().connection().afterwards(() -> call.sayOwn("MODE", call.nick(), done.toString()));
        }
    }

    /** Sets a mode; returns whether it changed. Users cannot make themselves operators, nor bots themselves people. */
    private static boolean set(Call call, UserMode mode, boolean on) {
        boolean changes = call.me().is(mode) != on
                && !(mode == UserMode.OPERATOR && on)
                && !(mode == UserMode.BOT && !on && isBot(call));
        if (changes) {
            call.session().identity().setMode(mode, on);
        }
        return changes;
    }

    private static boolean isBot(Call call) {
        return call.session().login().currentToken().filter(LoginToken::isBot).isPresent();
    }
}
