package io.teahouse.wire.irc;

import io.teahouse.client.Presence;
import io.teahouse.client.Session;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;

/** Rooms of two, as IRC sees them: messages from a nick to a nick. */
final class Conversations {
    private Conversations() {}

    /** Where something is said in that room, for who is there: the channel, or the name of the other one. */
    static String target(Session session, RoomName room) {
        return room.isConversation() ? session.partner(room) : IrcServer.channel(room);
    }

    /** Whether the client has said that in a conversation, see {@link Presence#said}. */
    static boolean isMine(Session session, RoomEvent event) {
        if (event instanceof RoomEvent.Recorded said) {
            return isMine(session, said.room(), said.by(), said.profile());
        }
        return event instanceof RoomEvent.Signalled told && isMine(session, told.room(), told.by(), told.profile());
    }

    private static boolean isMine(Session session, RoomName room, Nick by, Profile profile) {
        return session.presence().filter(me -> me.said(room, by, profile)).isPresent();
    }
}
