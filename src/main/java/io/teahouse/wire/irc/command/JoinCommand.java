package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomName;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.List;
import java.util.Optional;

/** JOIN (RFC 2812 §3.2.1). What follows the JOIN line is said when that has been shown. */
final class JoinCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("JOIN", 1, "#channel[,#channel] [key[,key]]", "Enters channels.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.param(0).equals("0")) {
            List.copyOf(call.session().places()).forEach(place -> call.session().part(place.room(), ""));
            return;
        }
        List<String> keys = Targets.keys(call.param(1));
        int at = 0;
        for (String channel : Targets.some(call, SPEC, 0)) {
            String key = at < keys.size() ? keys.get(at) : "";
            at++;
            call.session().afterwards(() -> join(call, channel, key)); // one after the other
        }
    }

    private static void join(Call call, String channel, String key) {
        Optional<RoomName> room = Channels.named(call, channel);
        if (room.isEmpty() || call.session().isIn(room.get())) {
            return;
        } else if (call.session().places().size() < call.server().settings().channels()) {
            call.client().joining(room);
            call.session().join(room.get(), key);
        } else {
            call.reply(Numeric.ERR_TOOMANYCHANNELS, channel);
        }
    }
}
