package io.teahouse.room.support;

import java.util.function.UnaryOperator;

/**
 * A pattern in which {@code *} is any text and {@code ?} any one character (Unicode code point). It is folded and
 * compiled once; matching allocates nothing, uses no regular expression, and takes at most as many steps as the pattern
 * is long times as the text is long.
 */
public final class Glob {
    /** Noncharacters, which no name contains, represent the wildcards: no folded letter can be mistaken for one. */
    private static final char MANY = '\uffff';

    private static final char ONE = '\ufffe';

    private final String pattern;

    /** The length of the shortest text that can match. */
    private final int shortest;

    private Glob(String pattern) {
        this.pattern = pattern;
        this.shortest = (int) pattern.chars().filter(c -> c != MANY).count();
    }

    /** A pattern in which case counts. */
    public static Glob exact(String pattern) {
        return of(pattern, UnaryOperator.identity());
    }

    /**
     * Compiles a pattern.
     *
     * @param folding as for the texts that are matched; must keep the wildcards
     */
    public static Glob of(String pattern, UnaryOperator<String> folding) {
        StringBuilder compiled = new StringBuilder(pattern.length());
        int from = 0;
        for (int i = 0; i <= pattern.length(); i++) {
            char c = i < pattern.length() ? pattern.charAt(i) : MANY;
            if (c == '*' || c == '?' || i == pattern.length()) {
                if (from < i) {
                    compiled.append(folding.apply(pattern.substring(from, i)));
                }
                from = i + 1;
            }
            if (c == '?') {
                compiled.append(ONE);
            } else if (c == '*' && !endsWithMany(compiled)) {
                compiled.append(MANY);
            }
        }
        return new Glob(compiled.toString());
    }

    private static boolean endsWithMany(StringBuilder compiled) {
        return !compiled.isEmpty() && compiled.charAt(compiled.length() - 1) == MANY;
    }

    /**
     * True for a pattern of wildcards that fits a text of any length: {@code *} or {@code ?*}.
     *
     * @param common characters so common that they count as wildcards
     */
    public boolean isForAll(String common) {
        return pattern.indexOf(MANY) >= 0
                && pattern.chars().allMatch(c -> c == MANY || c == ONE || common.indexOf(c) >= 0);
    }

    /**
     * Whether the whole text matches.
     *
     * @param text folded as the pattern is
     */
    public boolean fits(String text) {
        if (text.length() < shortest) {
            return false;
        }
        int p = 0;
        int t = 0;
        int afterMany = -1; // where to resume in the pattern when the last * takes one more character
        int retry = 0;
        while (t < text.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : '\0';
            if (c == MANY) {
                afterMany = ++p;
                retry = t;
                if (p == pattern.length()) {
                    return true;
                }
            } else if (c == ONE && p < pattern.length()) {
                p++;
                t = text.offsetByCodePoints(t, 1);
            } else if (p < pattern.length() && c == text.charAt(t)) {
                p++;
                t++;
            } else if (afterMany >= 0) {
                p = afterMany;
                retry = text.offsetByCodePoints(retry, 1);
                t = retry;
            } else {
                return false;
            }
        }
        return p == pattern.length() || (p == pattern.length() - 1 && pattern.charAt(p) == MANY);
    }

    /** The folded pattern; all spellings of a pattern have the same. */
    @Override
    public String toString() {
        return pattern.replace(MANY, '*').replace(ONE, '?');
    }
}
