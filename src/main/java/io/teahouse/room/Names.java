package io.teahouse.room;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** How names are compared, for people, accounts and rooms alike: which spellings are one name, and which look alike. */
public interface Names extends UnaryOperator<String> {
    /** Folds a name: what all its spellings have in common. Idempotent. */
    @Override
    String apply(String name);

    /**
     * What a name looks like as it is shown, and folded: capitals and small letters resemble different letters of other
     * scripts. Two names that have one of these in common can be mistaken for each other.
     */
    record Looks(String shown, String folded) {
        /** Whether one can be mistaken for the other. */
        public boolean resemble(Looks other) {
            return shown.equals(other.shown)
                    || shown.equals(other.folded)
                    || folded.equals(other.shown)
                    || folded.equals(other.folded);
        }
    }

    /**
     * What a name looks like.
     *
     * @param text as shown
     * @param key the folded name
     */
    Looks looks(String text, String key);

    /** Changes when {@link #apply} or {@link #looks} give something else than before: what is stored is worked out anew. */
    String version();

    /** By the JDK alone: {@link #fold}, and names look like themselves only. */
    Names PLAIN = new Names() {
        @Override
        public String apply(String name) {
            return fold(name);
        }

        @Override
        public Looks looks(String text, String key) {
            return new Looks(key, key);
        }

        @Override
        public String version() {
            return "plain";
        }
    };

    /**
     * Folds a text as names are folded, by the JDK alone: compatibility forms are unified (NFKC), and case does not count,
     * also where a capital has two letters.
     */
    static String fold(String text) {
        if (isPlain(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace("\u00df", "ss")
                .replace('\u03c2', '\u03c3')
                .replace("\u0587", "\u0565\u0582");
    }

    /** True for ASCII: names of it that look alike may stand side by side, since people read them every day. */
    public static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** Whether one of two names keeps the other away that looks like it. */
    public static boolean mayNotCoexist(String key, String other) {
        return !key.equals(other) && !(isPlain(key) && isPlain(other));
    }
}
