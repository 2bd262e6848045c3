package io.teahouse.wire.irc;

import io.teahouse.client.Session;
import io.teahouse.room.RoomName;

/** Rooms of two, as IRC sees them: messages from a nick to a nick. */
final class Conversations {
    private Conversations() {}

    /** Where something is said in that room, for who is there: the channel, or the name of the other one. */
    static String target(Session session, RoomName room) {
        return room.isConversation() ? session.partner(room) : IrcServer.channel(room);
    }
}
