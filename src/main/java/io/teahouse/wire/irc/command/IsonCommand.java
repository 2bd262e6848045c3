package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.Arrays;
import java.util.List;

/** ISON (RFC 2812 §4.9). */
final class IsonCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("ISON", 1, "nick [nick …]", "Tells which of these nicks are in use.");

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        List<String> found = call.message().params().stream()
                .flatMap(param -> Arrays.stream(param.split(" ")))
                .flatMap(name -> call.session().queries().users().find(name).stream())
                .map(who -> who.nick().text())
                .distinct()
                .toList();
        call.replyWords(Numeric.RPL_ISON, found);
    }
}
