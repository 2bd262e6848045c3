package io.teahouse.wire.irc.command;

import io.teahouse.client.Notification;
import io.teahouse.client.Presence;
import io.teahouse.room.RoomReply;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Refusals;
import io.teahouse.wire.irc.Spec;
import java.time.Instant;

/** INVITE (RFC 2812 §3.2.7). */
final class InviteCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("INVITE", 2, "nick #channel", "Asks somebody into a channel.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        call.person(call.param(0))
                .ifPresent(target -> Channels.entered(call, call.param(1))
                        .ifPresent(room -> call.session()
                                .ask()
                                .invite(room, target.nick(), reply -> answer(call, target, reply))));
    }

    private static void answer(Call call, Presence target, RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused) {
            Refusals.reply(call, refused);
        } else {
            call.replyPlain(Numeric.RPL_INVITING, target.nick().text(), IrcServer.channel(reply.room()));
            if (target.profile().isAway()) {
                call.reply(
                        Numeric.RPL_AWAY, target.nick().text(), target.profile().away());
            }
            target.tell(new Notification.Invited(
                    reply.room(), call.me().nick(), call.me().profile(), Instant.now()));
        }
    }
}
