package io.teahouse.client;

import akka.util.ByteString;
import io.teahouse.room.EventBatch;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.user.Notification;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.util.List;

/**
 * Port: the protocol of one client. It turns lines into requests, and events into bytes. One instance per connection,
 * called only from the client's actor. No line may make it throw.
 */
public interface Dialect {
    /** The reason why a name is refused. */
    enum NameProblem {
        INVALID,
        TAKEN,
        /** It belongs to an account that the client is not logged in to. */
        OWNED
    }

    /**
     * The connection was accepted; the client has no name yet.
     *
     * @param session of this client, until it ends
     */
    void opened(Session session);

    /**
     * The first bytes have arrived.
     *
     * @param lineEnd whether the client ends its lines
     */
    default void framed(boolean lineEnd) {}

    /** Parses a line; {@code line} is without its end mark and may hold any bytes. */
    Request read(ByteString line);

    /** A line was longer than allowed and has been dropped. */
    Request overlong();

    /**
     * The client has that name now.
     *
     * @param before its former name; the same if this is the first one
     */
    void named(Nick nick, Nick before);

    /**
     * The server has renamed the client without its request.
     *
     * @param before its former name
     * @param why one line for the user
     */
    void renamed(Nick nick, Nick before, String why);

    /**
     * The client has logged in to an account that has a user already, and is a connection of that user now. It has left
     * all its rooms, and joins those of the user next.
     *
     * @param before its former user, who has left
     * @param left the rooms that it was in
     */
    void moved(Nick nick, UserSnapshot before, List<RoomName> left);

    /** Another connection of the user has changed their data, but not the nick. */
    default void userChanged(UserSnapshot before, UserSnapshot now) {}

    /**
     * The name is refused.
     *
     * @param why one line for the user
     */
    void nameRefused(String asked, NameProblem problem, String why);

    /**
     * The client has joined a room.
     *
     * @param recent the seq up to which it may want to see earlier messages; later ones are shown anyway. 0: none,
     *     because it was there before.
     */
    void welcomed(RoomEvent.Welcome welcome, long recent);

    /**
     * Writes the events of a room; a rendering that is the same for several members is made once, by {@link
     * EventBatch#renderings}.
     *
     * @param own whether the client waits for a receipt; false: it caused nothing in the batch
     */
    void show(EventBatch batch, Viewer viewer, boolean own);

    /** Whether the events of that room, which the client is in, are shown to it. */
    default boolean shows(RoomName room) {
        return true;
    }

    /**
     * A room that the client is in has been renamed; called after the event itself.
     *
     * @param own whether this connection asked for it
     */
    void roomRenamed(RoomEvent.RoomRenamed renamed, boolean own);

    void gap(RoomEvent.Gap gap);

    /** The client is not in the room any more, for any reason; called after the event itself. */
    void departed(RoomName room);

    /** The outcome for commands that the client sends by itself: renames and rejoins. */
    Outcome outcome();

    void notified(Notification notification);

    /**
     * One step of a {@linkplain Request#isFollowed followed} request is done.
     *
     * @param complete true: it was the last one
     */
    default void progress(boolean complete) {}

    /** The client has been silent for half of the allowed time: sends it a ping, if the dialect has one. */
    default void probe() {}

    /**
     * The user has reconnected, and has joined their rooms.
     *
     * @param absentSince when their last connection ended
     */
    default void returned(Instant absentSince) {}

    /** Whether the user may stay in their rooms when this connection is lost as their last one. */
    default boolean mayStay() {
        return false;
    }

    /** The client is about to end, for any reason; further output does not reach it. */
    default void closed() {}

    /** The approximate number of bytes that it keeps for the client: incomplete input, and subscriptions. */
    default int unfinished() {
        return 0;
    }

    /** The final line for a client that is disconnected. */
    ByteString lastWords(String reason);
}
