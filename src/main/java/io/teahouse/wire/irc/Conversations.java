package io.teahouse.wire.irc;

import io.teahouse.client.Session;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;

/** Conversations between two users, which are messages from nick to nick in IRC. */
final class Conversations {
    private Conversations() {}

    /** The target of messages in a room: the channel, or in a conversation the nick of the other user. */
    static String target(Session session, RoomName room) {
        return room.isConversation() ? session.queries().partner(room) : IrcServer.channel(room);
    }

    /** Whether this user is the author of an event in a conversation; see {@link Session#said}. */
    static boolean isMine(Session session, RoomEvent event) {
        if (event instanceof RoomEvent.Recorded said) {
            return session.identity().said(said.room(), said.by(), said.profile());
        }
        return event instanceof RoomEvent.Signalled told
                && session.identity().said(told.room(), told.by(), told.profile());
    }
}
