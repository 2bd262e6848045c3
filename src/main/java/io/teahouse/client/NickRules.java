package io.teahouse.client;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import io.teahouse.room.Nick;
import java.util.Locale;

/**
 * Which names people may have, and which names are the same. Any script will do. Names are folded by Unicode's
 * NFKC_Casefold (UTS 46's basis; drops case, width and invisible marks) and compared for looks by the skeletons of UTS
 * 39, both by ICU. Plain ASCII names take a short way that gives the same and loads none of ICU's tables.
 */
public final class NickRules {
    /** Would end the name, or mean something else, in one of the dialects. */
    private static final String NOWHERE = ",:!@*?#&";

    private static final String NOT_FIRST = "$+~%-/{=<";

    private final int maxLength;

    private final CaseMapping caseMapping;

    /** @param maxLength in characters (Unicode code points) */
    public NickRules(int maxLength, CaseMapping caseMapping) {
        this.maxLength = maxLength;
        this.caseMapping = caseMapping;
    }

    /** What came of checking a name. */
    public sealed interface Checked {}

    public record Accepted(Nick nick) implements Checked {}

    /**
     * It cannot be had.
     *
     * @param why one line for a person
     */
    public record Rejected(String why) implements Checked {}

    public Checked check(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            return new Rejected("a name has at most " + maxLength + " characters, this one has " + length);
        }
        for (int i = 0; i < text.length(); i++) {
            if (NOWHERE.indexOf(text.charAt(i)) >= 0) {
                return new Rejected("a name must not contain " + text.charAt(i));
            }
        }
        if (!text.isEmpty() && NOT_FIRST.indexOf(text.charAt(0)) >= 0) {
            return new Rejected("a name must not begin with " + text.charAt(0));
        }
        try {
            return new Accepted(new Nick(text, caseMapping.fold(fold(text))));
        } catch (IllegalArgumentException e) {
            return new Rejected(String.valueOf(e.getMessage()));
        }
    }

    private static String fold(String text) {
        return isAscii(text)
                ? text.toLowerCase(Locale.ROOT)
                : Normalizer2.getNFKCCasefoldInstance().normalize(text);
    }

    /** True when only letters that nothing else is mistaken for by accident are in it. */
    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** What the name looks like: two names with one skeleton can be mistaken for each other. */
    static String skeleton(Nick nick) {
        return Spoof.CHECKER.getSkeleton(nick.key());
    }

    /** Loads ICU's tables only when the first name outside ASCII comes. */
    private static final class Spoof {
        static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    }
}
