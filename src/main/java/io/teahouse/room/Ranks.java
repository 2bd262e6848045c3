package io.teahouse.room;

/** The ranks of a member in a room; each may be held without the others. */
public record Ranks(boolean operator, boolean halfOperator, boolean voice) {
    public static final Ranks NONE = new Ranks(false, false, false);
    public static final Ranks OPERATOR = new Ranks(true, false, false);

    /** All marks, the highest first: {@code @%+} or less. */
    public String marks() {
        return (operator ? "@" : "") + (halfOperator ? "%" : "") + (voice ? "+" : "");
    }

    /** The mark of the highest rank, or nothing. */
    public String highest() {
        if (operator) {
            return "@";
        } else if (halfOperator) {
            return "%";
        }
        return voice ? "+" : "";
    }

    /** Whether they may kick members and change the room. */
    public boolean mayModerate() {
        return operator || halfOperator;
    }

    /** Whether they may speak while the room is moderated. */
    public boolean mayAlwaysSpeak() {
        return operator || halfOperator || voice;
    }

    /** Whether a member with these ranks belongs to that audience. */
    public boolean reaches(Audience audience) {
        return switch (audience) {
            case ALL -> true;
            case VOICED -> mayAlwaysSpeak();
            case HALF_OPERATORS -> mayModerate();
            case OPERATORS -> operator;
        };
    }

    /** The same with one rank set or removed. */
    public Ranks with(Mode rank, boolean held) {
        return switch (rank) {
            case OPERATOR -> new Ranks(held, halfOperator, voice);
            case HALF_OPERATOR -> new Ranks(operator, held, voice);
            case VOICE -> new Ranks(operator, halfOperator, held);
            default -> this;
        };
    }

    boolean holds(Mode rank) {
        return switch (rank) {
            case OPERATOR -> operator;
            case HALF_OPERATOR -> halfOperator;
            case VOICE -> voice;
            default -> false;
        };
    }
}
