package io.teahouse.wire.irc;

import io.teahouse.client.Place;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.RoomReply.Participant;
import io.teahouse.room.Topic;
import java.util.List;
import java.util.Optional;

/** What more than one command says of channels. */
public final class Channels {
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

    /** RPL_NAMREPLY as often as it takes, and RPL_ENDOFNAMES for {@code asked}. */
    public static void names(Call call, RoomName room, String asked) {
        call.session().names(room, reply -> {
            if (reply instanceof RoomReply.NameList list && mayKnow(call, list)) {
                names(call, list);
            }
            call.reply(Numeric.RPL_ENDOFNAMES, asked);
        });
    }

    /** Who is in a secret room is known to those who are in it. */
    public static boolean mayKnow(Call call, RoomReply.NameList list) {
        return !list.secret() || call.session().isIn(list.room());
    }

    private static void names(Call call, RoomReply.NameList list) {
        boolean full = call.client().has(Capability.USERHOST_IN_NAMES);
        boolean all = call.client().has(Capability.MULTI_PREFIX);
        List<String> names = list.members().stream()
                .map(member -> marks(member, all)
                        + (full ? source(member) : member.nick().text()))
                .toList();
        call.replyWords(
                Numeric.RPL_NAMREPLY, List.of(list.secret() ? "@" : "=", IrcServer.channel(list.room())), names, " ");
    }

    private static String marks(Participant member, boolean all) {
        return all ? member.ranks().marks() : member.ranks().highest();
    }

    private static String source(Participant member) {
        return EventWriter.source(member.nick(), member.profile());
    }

    /** What the client is there, if it is there. */
    public static Optional<Place> place(Call call, RoomName room) {
        return call.session().presence().flatMap(me -> me.place(room));
    }
}
