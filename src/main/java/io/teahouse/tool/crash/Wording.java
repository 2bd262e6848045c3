package io.teahouse.tool.crash;

import java.util.Optional;
import java.util.Random;

/**
 * What the messages of a run look like: {@code ID FILLING}, where the filling follows from the id, so that whoever is
 * shown a message can tell whose it is and whether it is whole.
 */
final class Wording {
    private static final int MOST_FILLING = 200;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private Wording() {}

    static String text(String id) {
        Random random = new Random(id.hashCode());
        int length = 1 + random.nextInt(MOST_FILLING);
        StringBuilder text = new StringBuilder(id).append(' ');
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** The id of a message; none if it is none of {@code run}. */
    static Optional<String> id(String run, String text) {
        int end = text.indexOf(' ');
        return text.startsWith(run + '-') && end > 0 ? Optional.of(text.substring(0, end)) : Optional.empty();
    }

    /** Whether every letter is there. */
    static boolean isWhole(String text) {
        int end = text.indexOf(' ');
        return end > 0 && text.equals(text(text.substring(0, end)));
    }
}
