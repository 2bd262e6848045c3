package io.teahouse.net;

import java.util.List;

/**
 * How connections are read and written, whatever carries their bytes.
 *
 * @param framing how bytes become lines
 * @param maxLineBytes the longest line, its end not counted
 * @param sendQueueBytes how much may wait to be written to one connection; a client who falls behind further is disconnected
 * @param readAheadBytes how much of one connection's input may wait for its client before it is read no further
 * @param dispatchers the names of the dispatchers that clients run on; connections are spread over them in turn
 */
public record ConnectionSettings(
        Framing framing, int maxLineBytes, int sendQueueBytes, int readAheadBytes, List<String> dispatchers) {
    /** The same with another framing. */
    public ConnectionSettings withFraming(Framing other) {
        return new ConnectionSettings(other, maxLineBytes, sendQueueBytes, readAheadBytes, dispatchers);
    }
}
