package io.teahouse.wire.irc.command;

import io.teahouse.room.Profile;
import io.teahouse.room.support.Digits;
import io.teahouse.user.FormerUser;
import io.teahouse.user.UserMode;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcTime;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.List;
import java.util.OptionalInt;

/** WHOWAS (RFC 2812 §3.6.3). */
final class WhowasCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("WHOWAS", 0, "nick [count]", "Shows who had a nick before.").costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return 1;
    }

    @Override
    public void run(Call call) {
        String asked = call.param(0);
        if (asked.isEmpty()) {
            call.reply(Numeric.ERR_NONICKNAMEGIVEN);
            return;
        }
        List<FormerUser> found = call.session().queries().users().former(asked);
        if (found.isEmpty()) {
            call.reply(Numeric.ERR_WASNOSUCHNICK, asked);
        }
        found.stream().limit(most(call.param(1))).forEach(former -> {
            String nick = former.nick().text();
            Profile profile = former.profile();
            call.reply(Numeric.RPL_WHOWASUSER, nick, profile.user(), profile.host(), "*", profile.realName());
            if (call.me().is(UserMode.OPERATOR) && !former.address().equals(profile.host())) {
                String address = former.address();
                call.reply(Numeric.RPL_WHOISACTUALLY, nick, profile.user() + "@" + address, address);
            }
            call.reply(Numeric.RPL_WHOISSERVER, nick, call.server().name(), IrcTime.format(former.until()));
        });
        call.reply(Numeric.RPL_ENDOFWHOWAS, asked);
    }

    /** The limit; all entries if it is not a positive number. */
    private static long most(String count) {
        OptionalInt number = Digits.parsePositive(count);
        return number.isPresent() ? number.getAsInt() : Long.MAX_VALUE;
    }
}
