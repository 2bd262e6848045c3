package io.teahouse.wire.irc;

import io.teahouse.client.Session;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;

/** Rooms of two, as IRC sees them: messages from a nick to a nick. */
final class Conversations {
    private Conversations() {}

    /** Where something is said in that room, for who is there: the channel, or the name of the other one. */
    static String target(Session session, RoomName room) {
        return room.isConversation() ? session.partner(room) : IrcServer.channel(room);
    }

    /** Whether the client has said that in a conversation, see {@link Session#said}. */
    static boolean isMine(Session session, RoomEvent event) {
        if (event instanceof RoomEvent.Recorded said) {
            return session.said(said.room(), said.by(), said.profile());
        }
        return event instanceof RoomEvent.Signalled told && session.said(told.room(), told.by(), told.profile());
    }
}
