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

/** Lookups of channels and replies about them, shared by several commands. */
public final class Channels {
    private static final int CHUNK_NAMES = 500;

    private Channels() {}

    /**
     * Sends RPL_TOPIC and RPL_TOPICWHOTIME. If there is no topic, sends RPL_NOTOPIC if {@code always}, else nothing.
     */
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

    /** The room for a channel name. If the name is invalid, ERR_NOSUCHCHANNEL has been sent. */
    public static Optional<RoomName> named(Call call, String channel) {
        Optional<RoomName> room = call.room(channel);
        if (room.isEmpty()) {
            call.reply(Numeric.ERR_NOSUCHCHANNEL, channel);
        }
        return room;
    }

    /**
     * The room for a channel name, if the client has joined it. If not, the client is sent ERR_NOSUCHCHANNEL or
     * ERR_NOTONCHANNEL.
     */
    public static Optional<RoomName> entered(Call call, String channel) {
        Optional<RoomName> room = named(call, channel);
        if (room.isEmpty() || call.session().rooms().isIn(room.get())) {
            return room;
        }
        describe(call, room.get(), Optional.empty(), found -> call.reply(Numeric.ERR_NOTONCHANNEL, channel));
        return Optional.empty();
    }

    /**
     * Asks for the topic, modes and one mode list of a channel. If the channel does not exist, or is secret and the
     * client has not joined it, ERR_NOSUCHCHANNEL is sent: others must not learn that a secret channel exists (RFC 2811
     * §4.2.6).
     *
     * @param list the mode list to include
     */
    public static void describe(Call call, RoomName room, Optional<Mode> list, Consumer<RoomReply.Description> then) {
        call.session().queries().rooms().describe(room, list, reply -> {
            if (reply instanceof RoomReply.Description found && (found.member() || !found.isSecret())) {
                then.accept(found);
            } else {
                call.reply(Numeric.ERR_NOSUCHCHANNEL, IrcServer.channel(room));
            }
        });
    }

    /**
     * Sends the members of a channel: as many lines of RPL_NAMREPLY as they need, then RPL_ENDOFNAMES, which is sent
     * for any name that was given, valid or not.
     *
     * @param asked the channel as the client wrote it
     * @param then runs after RPL_ENDOFNAMES
     */
    public static void names(Call call, String asked, Runnable then) {
        Runnable end = () -> {
            call.reply(Numeric.RPL_ENDOFNAMES, asked);
            then.run();
        };
        call.room(asked).ifPresentOrElse(room -> names(call, room, end), end);
    }

    private static void names(Call call, RoomName room, Runnable end) {
        call.session().queries().rooms().names(room, reply -> {
            if (reply instanceof RoomReply.NameList list && mayKnow(call, list)) {
                names(call, list, visible(call, list), end);
            } else {
                end.run();
            }
        });
    }

    /** The members of a secret room are only shown to its members. */
    private static boolean mayKnow(Call call, RoomReply.NameList list) {
        return !list.secret() || call.session().rooms().isIn(list.room());
    }

    /** The members that the client may see. */
    public static List<Participant> visible(Call call, RoomReply.NameList list) {
        if (!mayKnow(call, list)) {
            return List.of();
        }
        boolean inside = call.session().rooms().isIn(list.room());
        return list.members().stream()
                .filter(member -> inside || isVisible(call, member))
                .toList();
    }

    /** Writes a long list in chunks, so that other work of this client is not held up. */
    private static void names(Call call, RoomReply.NameList list, List<Participant> members, Runnable then) {
        boolean full = call.client().has(Capability.USERHOST_IN_NAMES);
        int chunk = Math.min(CHUNK_NAMES, members.size());
        List<String> names = members.subList(0, chunk).stream()
                .map(member -> marks(call, member.ranks())
                        + (full ? source(member) : member.nick().text()))
                .toList();
        call.replyWords(
                Numeric.RPL_NAMREPLY, List.of(list.secret() ? "@" : "=", IrcServer.channel(list.room())), names, " ");
        if (chunk < members.size()) {
            call.session().connection().whenRead(() -> names(call, list, members.subList(chunk, members.size()), then));
        } else {
            then.run();
        }
    }

    private static boolean isVisible(Call call, Participant member) {
        return call.session()
                .queries()
                .users()
                .find(member.nick().text())
                .filter(who -> !IrcServer.isVisible(who, call.me()))
                .isEmpty();
    }

    /** The prefix of a member's nick: all ranks for clients with multi-prefix (IRCv3), else the highest. */
    public static String marks(Call call, Ranks ranks) {
        return call.client().has(Capability.MULTI_PREFIX) ? ranks.marks() : ranks.highest();
    }

    private static String source(Participant member) {
        return EventTags.source(member.nick(), member.profile());
    }
}
