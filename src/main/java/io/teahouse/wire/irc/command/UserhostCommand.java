package io.teahouse.wire.irc.command;

import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.List;

/** USERHOST (RFC 2812 §4.8), for up to five nicks. */
final class UserhostCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("USERHOST", 1, "nick [nick …]", "Shows the hosts of users.");

    @Override
    public Spec spec() {
        return SPEC;
    }

    private static final int MOST = 5;

    @Override
    public void run(Call call) {
        List<String> found = call.message().params().stream()
                .limit(MOST)
                .flatMap(name -> call.session().queries().users().find(name).stream())
                .map(who -> line(call, who))
                .toList();
        call.replyWords(Numeric.RPL_USERHOST, found);
    }

    private static String line(Call call, UserSnapshot who) {
        return who.nick()
                + (who.is(UserMode.OPERATOR) ? "*" : "")
                + (who.profile().isAway() ? "=-" : "=+")
                + who.profile().user() + "@"
                + call.address(who).orElse(who.profile().host());
    }
}
