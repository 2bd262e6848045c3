package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomName;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.List;
import java.util.Optional;

/** NAMES (modern.ircdocs.horse, "NAMES message"). */
final class NamesCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("NAMES", 0, "#channel[,#channel]", "Lists who is in channels.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        List<RoomName> rooms = Targets.of(call.param(0)).stream()
                .map(call::room)
                .flatMap(Optional::stream)
                .toList();
        Channels.names(call, rooms, call.has(0) ? call.param(0) : "*");
    }
}
