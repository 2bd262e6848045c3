package io.teahouse.room;

import java.util.Optional;

/**
 * Decides who may do what in a room; {@link StandardPolicy} is the default. Pure: the answer depends on the arguments
 * alone, and empty means yes. The room has checked that the user is a member, except for {@link #say}, which may come
 * from outside.
 */
public interface RoomPolicy {
    /**
     * May they join?
     *
     * @param key the key that was given, or empty
     * @param serverOperator whether they are an operator of the server
     */
    Optional<Refusal> join(Room room, Nick nick, Profile profile, String key, boolean serverOperator);

    /** The ranks with which a user joins, who may. */
    default Ranks ranks(Room room, Nick nick, Profile profile) {
        return room.initialRanks(profile);
    }

    /**
     * Whether a stranger may join. Messages that are sent while no stranger may are for the current members and those
     * whom they admit; when all of them have left, nobody can read them any more, unless the room is registered.
     */
    default boolean isOpen(Room room) {
        return room.modes().isOpen();
    }

    Optional<Refusal> say(Room room, Member by, OutgoingMessage message);

    /** May they send that signal? */
    Optional<Refusal> signal(Room room, Member by, Attributes attributes);

    /** May they speak at all, whatever the message? */
    Optional<Refusal> speak(Room room, Member by);

    Optional<Refusal> setTopic(Room room, Member member, String text);

    /** May they redact that message? */
    Optional<Refusal> redact(Room room, Member member, RoomEvent.Recorded target);

    Optional<Refusal> rename(Room room, Member member, Nick to);

    /** May they rename the room? */
    Optional<Refusal> renameRoom(Room room, Member by, RoomName to);

    Optional<Refusal> kick(Room room, Member by, Member target);

    Optional<Refusal> invite(Room room, Member by, Nick target);

    /** Whether an invitation by that member admits a user who could not join without it, see {@link Invitation}. */
    default boolean admitsByInvitation(Room room, Member by) {
        return by.ranks().mayModerate();
    }

    /** May they make that change? Also checks the value of the mode. */
    Optional<Refusal> setMode(Room room, Member by, ModeChange change);

    /**
     * May they change the metadata of the room?
     *
     * @param key empty: they want to delete all of it
     */
    Optional<Refusal> setMetadata(Room room, Member by, String key);
}
