package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.Spec;

/** SETNAME (IRCv3 setname). */
final class SetnameCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("SETNAME", 1, ":real name", "Changes your real name.").costing(2);

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
        String name = call.param(0);
        int most = call.server().limits().realName();
        if (name.isEmpty() || IrcText.size(name) > most) {
            call.fail("INVALID_REALNAME", "A real name has 1 to " + most + " bytes");
            return;
        }
        call.session().identity().setRealName(name);
        if (call.client().has(Capability.SETNAME)) {
            call.sayOwn("SETNAME", ":" + name);
        }
    }
}
