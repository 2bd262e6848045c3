package io.teahouse.room;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Compares names of users, accounts and rooms: which spellings are one name, and which names look alike. */
public interface Names extends UnaryOperator<String> {
    /** Folds a name: all its spellings have the same result. Idempotent. */
    @Override
    String apply(String name);

    /**
     * The confusable skeletons of a name, as shown and folded: capitals and small letters resemble different letters of
     * other scripts. Two names that share a skeleton can be mistaken for each other.
     */
    record Looks(String shown, String folded) {
        /** Whether the two names can be mistaken for each other. */
        public boolean resemble(Looks other) {
            return shown.equals(other.shown)
                    || shown.equals(other.folded)
                    || folded.equals(other.shown)
                    || folded.equals(other.folded);
        }
    }

    /**
     * The skeletons of a name.
     *
     * @param text as shown
     * @param key the folded name
     */
    Looks looks(String text, String key);

    /** Changes with the results of {@link #apply} or {@link #looks}: stored results are then recomputed. */
    String version();

    /** By the JDK alone: {@link #fold}, and no two names look alike. */
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
     * Folds a text by the JDK alone: compatibility forms are unified (NFKC), and case does not count, also for letters
     * whose capital form is two letters.
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

    /** True for ASCII: names in ASCII that look alike may coexist, since people read them every day. */
    public static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** Whether two names that look alike may not exist at the same time. */
    public static boolean mayNotCoexist(String key, String other) {
        return !key.equals(other) && !(isPlain(key) && isPlain(other));
    }
}
