package io.teahouse.client;

import akka.util.ByteString;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import java.util.Optional;

/**
 * What a dialect may have done for its client. Only from the client's actor, within a {@link Request} or a call of
 * {@link Dialect}. Nothing here waits: answers come as calls of the dialect, and until they have come the next line of
 * the connection is not looked at.
 */
public interface Session {
    /** The client's name, once it has one. */
    Optional<Nick> nick();

    /** Writes to the connection. Past the limit the client is cut off. */
    void write(ByteString bytes);

    /** From now on each write stays by itself. */
    void separateWrites();

    /** Asks for a name, the first or another. Then {@link Dialect#named} or {@link Dialect#nameRefused}. */
    void claim(String name);

    /** Then {@link Dialect#welcomed}, or {@link Dialect#refused}. */
    void join(RoomName room);

    /** Leaves a room that the client is in; the room's event of it is the answer. */
    void part(RoomName room, String text);

    /** Says something in a room that the client is in. The event is the receipt; else {@link Dialect#refused}. */
    void say(RoomName room, Kind kind, String text, String clientId);

    /** Says something to one person alone; {@link Dialect#noSuchPerson} if there is none. */
    void whisper(String to, Kind kind, String text);

    void setTopic(RoomName room, String text);

    /** Then {@link Dialect#names}. */
    void names(RoomName room);

    /** The newest lines of a room. Then {@link Dialect#past}. */
    void history(RoomName room, int limit);

    /** Then {@link Dialect#listing}. */
    void listRooms();

    /** Leaves the server: the rooms are told, what waits is written, the connection is closed. */
    void quit(String text);
}
