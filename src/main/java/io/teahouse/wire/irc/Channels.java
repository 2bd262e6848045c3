package io.teahouse.wire.irc;

import io.teahouse.room.Mode;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomReply.Participant;
import io.teahouse.room.Topic;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What more than one command says of channels. */
public final class Channels {
    private static final int NAMES_AT_A_TIME = 500;

    private Channels() {}

    /** RPL_TOPIC and RPL_TOPICWHOTIME. {@code always}: that there is none is said too. */
    public static void topic(Call call, RoomName room, Topic topic, boolean always) {
        String channel = IrcServer.channel(room);
        if (!topic.isEmpty()) {
            call.reply(Numeric.RPL_TOPIC, channel, topic.text());
            call.replyPlain(
                    Numeric.RPL_TOPICWHOTIME,
                    channel,
                    topic.by(),
                    Long.toString(topic.at().getEpochSecond()));
        } else if (always) {
            call.reply(Numeric.RPL_NOTOPIC, channel);
        }
    }

    /** The room that a channel's name means; if it is no such name, ERR_NOSUCHCHANNEL has been said. */
    public static Optional<RoomName> named(Call call, String channel) {
        Optional<RoomName> room = call.room(channel);
        if (room.isEmpty()) {
            call.reply(Numeric.ERR_NOSUCHCHANNEL, channel);
        }
        return room;
    }

    /** The same, if the client is there; else it is told why not. */
    public static Optional<RoomName> entered(Call call, String channel) {
        Optional<RoomName> room = named(call, channel);
        if (room.isEmpty() || call.session().isIn(room.get())) {
            return room;
        }
        describe(call, room.get(), Optional.empty(), found -> call.reply(Numeric.ERR_NOTONCHANNEL, channel));
        return Optional.empty();
    }

    /**
     * How a channel is set. If there is none, or it is secret and the client is not there, ERR_NOSUCHCHANNEL is said: a
     * secret channel is one of which others do not know that it is there (RFC 2811 §4.2.6).
     *
     * @param list which list to add
     */
    public static void describe(Call call, RoomName room, Optional<Mode> list, Consumer<RoomReply.Description> then) {
        call.session().ask().describe(room, list, reply -> {
            if (reply instanceof RoomReply.Description found && (found.member() || !found.isSecret())) {
                then.accept(found);
            } else {
                call.reply(Numeric.ERR_NOSUCHCHANNEL, IrcServer.channel(room));
            }
        });
    }

    /**
     * RPL_NAMREPLY as often as it takes, and RPL_ENDOFNAMES for the channel as it was asked for, whatever it is.
     *
     * @param then what is to be said after that
     */
    public static void names(Call call, String asked, Runnable then) {
        Runnable end = () -> {
            call.reply(Numeric.RPL_ENDOFNAMES, asked);
            then.run();
        };
        call.room(asked).ifPresentOrElse(room -> names(call, room, end), end);
    }

    private static void names(Call call, RoomName room, Runnable end) {
        call.session().ask().names(room, reply -> {
            if (reply instanceof RoomReply.NameList list && mayKnow(call, list)) {
                names(call, list, visible(call, list), end);
            } else {
                end.run();
            }
        });
    }

    /** Who is in a secret room is known to those who are in it. */
    private static boolean mayKnow(Call call, RoomReply.NameList list) {
        return !list.secret() || call.session().isIn(list.room());
    }

    /** Those of them of whom the client may know that they are there. */
    public static List<Participant> visible(Call call, RoomReply.NameList list) {
        if (!mayKnow(call, list)) {
            return List.of();
        }
        boolean inside = call.session().isIn(list.room());
        return list.members().stream()
                .filter(member -> inside || isVisible(call, member))
                .toList();
    }

    /** A long list is written in pieces, so that others get their turn in between. */
    private static void names(Call call, RoomReply.NameList list, List<Participant> members, Runnable then) {
        boolean full = call.client().has(Capability.USERHOST_IN_NAMES);
        int bit = Math.min(NAMES_AT_A_TIME, members.size());
        List<String> names = members.subList(0, bit).stream()
                .map(member -> marks(call, member.ranks())
                        + (full ? source(member) : member.nick().text()))
                .toList();
        call.replyWords(
                Numeric.RPL_NAMREPLY, List.of(list.secret() ? "@" : "=", IrcServer.channel(list.room())), names, " ");
        if (bit < members.size()) {
            call.session().whenRead(() -> names(call, list, members.subList(bit, members.size()), then));
        } else {
            then.run();
        }
    }

    private static boolean isVisible(Call call, Participant member) {
        return call.session()
                .users()
                .find(member.nick().text())
                .filter(who -> !IrcServer.isVisible(who, call.me()))
                .isEmpty();
    }

    /** Before somebody's name: all that he holds for those who asked for it (IRCv3 multi-prefix), else the highest. */
    public static String marks(Call call, Ranks ranks) {
        return call.client().has(Capability.MULTI_PREFIX) ? ranks.marks() : ranks.highest();
    }

    private static String source(Participant member) {
        return EventTags.source(member.nick(), member.profile());
    }
}
