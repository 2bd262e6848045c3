package io.teahouse.wire.irc.command;

import io.teahouse.room.Profile;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.support.Glob;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * WHO (RFC 2812 §3.6.1) and WHOX (IRCv3 whox). For a channel, the room is asked, as by NAMES, because an application's
 * actors may be members without being users; everything else is answered from snapshots.
 */
final class WhoCommand implements IrcCommand {
    private static final Spec SPEC =
            Spec.of("WHO", 0, "mask [%fields[,token]]", "Lists users.").costing(3);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return call.session().queries().users().find(call.param(0)).isPresent()
                ? 0
                : WorkCost.list(
                        call.param(0).startsWith("#")
                                ? 0
                                : call.session().queries().users().count());
    }

    @Override
    public void run(Call call) {
        String mask = call.has(0) ? call.param(0) : "*";
        Optional<RoomName> room = call.room(mask);
        if (room.isPresent()) {
            channel(call, room.get(), mask);
        } else {
            UserDirectory all = call.session().queries().users();
            Optional<UserSnapshot> exact = all.find(mask);
            Iterable<UserSnapshot> users = mask.startsWith("#")
                    ? List.of()
                    : exact.<Iterable<UserSnapshot>>map(List::of).orElseGet(all::all);
            UnaryOperator<String> folding = call.server().settings().names().caseMapping();
            Glob pattern = Glob.of(mask.equals("0") ? "*" : mask, folding);
            WhoLine line = WhoLine.of(call);
            StreamedReply.lines(
                    call,
                    SPEC,
                    users,
                    who -> (exact.isPresent()
                                    || (IrcServer.isVisible(who, call.me()) && matches(call, pattern, who, folding)))
                            && isAskedFor(call, WhoLine.Match.of(who)),
                    who -> line.reply(WhoLine.Match.of(who)),
                    () -> end(call, mask));
        }
    }

    private static boolean isAskedFor(Call call, WhoLine.Match who) {
        boolean operators = call.param(1).split("%", 2)[0].contains("o");
        return !operators || who.is(UserMode.OPERATOR);
    }

    private static void channel(Call call, RoomName room, String mask) {
        WhoLine line = WhoLine.of(call);
        UserDirectory users = call.session().queries().users();
        call.session().queries().rooms().names(room, reply -> {
            List<RoomReply.Participant> members =
                    reply instanceof RoomReply.NameList list ? Channels.visible(call, list) : List.of();
            StreamedReply.all(
                    call,
                    members,
                    member -> isAskedFor(call, WhoLine.Match.in(reply.room(), member, users)),
                    member -> line.reply(WhoLine.Match.in(reply.room(), member, users)),
                    () -> end(call, mask));
        });
    }

    private static void end(Call call, String mask) {
        call.reply(Numeric.RPL_ENDOFWHO, mask);
    }

    private static boolean matches(Call call, Glob pattern, UserSnapshot who, UnaryOperator<String> folding) {
        String nick = who.nick().key();
        if (pattern.fits(nick)) {
            return true;
        }
        Profile profile = who.profile();
        String user = folding.apply(profile.user());
        String host = folding.apply(profile.host());
        return pattern.fits(user)
                || pattern.fits(host)
                || pattern.fits(nick + "!" + user + "@" + host)
                || call.address(who).filter(pattern::fits).isPresent()
                || pattern.fits(folding.apply(profile.realName()));
    }
}
