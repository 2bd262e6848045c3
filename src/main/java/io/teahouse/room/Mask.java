package io.teahouse.room;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Says whom a ban, an exception or an invitation is about: {@code nick!user@host} with {@code *} and {@code ?}; with
 * {@code m:} before it, only what they say is barred; {@code a:ACCOUNT} is about an account, however it is called.
 */
public final class Mask {
    private static final String MUTE = "m:";
    private static final String ACCOUNT = "a:";

    private Mask() {}

    /** The full form of what was typed: {@code bob} is {@code bob!*@*}. */
    static String complete(String typed) {
        if (typed.startsWith(MUTE)) {
            return MUTE + complete(typed.substring(MUTE.length()));
        } else if (typed.startsWith(ACCOUNT)) {
            return typed;
        }
        int bang = typed.indexOf('!');
        int at = typed.indexOf('@');
        if (bang >= 0) {
            return at > bang ? typed : typed + "@*";
        }
        return at >= 0 ? "*!" + typed : typed + "!*@*";
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The same, and what counts as the same beside that: see {@link RoomSettings#folding}. */
    static String fold(String text, UnaryOperator<String> folding) {
        return folding.apply(fold(text));
    }

    /** False: nothing stands after {@code m:} or {@code a:}. */
    static boolean isAboutSomebody(String mask) {
        String plain = isMute(mask) ? mask.substring(MUTE.length()) : mask;
        return !plain.isEmpty() && !plain.equals(ACCOUNT);
    }

    static boolean isMute(String mask) {
        return mask.startsWith(MUTE);
    }

    /** Whether everybody is kept out by it, whatever he is called and wherever he comes from. */
    static boolean isForAll(String mask) {
        return !isMute(mask) && mask.matches("[*?]*\\*[*?]*![*?]*\\*[*?]*@[*?.:]*\\*[*?.:]*");
    }

    /** Whether somebody is meant; of a mute, whether he is meant by what stands after it. */
    static boolean matches(String mask, Nick nick, Profile profile, UnaryOperator<String> folding) {
        String plain = isMute(mask) ? mask.substring(MUTE.length()) : mask;
        if (plain.startsWith(ACCOUNT)) {
            return !profile.account().isEmpty() && fits(plain.substring(ACCOUNT.length()), profile.account(), folding);
        }
        return fits(plain, nick.text() + '!' + profile.user() + '@' + profile.host(), folding);
    }

    /**
     * As {@link #glob}, but case does not count.
     *
     * @param folding what counts as the same beside that: see {@link RoomSettings#folding}
     */
    public static boolean fits(String pattern, String text, UnaryOperator<String> folding) {
        return glob(fold(pattern, folding), fold(text, folding));
    }

    /** As {@link #glob}, but case does not count. */
    public static boolean fits(String pattern, String text) {
        return glob(fold(pattern), fold(text));
    }

    /** Whether {@code text} fits {@code pattern}: {@code *} is any text, {@code ?} any one character. Case counts. */
    public static boolean glob(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : '\0';
            if (c == '*') {
                star = p++;
                retry = t;
            } else if (p < pattern.length() && (c == '?' || c == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
