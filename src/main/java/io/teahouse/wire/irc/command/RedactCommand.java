package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomName;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/** REDACT (IRCv3 draft/message-redaction). */
final class RedactCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("REDACT", 2, "target msgid [:reason]", "Deletes a message.").costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        Optional<RoomName> channel = call.room(call.param(0));
        if (channel.isPresent() && call.session().rooms().isIn(channel.get())) {
            redact(call, channel.get());
        } else if (channel.isPresent()) {
            notThere(call);
        } else {
            call.session().queries().past().conversation(call.param(0), found -> inConversation(call, found));
        }
    }

    private static void inConversation(Call call, Optional<RoomName> conversation) {
        if (conversation.isPresent()) {
            redact(call, conversation.get());
        } else if (call.session().queries().users().find(call.param(0)).isPresent()) {
            call.fail("UNKNOWN_MSGID", "There is no such message", call.param(0), call.param(1));
        } else {
            notThere(call);
        }
    }

    private static void redact(Call call, RoomName room) {
        call.session().rooms().redact(room, call.param(1), call.param(2), call.outcome(SPEC.verb()));
    }

    private static void notThere(Call call) {
        call.fail("INVALID_TARGET", "You are not there, or there is no such target", call.param(0));
    }
}
