package io.teahouse.tool.crash;

import java.util.Optional;
import java.util.Random;

/**
 * The text of the messages of a run: {@code ID FILLER}. The filler is computed from the id, so that a receiver can tell
 * whether a text is complete.
 */
final class MessageText {
    private static final int MAX_FILLER = 200;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private MessageText() {}

    static String text(String id) {
        Random random = new Random(id.hashCode());
        int length = 1 + random.nextInt(MAX_FILLER);
        StringBuilder text = new StringBuilder(id).append(' ');
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** The id of a message; empty if the text is not of {@code run}. */
    static Optional<String> id(String run, String text) {
        int end = text.indexOf(' ');
        return text.startsWith(run + '-') && end > 0 ? Optional.of(text.substring(0, end)) : Optional.empty();
    }

    /** Whether the text is complete. */
    static boolean isWhole(String text) {
        int end = text.indexOf(' ');
        return end > 0 && text.equals(text(text.substring(0, end)));
    }
}
