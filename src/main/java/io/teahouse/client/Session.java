package io.teahouse.client;

import akka.util.ByteString;
import io.teahouse.room.Archive;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomDirectory;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.room.Sort;
import io.teahouse.room.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a dialect may have done for its client. Only from the client's actor, within a {@link Request} or a call of
 * {@link Dialect}. Nothing here waits: answers come later, to the function that was handed in or as calls of the
 * dialect, and until they have come the next line of the connection is not looked at.
 */
public interface Session {
    // Who the client is

    /** The client's name, once it has one. */
    Optional<Nick> nick();

    /** What others may know of it. */
    Profile profile();

    /** Whether nobody between the client and the server can read along. */
    boolean isSecure();

    /** How others see it, once it has entered. */
    Optional<Presence> presence();

    /** The account that is the client's, and how it becomes that. */
    Login login();

    /** Who else is here. */
    People people();

    /** Asks for a name, the first or another. Then {@link Dialect#named} or {@link Dialect#nameRefused}. */
    void claim(String name);

    /**
     * The client, which has a name, has said all that it has to say of itself: from now on it is here. If the name belongs to
     * an account that it is not logged in to, it has no name any more: {@link Dialect#nameRefused}.
     *
     * @param then what is to be done when it is here
     */
    void enter(Runnable then);

    /** Others may know this of it from now on; its rooms, and who watches it, are told. */
    void changeProfile(Profile to);

    void setMode(UserMode mode, boolean set);

    /** Programs note this about the client from now on; as in {@link RoomEvent.MetadataChanged#changes}. */
    void changeMetadata(Map<String, String> changes);

    // The connection

    /** Writes to the connection. Past the limit the client is cut off. */
    void write(ByteString bytes);

    /** From now on each write stays by itself. */
    void separateWrites();

    /** Leaves the server: the rooms are told, what waits is written, the connection is closed. */
    void quit(String text);

    /** Closes the connection for something that it did, with {@link Dialect#lastWords}. */
    void cutOff(String reason);

    // Rooms. What is said or done there comes back as the room's event; else Dialect.refused

    /** The rooms that the client is in. */
    List<Place> places();

    boolean isIn(RoomName room);

    /** With whom the client talks in a conversation: his name, as far as it is known, else that of his account. */
    String partner(RoomName conversation);

    /** Then {@link Dialect#welcomed}, or {@link Dialect#refused}. Nothing, if it is there already. */
    void join(RoomName room, String key);

    /** Leaves a room that the client is in. */
    void part(RoomName room, String text);

    /** Says something; in a room that the client is not in, if the room lets it. */
    void say(RoomName room, Words words);

    /** Says something to one person alone. */
    void whisper(Presence to, Words words);

    /** Tells programs something; {@link Words#tags} is what. */
    void signal(RoomName room, Words words);

    /** Tells the programs of one person something. */
    void signal(Presence to, Words words);

    void setTopic(RoomName room, String text);

    /** Takes back what was said, in a room or in a conversation of the client's own. */
    void redact(RoomName room, String id, String reason);

    void kick(RoomName room, Nick target, String text);

    /** Has a room called otherwise. */
    void renameRoom(RoomName room, RoomName to, String reason);

    void setModes(RoomName room, List<ModeChange> changes);

    // What was said. The answer is empty where the store does not answer

    /**
     * The client's conversation with whoever has that name, or had it; empty: they never talked. Where the store does not
     * answer, it is one of which nothing is known.
     */
    void conversation(String name, Consumer<Optional<RoomName>> then);

    /**
     * The rooms and conversations of the client in which something was said lately.
     *
     * @see Archive#latest
     */
    void latest(Instant after, Instant before, int limit, Consumer<Optional<List<Archive.Latest>>> then);

    /**
     * Looks for words in the client's rooms and conversations; of {@code query.rooms()} only those count that are the
     * client's own, and none means all of them.
     */
    void search(Archive.Query query, Consumer<Optional<List<RoomEvent.Said>>> then);

    // How far the client has read. The answer is empty where the store does not answer

    /**
     * Where the marker stands; of somebody who is logged in, the same at all his connections.
     *
     * @param target what it is for, as all its spellings have it
     */
    void readMarker(String target, Consumer<Optional<Optional<Instant>>> then);

    /** Moves it on, never back, and tells where it stands then; the account's other connections are told. */
    void markRead(String target, Instant at, Consumer<Optional<Instant>> then);

    // Questions. The answer is that of the room; RoomReply.Refused if there is none

    /** May he come in? Answered by {@link RoomReply.Invitation}. */
    void invite(RoomName room, Nick target, Consumer<RoomReply> then);

    /** Answered by {@link RoomReply.NameList}. */
    void names(RoomName room, Consumer<RoomReply> then);

    /** Answered by {@link RoomReply.Description}. */
    void describe(RoomName room, Optional<Mode> list, Consumer<RoomReply> then);

    /**
     * What was said in a room that the client is in, or in a conversation of its own. Answered by {@link RoomReply.Past}.
     *
     * @param sorts what is wanted
     */
    void history(RoomName room, Span span, Set<Sort> sorts, Consumer<RoomReply> then);

    /** What programs note about a room. Answered by {@link RoomReply.Metadata}, as is what follows. */
    void metadata(RoomName room, Consumer<RoomReply> then);

    /** Notes something about a room; an empty value: nothing any more. */
    void setMetadata(RoomName room, String key, String value, Consumer<RoomReply> then);

    /** Has all that is noted about a room forgotten. */
    void clearMetadata(RoomName room, Consumer<RoomReply> then);

    /** Which rooms are there? Asks none of them. Empty: their directory does not answer. */
    void listRooms(Consumer<Optional<RoomDirectory.Listing>> then);

    /** How many rooms are there? Asks none of them. Empty: their directory does not answer. */
    void countRooms(Consumer<Optional<RoomDirectory.Count>> then);

    /** Does the rest of a request when the client has read most of what was written to it. */
    void whenRead(Runnable step);

    /** Does the rest of a request when all that it has asked for so far is answered and shown. */
    void afterwards(Runnable step);

    /** Works something out that takes a while, on another thread; the client's next line waits for it. */
    <T> void compute(Supplier<T> work, Consumer<T> then);

    /** Says something, with nothing attached. */
    default void say(RoomName room, Kind kind, String text) {
        say(room, new Words(kind, text));
    }
}
