package io.teahouse.wire.irc.command;

import io.teahouse.client.Devices;
import io.teahouse.client.Session;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/**
 * DEVICES, a command of this server: lists the connections of one's own user, or ends one. Answered by standard replies
 * ({@code NOTE}, or NOTICE for clients without them, and {@code FAIL}).
 */
final class DevicesCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("DEVICES", 0, "[END number]", "Lists your connections, or ends one.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (!call.has(0)) {
            Devices.list(call.session().identity()).forEach(line -> call.note("CONNECTION", line));
        } else if (call.param(0).equalsIgnoreCase("END") && call.has(1)) {
            end(call, call.param(1));
        } else {
            call.fail("INVALID_PARAMS", "Type DEVICES, or DEVICES END and a number");
        }
    }

    private static void end(Call call, String number) {
        Session.Identity me = call.session().identity();
        Optional<ConnectionInfo> found = Devices.find(me, number);
        if (found.isEmpty()) {
            call.fail("NO_SUCH_CONNECTION", "You have no connection of that number: type DEVICES");
        } else if (Devices.isThis(me, found.get())) {
            call.close("Quit", "");
        } else {
            me.endConnection(found.get(), Devices.ENDED);
            call.note("CONNECTION_ENDED", "Connection " + found.get().number() + " is ended");
        }
    }
}
