package io.teahouse.operator;

/**
 * One parameter of a power. Its name is a JSON key, an option of the command line, and {@code name=value} at the IRC door.
 *
 * @param name lower-case letters
 * @param isRequired required parameters come first
 * @param help what it is, in a few words
 */
public record Parameter(String name, Kind kind, boolean isRequired, String help) {
    private static final int LONGEST_WORD = 300;
    private static final int LONGEST_TEXT = 2000;
    private static final int MOST_DIGITS = 9;

    /** What values look like. */
    public enum Kind {
        /** Without spaces. */
        WORD("one word"),
        /** One line. At the IRC door, the rest of the line. */
        TEXT("one line of text"),
        /** From 0 on. */
        NUMBER("a number"),
        /** See {@link Durations}. */
        DURATION("a duration such as 30m, 12h or 7d, or forever"),
        /** True or false; at the IRC door, its name alone sets it. */
        FLAG("true or false");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }

        /** Whether that is such a value. */
        public boolean accepts(String value) {
            return switch (this) {
                case WORD ->
                    !value.isEmpty()
                            && value.length() <= LONGEST_WORD
                            && value.chars().noneMatch(c -> Character.isISOControl(c) || c == ' ');
                case TEXT ->
                    !value.isBlank()
                            && value.length() <= LONGEST_TEXT
                            && value.chars().noneMatch(Character::isISOControl);
                case NUMBER ->
                    !value.isEmpty()
                            && value.length() <= MOST_DIGITS
                            && value.chars().allMatch(c -> c >= '0' && c <= '9');
                case DURATION -> Durations.parse(value).isPresent();
                case FLAG -> value.equals("true") || value.equals("false");
            };
        }
    }

    public static Parameter required(String name, Kind kind, String help) {
        return new Parameter(name, kind, true, help);
    }

    /**
     * The parameter {@link PowerSpec#REASON}.
     *
     * @param help why it is asked, and who is told
     */
    static Parameter reason(String help) {
        return optional(PowerSpec.REASON, Kind.TEXT, help);
    }

    public static Parameter optional(String name, Kind kind, String help) {
        return new Parameter(name, kind, false, help);
    }
}
