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
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The services of a client for its dialect. Only for the client's actor, within a {@link Request} or a call of {@link
 * Dialect}. Nothing here blocks: answers arrive later, by the given function or as calls of the dialect, and the next
 * line of the connection waits for them.
 */
public interface Session {
    Identity identity();

    /** The account of the client, and its login. */
    Login login();

    Rooms rooms();

    Queries queries();

    Connection connection();

    /** The user of the client, and their public data. */
    interface Identity {
        /** The client's name, once it has one. */
        Optional<Nick> nick();

        /** The public profile, with the address, which is not public. */
        Profile profile();

        /** Whether the connection is encrypted all the way. */
        boolean isSecure();

        /** The user's snapshot, once the client has entered. */
        Optional<UserSnapshot> user();

        /** This connection among those of its user, once it has entered. */
        Optional<ConnectionInfo> thisConnection();

        /**
         * Ends a connection of the user.
         *
         * @param reason one line for the user at the other end
         */
        void endConnection(ConnectionInfo which, String reason);

        /**
         * Whether the client is the author of a message in that conversation, see {@link UserSnapshot#said}; not before
         * it has entered.
         */
        default boolean said(RoomName conversation, Nick by, Profile profile) {
            return user().filter(me -> me.said(conversation, by, profile)).isPresent();
        }

        /** Claims the first name or another one. Answered by {@link Dialect#named} or {@link Dialect#nameRefused}. */
        void claim(String name);

        /**
         * Enters, with the name that the client has claimed. If that belongs to an account that it is not logged in to,
         * it loses the name: {@link Dialect#nameRefused}.
         *
         * @param then runs when the client has entered
         */
        void enter(Runnable then);

        /**
         * Sets the client's data before it enters.
         *
         * @param user its user name, in the sense of IRC
         */
        void introduce(String user, String realName);

        /**
         * Marks the user as away on this connection; others see it when they are away on all of them.
         *
         * @param text the away message; empty: the user is back
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

        /** Changes the metadata of the user; as in {@link RoomEvent.MetadataChanged#changes}. */
        void changeMetadata(Map<String, String> changes);
    }

    /**
     * The client's commands to rooms. Their effect comes back as an event of the room; all else goes to the outcome.
     */
    interface Rooms {
        /** The rooms that the client is in, conversations left out. */
        List<Place> places();

        boolean isIn(RoomName room);

        /** The seq of the last event that the client has received from a room that it is in; 0: none. */
        long lastSeq(RoomName room);

        /**
         * Joins a room. Answered by {@link Dialect#welcomed} or {@link Outcome#refused}; not at all if the client is in
         * it already.
         */
        void join(RoomName room, String key, Outcome outcome);

        /** Leaves a room that the client is in. */
        void part(RoomName room, String text);

        /** Sends a message; to a room that the client is not in, if the room allows it. */
        void say(RoomName room, OutgoingMessage words, Outcome outcome);

        /** Sends a message without attributes. */
        default void say(RoomName room, Kind kind, String text, Outcome outcome) {
            say(room, new OutgoingMessage(kind, text), outcome);
        }

        /** Sends a direct message. */
        void whisper(UserSnapshot to, OutgoingMessage words, Outcome outcome);

        /** Sends a signal to programs, with {@link OutgoingMessage#attributes}. */
        void signal(RoomName room, OutgoingMessage words, Outcome outcome);

        /** Sends a signal to the programs of one user. */
        void signal(UserSnapshot to, OutgoingMessage words, Outcome outcome);

        void setTopic(RoomName room, String text, Outcome outcome);

        /** Redacts a message in a room or in one of the client's conversations. */
        void redact(RoomName room, String id, String reason, Outcome outcome);

        void kick(RoomName room, Nick target, String text, Outcome outcome);

        void renameRoom(RoomName room, RoomName to, String reason, Outcome outcome);

        void setModes(RoomName room, List<ModeChange> changes, Outcome outcome);
    }

    /** The client's queries. */
    interface Queries {
        /** Questions to rooms and their directory. */
        RoomQuestions rooms();

        /** The history that the client may see. */
        Past past();

        /** The client's read markers. */
        Markers markers();

        /** All users. */
        UserDirectory users();

        /** The partner in a conversation: their nick, if it is known, or else the name of their account. */
        String partner(RoomName conversation);
    }

    /** The connection and its requests. */
    interface Connection {
        /** Writes to the connection. Disconnects the client if its send queue is full. */
        void write(ByteString bytes);

        /** Keeps later writes separate. */
        void separateWrites();

        /** Leaves the server: notifies the rooms, writes pending output, and closes the connection. */
        void quit(String text);

        /** Disconnects a client that broke a rule, with {@link Dialect#lastWords}. */
        void cutOff(String reason);

        /** Runs the rest of a request when the client has read most of the output. */
        void whenRead(Runnable step);

        /** Runs the rest of a request when all its earlier questions are answered and shown. */
        void afterwards(Runnable step);

        /** Passes the answer on, or an empty value if there is none; the client's next line waits for it. */
        <T> void await(CompletionStage<T> answer, Consumer<Optional<T>> then);

        /** Runs a slow computation on another thread; the client's next line waits for it. */
        <T> void compute(Supplier<T> work, Consumer<T> then);
    }
}
