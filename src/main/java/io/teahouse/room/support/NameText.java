package io.teahouse.room.support;

import java.text.Normalizer;
import java.util.Optional;

/**
 * The characters that names of users, accounts and rooms may have. Invisible ones are not allowed, since names that
 * differ only by them look the same. Checked when a name is chosen; stored names stay valid.
 */
public final class NameText {
    /** UTS 39 §5.4 has the same limit. */
    private static final int MOST_MARKS = 4;

    /**
     * First and last of ranges without a glyph, beside those that {@link Text#invisible} knows by category:
     * Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties), and letters and signs whose glyph is blank.
     */
    private static final int[] BLANK = {
        0x034F, 0x034F, // combining grapheme joiner
        0x115F, 0x1160, // Hangul fillers
        0x17B4, 0x17B5, // Khmer inherent vowels
        0x180B, 0x180F, // Mongolian variation selectors
        0x2800, 0x2800, // Braille pattern blank
        0x3164, 0x3164, // Hangul filler
        0xFE00, 0xFE0F, // variation selectors
        0xFFA0, 0xFFA0, // half width Hangul filler
        0xFFFC, 0xFFFC, // object replacement character
        0x13441, 0x13442, // Egyptian blanks
        0x16FE4, 0x16FE4, // Khitan small script filler
        0x1D159, 0x1D159, // musical symbol null notehead
        0x1D173, 0x1D17A, // musical formats
        0xE0000, 0xE0FFF, // tags, variation selectors, and reserved ones
    };

    private NameText() {}

    /**
     * The reason why the characters of a name are not allowed, as a continuation of "a name"; empty if they are.
     *
     * @param text as typed
     */
    public static Optional<String> objection(String text) {
        if (text.isEmpty()) {
            return Optional.of("must not be empty");
        } else if (text.codePoints().anyMatch(c -> Text.invisible(c) || isBlank(c))) {
            return Optional.of("must not contain white space or invisible characters");
        } else if (isMark(text.codePointAt(0))) {
            return Optional.of("must not begin with a combining mark");
        } else if (hasTooManyMarks(text)) {
            return Optional.of("must not pile up combining marks");
        }
        return Optional.empty();
    }

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException if the name is not allowed; with a reason to show to the user
     */
    public static void require(String what, String text) {
        Optional<String> objection = objection(Check.notNull(text, what));
        if (objection.isPresent()) {
            throw new IllegalArgumentException(what + " " + objection.get());
        }
    }

    private static boolean isBlank(int codePoint) {
        for (int i = 0; i < BLANK.length && BLANK[i] <= codePoint; i += 2) {
            if (codePoint <= BLANK[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** Also rejects a repeated mark, which is drawn like a single one. */
    private static boolean hasTooManyMarks(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return false;
        }
        int marks = 0;
        int before = -1;
        for (int c :
                Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().toArray()) {
            boolean mark = Character.getType(c) == Character.NON_SPACING_MARK;
            marks = mark ? marks + 1 : 0;
            if (marks > MOST_MARKS || (mark && c == before)) {
                return true;
            }
            before = c;
        }
        return false;
    }
}
