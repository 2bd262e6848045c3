package io.teahouse.wire.irc;

import io.teahouse.room.support.Digits;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a message text that is sent as one line of IRC.
 *
 * @param goesOn whether it continues the previous line, without a line break (IRCv3 multiline, {@code
 *     draft/multiline-concat})
 */
record LineSplit(String text, boolean goesOn) {
    /**
     * Splits a text at its line breaks and at the length limit.
     *
     * @param softBreaks offsets at which the sender split the text without a line break, separated by commas; may be
     *     empty or, from an application's actor, malformed
     * @param most the most bytes of one piece
     */
    static List<LineSplit> of(String text, String softBreaks, int most) {
        if (softBreaks.isEmpty() && text.indexOf('\n') < 0 && text.length() <= most / 3) {
            return List.of(new LineSplit(text, false));
        }
        List<LineSplit> pieces = new ArrayList<>();
        int begin = 0;
        for (String index : softBreaks.split(",", -1)) {
            int end = Math.min(Digits.parse(index).orElse(text.length()), text.length());
            if (end > begin) {
                cut(text.substring(begin, end), begin > 0, most, pieces);
                begin = end;
            }
        }
        if (begin < text.length() || pieces.isEmpty()) {
            cut(text.substring(begin), begin > 0, most, pieces);
        }
        return pieces;
    }

    private static void cut(String text, boolean goesOn, int most, List<LineSplit> pieces) {
        boolean on = goesOn;
        for (String line : text.split("\n", -1)) {
            for (String piece : IrcText.split(line, most)) {
                pieces.add(new LineSplit(piece, on));
                on = true;
            }
            on = false;
        }
    }
}
