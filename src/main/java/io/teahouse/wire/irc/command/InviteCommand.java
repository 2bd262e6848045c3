package io.teahouse.wire.irc.command;

import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.user.Notification;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * INVITE (RFC 2812 §3.2.7); without parameters, lists the client's invitations (modern.ircdocs.horse, RPL_INVITELIST).
 */
final class InviteCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "INVITE",
                    0,
                    "[nick #channel]",
                    "Invites a user to a channel; without parameters, lists your invitations.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (!call.has(0)) {
            list(call, call.client().invitations());
        } else if (!call.has(1)) {
            call.reply(Numeric.ERR_NEEDMOREPARAMS, SPEC.verb());
        } else {
            invite(call);
        }
    }

    /**
     * Lists open invitations. A channel that has ceased to exist has lost its invitations, so they are dropped here
     * too.
     */
    private static void list(Call call, List<RoomName> rooms) {
        if (rooms.isEmpty()) {
            call.reply(Numeric.RPL_ENDOFINVITELIST);
            return;
        }
        RoomName room = rooms.get(0);
        call.session().queries().rooms().describe(room, Optional.empty(), reply -> {
            if (reply instanceof RoomReply.Description) {
                call.replyPlain(Numeric.RPL_INVITELIST, IrcServer.channel(room));
            } else {
                call.client().notInvited(room);
            }
            list(call, rooms.subList(1, rooms.size()));
        });
    }

    private static void invite(Call call) {
        call.person(call.param(0))
                .ifPresent(target -> Channels.entered(call, call.param(1))
                        .ifPresent(room -> call.session()
                                .queries()
                                .rooms()
                                .invite(room, target, reply -> answer(call, target, reply))));
    }

    private static void answer(Call call, UserSnapshot target, RoomReply reply) {
        if (reply instanceof RoomReply.Refused refused) {
            call.outcome(SPEC.verb()).refused(refused);
        } else {
            call.replyPlain(Numeric.RPL_INVITING, target.nick().text(), IrcServer.channel(reply.room()));
            if (target.profile().isAway()) {
                call.reply(
                        Numeric.RPL_AWAY, target.nick().text(), target.profile().away());
            }
            call.session()
                    .queries()
                    .users()
                    .notify(
                            target.id(),
                            new Notification.Invited(
                                    reply.room(), call.me().nick(), call.me().profile(), Instant.now()));
        }
    }
}
