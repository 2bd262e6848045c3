package io.teahouse.room;

import io.teahouse.room.support.Check;

/**
 * The reason why a command was refused. A value and not an exception: refusals are normal answers.
 *
 * @param reason for programs
 * @param text one line for users, without a full stop
 * @param about the refused part of a command that asked for several things: a name, or a mode and its value
 */
public record Refusal(Reason reason, String text, String about) {
    public Refusal {
        Check.notNull(reason, "reason");
        Check.notNull(text, "text");
        Check.notNull(about, "about");
    }

    /** All reasons; dialects turn them into numerics, close codes or lines. */
    public enum Reason {
        /** The sender of the command is not a member. */
        NOT_A_MEMBER,
        /** The sender of the command lacks the rank for it. */
        NOT_OPERATOR,
        /** The target of the command is not a member. */
        NO_SUCH_MEMBER,
        /** Another member has that name. */
        NICK_IN_USE,
        /** The room has reached its member limit. */
        ROOM_FULL,
        /** The text is empty. */
        EMPTY,
        /** The text is longer than the room allows. */
        TOO_LONG,
        /** Too many messages wait to be stored. */
        BUSY,
        /** The store reported that it did not store the message; nobody saw it. */
        NOT_STORED,
        /** The store does not answer; nobody saw the message. */
        STORE_AWAY,
        /** The limit of open rooms is reached. */
        TOO_MANY_ROOMS,
        /** The account or the address has reached its limit of registered rooms. */
        TOO_MANY_REGISTERED,
        /** Another room has that name. */
        ROOM_NAME_IN_USE,
        /** The room cannot have that name, or not now. */
        CANNOT_RENAME,
        /** There is no room of that name. */
        NO_SUCH_ROOM,
        /** A ban prevents the join. */
        BANNED,
        /** A ban or a mute prevents the message. */
        MUTED,
        /** Only invited users may join. */
        INVITE_ONLY,
        /** The key is missing or wrong. */
        BAD_KEY,
        /** Only members with a rank may speak. */
        MODERATED,
        /** Only members may speak. */
        NO_OUTSIDE,
        /** Queries between programs are not allowed in the room. */
        NO_QUERIES,
        /** The target of the command is a member already. */
        ALREADY_MEMBER,
        /** The mode cannot have that value. */
        BAD_VALUE,
        /** The list of masks is full. */
        LIST_FULL,
        /** The room does not have that message, or not any more. */
        NO_SUCH_MESSAGE,
        /** Somebody else is the author of the message. */
        NOT_AUTHOR,
        /** Only for users who are logged in to an account. */
        NO_ACCOUNT,
        /** The room belongs to another account. */
        NOT_OWNER
    }

    /** The same refusal for a room that does not exist and for a secret one. */
    public static Refusal noSuchRoom(RoomName room) {
        return new Refusal(Reason.NO_SUCH_ROOM, "there is no room " + room);
    }

    /** A room must not have a name that looks like the name of another one. */
    public static Refusal looksLike(RoomName name, RoomName other) {
        String text = "the name " + name + " looks like " + other + ", and there is a room of that name already";
        return new Refusal(Reason.ROOM_NAME_IN_USE, text, name.text());
    }

    /** A refusal of the command as a whole. */
    public Refusal(Reason reason, String text) {
        this(reason, text, "");
    }
}
