package io.teahouse.wire.plain;

import akka.util.ByteString;
import java.util.Optional;

/** Puts together a line that was cut within a subnegotiation of telnet, in which a line feed is no end (RFC 855). */
final class TelnetLineJoiner {
    /** A subnegotiation that is longer is none. */
    private static final int LONGEST = 1024;

    private static final ByteString LINE_FEED = ByteString.fromInts('\n');

    private ByteString begun = ByteString.emptyByteString();

    /** The whole line; empty: it goes on with the next one. */
    Optional<ByteString> join(ByteString line) {
        if (begun.isEmpty() && line.indexOf((byte) PlainText.IAC) < 0) {
            return Optional.of(line);
        }
        ByteString whole = begun.isEmpty() ? line : begun.concat(LINE_FEED).concat(line);
        boolean goesOn = whole.size() <= LONGEST && PlainText.isCut(whole.toArray());
        begun = goesOn ? whole : ByteString.emptyByteString();
        return goesOn ? Optional.empty() : Optional.of(whole);
    }

    /** How many bytes wait for the rest. */
    int size() {
        return begun.size();
    }
}
