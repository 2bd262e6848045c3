package io.teahouse.room.support;

/** Characters that neither names nor messages may contain. */
public final class Text {
    /** Replaces characters that could not be decoded or must not be shown. */
    private static final int REPLACEMENT = 0xFFFD;

    private Text() {}

    /** Whether the character has no glyph and can make one text look like another: controls, formats, separators. */
    public static boolean invisible(int codePoint) {
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
     * Checks that a name is not empty and has no invisible characters.
     *
     * @throws IllegalArgumentException with a reason to show to the user
     */
    public static void requireVisible(String what, String text) {
        if (Check.notNull(text, what).isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        int next;
        for (int i = 0; i < text.length(); i += Character.charCount(next)) {
            next = text.codePointAt(i);
            if (invisible(next)) {
                throw new IllegalArgumentException(what + " must not contain white space or invisible characters");
            }
        }
    }
}
