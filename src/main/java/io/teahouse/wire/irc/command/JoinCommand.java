package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomName;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JOIN (RFC 2812 §3.2.1). The topic and the members follow once the client has been shown its JOIN. */
final class JoinCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("JOIN", 1, "#channel[,#channel] [key[,key]]", "Enters channels.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return WorkCost.targets(call.param(0), 1);
    }

    @Override
    public void run(Call call) {
        if (call.param(0).equals("0")) {
            List.copyOf(call.session().rooms().places())
                    .forEach(place -> call.session().rooms().part(place.room(), ""));
            return;
        }
        Map<String, String> keys = keys(call);
        for (String channel : Targets.some(call, SPEC, 0)) {
            String key = keys.getOrDefault(channel, "");
            call.session().connection().afterwards(() -> join(call, channel, key)); // one after the other
        }
    }

    /** The key for each channel, by position; the first one if a channel is listed more than once; empty for no key. */
    private static Map<String, String> keys(Call call) {
        List<String> channels = Targets.inPlace(call.param(0));
        List<String> keys = Targets.inPlace(call.param(1));
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < channels.size(); i++) {
            found.putIfAbsent(channels.get(i), i < keys.size() ? keys.get(i) : "");
        }
        return found;
    }

    private static void join(Call call, String channel, String key) {
        Optional<RoomName> room = Channels.named(call, channel);
        if (room.isEmpty() || call.session().rooms().isIn(room.get())) {
            return;
        } else if (call.session().rooms().places().size()
                < call.server().settings().quotas().channels()) {
            call.client().joining(room);
            call.session().rooms().join(room.get(), key, call.outcome(SPEC.verb()));
        } else {
            call.reply(Numeric.ERR_TOOMANYCHANNELS, channel);
        }
    }
}
