package io.teahouse.room;

/** What names and messages have in common: which characters can never be part of one. */
final class Text {
    /** Stands for what could not be decoded or must not be shown. */
    private static final int REPLACEMENT = 0xFFFD;

    private Text() {}

    /** True for what has no shape of its own and can make one text look like another: controls, formats, separators. */
    static boolean invisible(int codePoint) {
        if (codePoint == REPLACEMENT) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /**
     * Checks a name that is to be shown: not empty, nothing invisible in it.
     *
     * @throws IllegalArgumentException with a reason that can be shown to the one who chose the name
     */
    static void requireVisible(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        if (text.codePoints().anyMatch(Text::invisible)) {
            throw new IllegalArgumentException(what + " must not contain white space or invisible characters");
        }
    }
}
