package io.teahouse.room;

/** The ranks that one member holds in one room; each may be held without the others. */
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

    /** May put others out, and change what the room is. */
    public boolean keepsOrder() {
        return operator || halfOperator;
    }

    /** May speak where others may not. */
    public boolean mayAlwaysSpeak() {
        return operator || halfOperator || voice;
    }

    /** True when he belongs to those whom something is meant for. */
    public boolean reaches(Audience audience) {
        return switch (audience) {
            case ALL -> true;
            case VOICED -> mayAlwaysSpeak();
            case HALF_OPERATORS -> keepsOrder();
            case OPERATORS -> operator;
        };
    }

    /** These, and {@code rank} held or not. */
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
