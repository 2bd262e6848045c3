package io.teahouse.room;

/**
 * Why something was not done. A value, never an exception: a refusal is an everyday answer.
 *
 * @param reason what a program decides by
 * @param text one line for a person, without an end mark
 * @param about what exactly was refused, where a command asked for several things: a name, a mode and its value
 */
public record Refusal(Reason reason, String text, String about) {
    /** The reasons there are; doors turn them into numerics, close codes or lines. */
    public enum Reason {
        /** The asker is not in the room. */
        NOT_A_MEMBER,
        /** The asker is in the room, but has not the right. */
        NOT_OPERATOR,
        /** Whom the command is about is not in the room. */
        NO_SUCH_MEMBER,
        /** Another member has that name. */
        NICK_IN_USE,
        /** The room holds as many members as it may. */
        ROOM_FULL,
        /** Nothing to say. */
        EMPTY,
        /** More text than the room takes. */
        TOO_LONG,
        /** So much waits to be stored that no more is taken. */
        BUSY,
        /** The store said that it did not keep the message; nobody saw it. */
        NOT_STORED,
        /** The store does not answer; nobody saw the message. */
        STORE_AWAY,
        /** There are as many rooms as there may be. */
        TOO_MANY_ROOMS,
        /** Nobody may register one more: the account, or the address, has as many as it may. */
        TOO_MANY_REGISTERED,
        /** There is another room of that name. */
        ROOM_NAME_IN_USE,
        /** The room cannot be called so, or not now. */
        CANNOT_RENAME,
        /** There is no room of that name. */
        NO_SUCH_ROOM,
        /** A ban is in the way of coming in. */
        BANNED,
        /** A ban is in the way of speaking. */
        MUTED,
        /** Only who was invited may come in. */
        INVITE_ONLY,
        /** The key is missing or wrong. */
        BAD_KEY,
        /** Only members with a rank may speak. */
        MODERATED,
        /** Only members may speak. */
        NO_OUTSIDE,
        /** Queries among programs are not let through. */
        NO_QUERIES,
        /** Whom the command is about is in the room already. */
        ALREADY_MEMBER,
        /** The value of a mode is none that it can have. */
        BAD_VALUE,
        /** A list holds as many masks as it may. */
        LIST_FULL,
        /** What the command is about was never said here, or is not kept any more. */
        NO_SUCH_MESSAGE,
        /** Somebody else said it. */
        NOT_AUTHOR,
        /** Only for who is logged in to an account. */
        NO_ACCOUNT,
        /** The room belongs to another account. */
        NOT_OWNER
    }

    /** The same words for a room that is not there and for one of which the asker must not know. */
    public static Refusal noSuchRoom(RoomName room) {
        return new Refusal(Reason.NO_SUCH_ROOM, "there is no room " + room);
    }

    /** A room may not be opened, or be called so, because of another one. */
    public static Refusal looksLike(RoomName name, RoomName other) {
        String text = "the name " + name + " looks like " + other + ", and there is a room of that name already";
        return new Refusal(Reason.ROOM_NAME_IN_USE, text, name.text());
    }

    /** A refusal that is about nobody and nothing in particular. */
    public Refusal(Reason reason, String text) {
        this(reason, text, "");
    }
}
