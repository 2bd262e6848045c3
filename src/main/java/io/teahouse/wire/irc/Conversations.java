package io.teahouse.wire.irc;

import io.teahouse.client.People;
import io.teahouse.client.Presence;
import io.teahouse.client.Session;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;

/** Rooms of two, as IRC sees them: messages from a nick to a nick. */
final class Conversations {
    private Conversations() {}

    /** Where something is said in that room, for who is there: the channel, or the name of the other one. */
    static String target(Session session, RoomName room) {
        if (!room.isConversation()) {
            return IrcServer.channel(room);
        }
        return session.nick().map(me -> other(room, me, session.people())).orElse("*");
    }

    /** The name of the one with whom {@code me} talks there. */
    static String other(RoomName conversation, Nick me, People people) {
        String[] both = conversation.key().substring(1).split("@", 2);
        String key = both[0].equals(me.key()) ? both[1] : both[0];
        return people.find(key).map(Presence::nick).map(Nick::text).orElse(key);
    }
}
