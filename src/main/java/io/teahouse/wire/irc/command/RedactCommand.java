package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomName;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/** REDACT (IRCv3 draft/message-redaction). */
final class RedactCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("REDACT", 2, "target msgid [:reason]", "Takes back what was said.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String target = call.param(0);
        Optional<RoomName> channel = call.room(target);
        Optional<RoomName> room = channel.isPresent()
                ? channel.filter(call.session()::isIn)
                : call.session().conversation(target);
        room.ifPresentOrElse(
                where -> call.session().redact(where, call.param(1), call.param(2)),
                () -> call.fail("INVALID_TARGET", "You are not there, or there is no such target", target));
    }
}
