package io.teahouse.wire.irc;

import io.teahouse.room.Digits;
import java.util.ArrayList;
import java.util.List;

/**
 * What one line of IRC holds of a text of any length.
 *
 * @param goesOn true: there is no line break between it and the piece before (IRCv3 multiline, {@code
 *     draft/multiline-concat})
 */
record LineSplit(String text, boolean goesOn) {
    /**
     * Cuts a text into pieces.
     *
     * @param softBreaks at which indexes the sender's lines of IRC began that went on, with commas between; may be
     *     empty, and an actor of the application may have put anything there
     * @param most how many bytes one piece may have
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
