package io.teahouse.net;

import akka.util.ByteString;

/**
 * Cuts bytes from an outbox into lines, for transports with messages of their own. The line ends (LF or CRLF)
 * are not part of the lines, and nothing is copied. Not thread-safe.
 */
final class OutputLines {
    private static final ByteString NOTHING = ByteString.emptyByteString();

    private ByteString rest = NOTHING;

    /** Must be called only when none is left. */
    void add(ByteString lines) {
        rest = lines;
    }

    /** The next line that is not empty; empty when none is left. */
    ByteString next() {
        ByteString line = NOTHING;
        while (line.isEmpty() && rest.nonEmpty()) {
            int end = rest.indexOf((byte) '\n');
            line = end < 0 ? rest : rest.take(end);
            rest = end < 0 ? NOTHING : rest.drop(end + 1);
            if (line.nonEmpty() && line.apply(line.size() - 1) == '\r') {
                line = line.dropRight(1);
            }
        }
        return line;
    }
}
