package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomName;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/** RENAME (IRCv3 channel-rename). */
final class RenameCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("RENAME", 2, "#channel #name [:reason]", "Renames a channel.")
            .costing(5);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        Channels.entered(call, call.param(0)).ifPresent(room -> {
            Optional<RoomName> to = call.room(call.param(1));
            to.ifPresentOrElse(
                    name -> call.session()
                            .rooms()
                            .renameRoom(room, name, call.param(2), call.outcome(SPEC.verb(), name)),
                    () -> call.fail(
                            "CANNOT_RENAME", "That is not the name of a channel", call.param(0), call.param(1)));
        });
    }
}
