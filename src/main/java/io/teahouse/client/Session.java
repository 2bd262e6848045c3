package io.teahouse.client;

import akka.util.ByteString;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.Place;
import io.teahouse.user.UserDirectory;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a dialect may have done for its client. Only from the client's actor, within a {@link Request} or a call of
 * {@link Dialect}. Nothing here waits: answers come later, to the function that was handed in or as calls of the
 * dialect, and until they have come the next line of the connection is not looked at.
 */
public interface Session {
    Identity identity();

    /** The account that is the client's, and how it becomes that. */
    Login login();

    Rooms rooms();

    Queries queries();

    Connection connection();

    /** Who the client is, and what others may know of it. */
    interface Identity {
        /** The client's name, once it has one. */
        Optional<Nick> nick();

        /** What others may know of it, and its address, which they may not. */
        Profile profile();

        /** Whether nobody between the client and the server can read along. */
        boolean isSecure();

        /** How others see it, once it has entered. */
        Optional<UserSnapshot> user();

        /** This connection among those of its user, once it has entered. */
        Optional<ConnectionInfo> thisConnection();

        /**
         * Ends a connection of the user.
         *
         * @param reason one line for the person at the other end
         */
        void endConnection(ConnectionInfo which, String reason);

        /** Whether the client has said something in that conversation, see {@link UserSnapshot#said}; not before it has entered. */
        default boolean said(RoomName conversation, Nick by, Profile profile) {
            return user().filter(me -> me.said(conversation, by, profile)).isPresent();
        }

        /** Asks for a name, the first or another. Then {@link Dialect#named} or {@link Dialect#nameRefused}. */
        void claim(String name);

        /**
         * The client, which has a name, has said all that it has to say of itself: from now on it is here. If the name
         * belongs to an account that it is not logged in to, it has no name any more: {@link Dialect#nameRefused}.
         *
         * @param then what is to be done when it is here
         */
        void enter(Runnable then);

        /**
         * What the client says of itself before it enters.
         *
         * @param user its user name, in the sense of IRC
         */
        void introduce(String user, String realName);

        /**
         * The user is away from this connection; others are told when they are away from all.
         *
         * @param text why; empty: the user is back
         */
        void setAway(String text);

        void setRealName(String name);

        void setMode(UserMode mode, boolean set);

        /**
         * Notifies the client, which has entered, when users with that nick come online, change or leave.
         *
         * @param key see {@link UserDirectory#key}
         */
        void watch(String key);

        void unwatch(String key);

        /** Programs note this about the client from now on; as in {@link RoomEvent.MetadataChanged#changes}. */
        void changeMetadata(Map<String, String> changes);
    }

    /** What the client does in rooms. It comes back as the room's event; otherwise the outcome is told. */
    interface Rooms {
        /** The rooms that the client is in, conversations left out. */
        List<Place> places();

        boolean isIn(RoomName room);

        /** The seq of the last event that the client has received from a room that it is in; 0: none. */
        long lastSeq(RoomName room);

        /** Then {@link Dialect#welcomed}, or {@link Outcome#refused}. Nothing, if the client is there already. */
        void join(RoomName room, String key, Outcome outcome);

        /** Leaves a room that the client is in. */
        void part(RoomName room, String text);

        /** Says something; in a room that the client is not in, if the room lets it. */
        void say(RoomName room, OutgoingMessage words, Outcome outcome);

        /** Says something, with nothing attached. */
        default void say(RoomName room, Kind kind, String text, Outcome outcome) {
            say(room, new OutgoingMessage(kind, text), outcome);
        }

        /** Says something to one user alone. */
        void whisper(UserSnapshot to, OutgoingMessage words, Outcome outcome);

        /** Tells programs something; {@link OutgoingMessage#attributes} is what. */
        void signal(RoomName room, OutgoingMessage words, Outcome outcome);

        /** Tells the programs of one user something. */
        void signal(UserSnapshot to, OutgoingMessage words, Outcome outcome);

        void setTopic(RoomName room, String text, Outcome outcome);

        /** Takes back what was said, in a room or in a conversation of the client's own. */
        void redact(RoomName room, String id, String reason, Outcome outcome);

        void kick(RoomName room, Nick target, String text, Outcome outcome);

        void renameRoom(RoomName room, RoomName to, String reason, Outcome outcome);

        void setModes(RoomName room, List<ModeChange> changes, Outcome outcome);
    }

    /** What the client may find out. */
    interface Queries {
        /** What rooms and their directory answer. */
        RoomQuestions rooms();

        /** What was said that the client may see. */
        Past past();

        /** How far the client has read. */
        Markers markers();

        /** All users. */
        UserDirectory users();

        /** With whom the client talks in a conversation: their name, as far as it is known, else that of their account. */
        String partner(RoomName conversation);
    }

    /** The connection, and the requests that come by it. */
    interface Connection {
        /** Writes to the connection. Past the limit the client is disconnected. */
        void write(ByteString bytes);

        /** From now on each write stays by itself. */
        void separateWrites();

        /** Leaves the server: the rooms are told, what waits is written, the connection is closed. */
        void quit(String text);

        /** Closes the connection for something that the client did, with {@link Dialect#lastWords}. */
        void cutOff(String reason);

        /** Does the rest of a request when the client has read most of what was written to it. */
        void whenRead(Runnable step);

        /** Does the rest of a request when all that it has asked for so far is answered and shown. */
        void afterwards(Runnable step);

        /** Works something out that takes a while, on another thread; the client's next line waits for it. */
        <T> void compute(Supplier<T> work, Consumer<T> then);
    }
}
