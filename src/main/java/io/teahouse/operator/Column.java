package io.teahouse.operator;

/**
 * One value in the rows of an answer.
 *
 * @param isOptional whether rows may lack it
 */
public record Column(String name, Type type, boolean isOptional, String help) {
    /** What its values are in Java, and in JSON. */
    public enum Type {
        /** A {@link String}. */
        TEXT,
        /** An {@link Integer} or a {@link Long}. */
        NUMBER,
        /** A {@link Boolean}. */
        FLAG,
        /** An {@link java.time.Instant}; in JSON, a text as in RFC 3339. */
        TIME,
        /** A {@link java.util.List} of strings. */
        TEXTS
    }

    public static Column of(String name, Type type, String help) {
        return new Column(name, type, false, help);
    }

    public static Column optional(String name, Type type, String help) {
        return new Column(name, type, true, help);
    }
}
