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
 * Port: what one client speaks. It turns a line into what the client wants, and what happens into bytes. One instance
 * per connection, called only from the client's actor. It throws nothing, whatever is in a line.
 */
public interface Dialect {
    /** Why a name cannot be had. */
    enum NameProblem {
        INVALID,
        TAKEN,
        /** It belongs to an account that the client is not logged in to. */
        OWNED
    }

    /**
     * The connection stands; the client has no name yet.
     *
     * @param session of this client, for all the time
     */
    void opened(Session session);

    /**
     * The first bytes have come.
     *
     * @param lineEnd whether the client ends its lines
     */
    default void framed(boolean lineEnd) {}

    /** What the line asks for; {@code line} is without its end mark and may hold any bytes. */
    Request read(ByteString line);

    /** A line was longer than allowed and has been dropped. */
    Request overlong();

    /**
     * The name is the client's now.
     *
     * @param before the one that it had; the same when it is the first
     */
    void named(Nick nick, Nick before);

    /**
     * The server has renamed the client, who did not ask for it.
     *
     * @param before the name that it had
     * @param why one line for a person
     */
    void renamed(Nick nick, Nick before, String why);

    /**
     * The client has logged in to an account that has a user already, and is a connection of that user now. It is in none of
     * the rooms that it was in; it is let into those of the user next.
     *
     * @param before the user that it was, who has left
     * @param left the rooms that it was in
     */
    void moved(Nick nick, UserSnapshot before, List<RoomName> left);

    /** Another connection of the user has changed something about them, the nick apart. */
    default void userChanged(UserSnapshot before, UserSnapshot now) {}

    /**
     * The name cannot be had.
     *
     * @param why one line for a person
     */
    void nameRefused(String asked, NameProblem problem, String why);

    /**
     * The client has been let in.
     *
     * @param recent the seq up to which it may want to be shown what was said before; what is later is shown anyway. 0: not at
     *     all, because it was there before.
     */
    void welcomed(RoomEvent.Welcome welcome, long recent);

    /**
     * Writes what happened in a room; what all members see alike is made once, by {@link EventBatch#renderings}.
     *
     * @param own whether the client waits for the receipt of something; false: nothing in the batch is its own doing
     */
    void show(EventBatch batch, Viewer viewer, boolean own);

    /** Whether what happens in that room, which the client is in, is shown to it. */
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

    /** The client is not in the room any more, by whatever way; told after the event itself. */
    void departed(RoomName room);

    /** For what the client asks of rooms by itself: to be called by its new name, and to be let in again. */
    Outcome outcome();

    void told(Notification notification);

    /**
     * One step of a request that {@linkplain Request#isFollowed is followed} is done.
     *
     * @param complete true: it was the last one
     */
    default void progress(boolean complete) {}

    /**
     * Nothing was heard from the client for half of the time that is allowed: asks it to say something, if the dialect
     * has a way to.
     */
    default void probe() {}

    /**
     * The user is back, and has been let into their rooms.
     *
     * @param absentSince when they had the last connection
     */
    default void returned(Instant absentSince) {}

    /** Whether the user may stay in their rooms when this connection is lost and was the last one. */
    default boolean mayStay() {
        return false;
    }

    /** The client is about to end, in whatever way; nothing that is written reaches it any more. */
    default void closed() {}

    /** About how many bytes it keeps of what the client sent: in pieces and not completed yet, or to be told of something. */
    default int unfinished() {
        return 0;
    }

    /** What a client is told before it is cut off. */
    ByteString lastWords(String reason);
}
