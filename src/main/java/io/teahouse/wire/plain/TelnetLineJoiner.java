package io.teahouse.wire.plain;

import akka.util.ByteString;
import java.util.Optional;

/** Rejoins a line that was split inside a telnet subnegotiation, where a line feed does not end the line (RFC 855). */
final class TelnetLineJoiner {
    /** Anything longer is not a subnegotiation. */
    private static final int MAX_BYTES = 1024;

    private static final ByteString LINE_FEED = ByteString.fromInts('\n');

    private ByteString incomplete = ByteString.emptyByteString();

    /** Adds a line. Returns the whole line, or empty if it continues in the next one. */
    Optional<ByteString> join(ByteString line) {
        if (incomplete.isEmpty() && line.indexOf((byte) PlainText.IAC) < 0) {
            return Optional.of(line);
        }
        ByteString whole =
                incomplete.isEmpty() ? line : incomplete.concat(LINE_FEED).concat(line);
        boolean continues = whole.size() <= MAX_BYTES && PlainText.endsInSubnegotiation(whole.toArray());
        incomplete = continues ? whole : ByteString.emptyByteString();
        return continues ? Optional.empty() : Optional.of(whole);
    }

    /** The size of the incomplete line, in bytes. */
    int size() {
        return incomplete.size();
    }
}
