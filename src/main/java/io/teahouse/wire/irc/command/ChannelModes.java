package io.teahouse.wire.irc.command;

import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Modes;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcServer;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** MODE for a channel (RFC 2812 §3.2.3, modern.ircdocs.horse, "channel modes"). The room decides who may set what. */
final class ChannelModes {
    private record ListEnds(Numeric line, Numeric end) {}

    private static final Map<Mode, ListEnds> LISTS = Map.of(
            Mode.BAN, new ListEnds(Numeric.RPL_BANLIST, Numeric.RPL_ENDOFBANLIST),
            Mode.EXCEPTION, new ListEnds(Numeric.RPL_EXCEPTLIST, Numeric.RPL_ENDOFEXCEPTLIST),
            Mode.INVITE_EXCEPTION, new ListEnds(Numeric.RPL_INVEXLIST, Numeric.RPL_ENDOFINVEXLIST));

    /** The most work for one list: as much as for 5,000 lines. */
    private static final int MOST_WORK = 200;

    private ChannelModes() {}

    static int work(Call call) {
        if (!call.has(1)) {
            return 0;
        }
        List<String> params = call.message().params();
        int lists = ModeString.parse(params.subList(1, params.size())).lists().size();
        return lists
                * Math.min(
                        MOST_WORK,
                        WorkCost.lines(call.server().settings().quotas().listed()));
    }

    static void run(Call call) {
        Optional<RoomName> room = Channels.named(call, call.param(0));
        if (room.isPresent() && !call.has(1)) {
            Channels.describe(call, room.get(), Optional.empty(), found -> show(call, found));
        } else if (room.isPresent()) {
            change(call, room.get());
        }
    }

    private static void show(Call call, RoomReply.Description found) {
        String channel = IrcServer.channel(found.room());
        StringBuilder letters = new StringBuilder("+");
        List<String> words = new ArrayList<>();
        for (ModeChange change : found.settings()) {
            letters.append(change.mode().letter());
            if (!change.value().isEmpty()) {
                words.add(change.mode() == Mode.KEY && !found.member() ? "*" : change.value());
            }
        }
        words.add(0, channel);
        words.add(1, letters.toString());
        call.replyPlain(Numeric.RPL_CHANNELMODEIS, words.toArray(new String[0]));
        call.replyPlain(
                Numeric.RPL_CREATIONTIME, channel, Long.toString(found.created().getEpochSecond()));
    }

    private static void change(Call call, RoomName room) {
        ModeString asked = ModeString.parse(
                call.message().params().subList(1, call.message().params().size()));
        asked.unknown().forEach(letter -> call.reply(Numeric.ERR_UNKNOWNMODE, String.valueOf(letter)));
        for (Mode mode : asked.without()) {
            String channel = IrcServer.channel(room);
            call.reply(
                    Numeric.ERR_INVALIDMODEPARAM,
                    channel,
                    String.valueOf(mode.letter()),
                    "*",
                    "You must specify a parameter for this mode");
        }
        asked.lists().forEach(mode -> list(call, room, mode));
        List<ModeChange> changes = fitting(call, room, asked.changes());
        if (!changes.isEmpty()) {
            Channels.entered(call, call.param(0))
                    .ifPresent(entered -> call.session().rooms().setModes(entered, changes, call.outcome("MODE")));
        }
    }

    /** The changes without masks that are too long for the line that announces them; those have been refused. */
    private static List<ModeChange> fitting(Call call, RoomName room, List<ModeChange> changes) {
        int most = call.server().limits().mask() - "!*@*".length();
        List<ModeChange> fitting = new ArrayList<>();
        for (ModeChange change : changes) {
            if (change.set() && change.mode().kind() == Mode.Kind.LIST && IrcText.size(change.value()) > most) {
                call.reply(
                        Numeric.ERR_INVALIDMODEPARAM,
                        IrcServer.channel(room),
                        String.valueOf(change.mode().letter()),
                        change.value(),
                        "A mask has at most " + most + " bytes");
            } else {
                fitting.add(change);
            }
        }
        return fitting;
    }

    private static void list(Call call, RoomName room, Mode mode) {
        ListEnds numerics = Objects.requireNonNull(LISTS.get(mode));
        Channels.describe(call, room, Optional.of(mode), found -> {
            String channel = IrcServer.channel(room);
            for (Modes.Entry entry : found.list()) {
                String at = Long.toString(entry.at().getEpochSecond());
                call.replyPlain(numerics.line(), channel, entry.mask(), entry.by(), at);
            }
            call.reply(numerics.end(), channel);
        });
    }
}
