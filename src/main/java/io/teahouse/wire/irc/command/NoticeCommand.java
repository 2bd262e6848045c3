package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;

/** NOTICE (RFC 2812 §3.3), handled by {@link MessageSender}. */
final class NoticeCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("NOTICE", 0, "target[,target] :text", "Sends a message that programs must not answer.");

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public boolean isMessage() {
        return true;
    }

    @Override
    public void run(Call call) {
        MessageSender.run(call, Kind.NOTICE);
    }
}
