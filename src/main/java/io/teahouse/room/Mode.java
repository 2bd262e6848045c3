package io.teahouse.room;

import java.util.Arrays;
import java.util.Optional;

/** A mode of a room: its letter, and the kind of value it takes. */
public enum Mode {
    BAN('b', Kind.LIST),
    EXCEPTION('e', Kind.LIST),
    INVITE_EXCEPTION('I', Kind.LIST),
    KEY('k', Kind.KEY),
    LIMIT('l', Kind.LIMIT),
    INVITE_ONLY('i', Kind.FLAG),
    MODERATED('m', Kind.FLAG),
    /** Only members may speak. */
    NO_OUTSIDE('n', Kind.FLAG),
    /** Only members see the room in lists. */
    SECRET('s', Kind.FLAG),
    /** Only operators may set the topic. */
    TOPIC_LOCKED('t', Kind.FLAG),
    /** No {@linkplain OutgoingMessage#query queries} between members' programs. */
    NO_QUERIES('C', Kind.FLAG),
    /** Belongs to an account, and outlives its members. */
    REGISTERED('r', Kind.FLAG),
    OPERATOR('o', Kind.RANK),
    HALF_OPERATOR('h', Kind.RANK),
    VOICE('v', Kind.RANK);

    /** The kind of a mode's value, and when it has one. */
    public enum Kind {
        /** A mask, of which there may be many. */
        LIST,
        /** A word, both when set and when removed. */
        KEY,
        /** A number, only when set. */
        LIMIT,
        /** No value. */
        FLAG,
        /** The name of a member. */
        RANK
    }

    private final char letter;
    private final Kind kind;

    Mode(char letter, Kind kind) {
        this.letter = letter;
        this.kind = kind;
    }

    public char letter() {
        return letter;
    }

    public Kind kind() {
        return kind;
    }

    public static Optional<Mode> of(char letter) {
        return Arrays.stream(values()).filter(mode -> mode.letter == letter).findFirst();
    }
}
