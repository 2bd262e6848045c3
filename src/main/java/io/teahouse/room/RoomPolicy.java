package io.teahouse.room;

import java.util.Optional;

/**
 * Who may do what in a room. Pure: the answer depends on the arguments alone, and empty means yes. That the asker is
 * a member has been checked before, but for {@link #say}, which may come from outside.
 */
public interface RoomPolicy {
    /**
     * May he come in?
     *
     * @param key the key that was given, or empty
     * @param serverOperator whether they are an operator of the server
     */
    Optional<Refusal> join(Room room, Nick nick, Profile profile, String key, boolean serverOperator);

    /**
     * May somebody come in whom nobody knows? What is said while he may not is for those who are there then, and for
     * those whom they let in; when all of them have gone, nobody reads it any more, unless the room is registered.
     */
    default boolean isOpen(Room room) {
        return room.modes().isOpen();
    }

    Optional<Refusal> say(Room room, Member by, OutgoingMessage message);

    /** May programs be told that? */
    Optional<Refusal> signal(Room room, Member by, Attributes attributes);

    /** Whether somebody may speak at all, whatever he says. */
    Optional<Refusal> speak(Room room, Member by);

    Optional<Refusal> setTopic(Room room, Member member, String text);

    /** May something that was said be taken back? */
    Optional<Refusal> redact(Room room, Member member, RoomEvent.Recorded target);

    Optional<Refusal> rename(Room room, Member member, Nick to);

    /** May he have the room called otherwise? */
    Optional<Refusal> renameRoom(Room room, Member by, RoomName to);

    Optional<Refusal> kick(Room room, Member by, Member target);

    Optional<Refusal> invite(Room room, Member by, Nick target);

    /** Whether an invitation of that member lets somebody in who could not come in without: see {@link Invitation}. */
    default boolean opensDoor(Room room, Member by) {
        return by.ranks().keepsOrder();
    }

    /** Also says whether the value of the change is one that the mode can have. */
    Optional<Refusal> setMode(Room room, Member by, ModeChange change);

    /**
     * May he note something about the room?
     *
     * @param key under which; empty: he wants nothing to be noted any more
     */
    Optional<Refusal> setMetadata(Room room, Member by, String key);

    /** What the modes of the room say, within the limits. */
    static RoomPolicy standard(RoomSettings settings) {
        return new StandardPolicy(settings);
    }
}
