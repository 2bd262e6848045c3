package io.teahouse.client;

import akka.util.ByteString;
import io.teahouse.room.Nick;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;

/**
 * Port: what one client speaks. It turns a line into what the client wants, and what happens into bytes. One instance
 * per connection, called only from the client's actor. It throws nothing, whatever is in a line.
 */
public interface Dialect {
    /** The connection stands; the client has no name yet. */
    void opened(Session session);

    /**
     * The first bytes have come.
     *
     * @param lineEnd whether the client ends its lines
     */
    void framed(Session session, boolean lineEnd);

    /** What the line asks for; {@code line} is without its end mark and may hold any bytes. */
    Request read(ByteString line);

    /** A line was longer than allowed and has been dropped. */
    Request overlong();

    void named(Session session, Nick nick, boolean first);

    void nameRefused(Session session, String why);

    void welcomed(Session session, RoomEvent.Welcome welcome);

    /** Writes what happened in a room; what all members see alike is made once, by {@link RoomEvent.Batch#renderings}. */
    void show(Session session, RoomEvent.Batch batch, Nick viewer);

    void gap(Session session, RoomEvent.Gap gap);

    /** The client is not in the room any more, by whatever way; told after the event itself. */
    void departed(Session session, RoomName room);

    void refused(Session session, RoomName room, Refusal refusal);

    void inDoubt(Session session, RoomName room);

    void repeated(Session session, RoomReply.Repeated repeated);

    void names(Session session, RoomReply.NameList names);

    void past(Session session, RoomReply.Past past);

    void listing(Session session, RoomDirectory.Listing listing);

    void noSuchPerson(Session session, String name);

    /** What a client is told before it is cut off. */
    ByteString lastWords(String reason);
}
