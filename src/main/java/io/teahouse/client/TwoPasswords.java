package io.teahouse.client;

import java.util.Optional;

/**
 * The input of a password change: the old and the new password, separated by blanks. A password that contains blanks
 * must be in double quotes; two words without blanks need none.
 */
public record TwoPasswords(String old, String to) {
    /** Empty if the text is not two passwords. */
    public static Optional<TwoPasswords> parse(String typed) {
        String text = typed.strip().replace('\t', ' ');
        int blank = text.indexOf(' ');
        String rest = blank < 0 ? "" : text.substring(blank).strip();
        boolean oneInQuotes = text.startsWith("\"") && endOfFirst(text) == text.length();
        if (!rest.isEmpty() && rest.indexOf(' ') < 0 && !oneInQuotes) {
            return Optional.of(new TwoPasswords(text.substring(0, blank), rest));
        }
        int end = endOfFirst(text);
        if (end < 0) {
            return Optional.empty();
        }
        String second = text.substring(end).strip();
        return endOfFirst(second) == second.length()
                ? Optional.of(new TwoPasswords(unquoted(text.substring(0, end)), unquoted(second)))
                : Optional.empty();
    }

    /** The end of the first word, or of the quoted text at the beginning; -1 if there is none. */
    private static int endOfFirst(String text) {
        if (!text.startsWith("\"")) {
            int blank = text.indexOf(' ');
            return blank < 0 ? (text.isEmpty() ? -1 : text.length()) : blank;
        }
        int quote = text.indexOf("\" ", 1);
        if (quote > 0) {
            return quote + 1;
        }
        return text.length() > 2 && text.endsWith("\"") ? text.length() : -1;
    }

    private static String unquoted(String word) {
        return word.length() > 2 && word.startsWith("\"") && word.endsWith("\"")
                ? word.substring(1, word.length() - 1)
                : word;
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "two passwords";
    }
}
