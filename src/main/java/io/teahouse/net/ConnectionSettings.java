package io.teahouse.net;

import java.util.List;

/**
 * How connections are read and written, over any transport.
 *
 * @param framing how bytes become lines
 * @param maxLineBytes the longest line, without its end
 * @param sendQueueBytes the output that may wait for one connection; a client with more is disconnected
 * @param readAheadBytes the input of one connection that may wait for its client before reading stops
 * @param dispatchers the names of the dispatchers that clients run on; connections are spread over them in turn
 */
public record ConnectionSettings(
        Framing framing, int maxLineBytes, int sendQueueBytes, int readAheadBytes, List<String> dispatchers) {
    /** The same with another framing. */
    public ConnectionSettings withFraming(Framing other) {
        return new ConnectionSettings(other, maxLineBytes, sendQueueBytes, readAheadBytes, dispatchers);
    }
}
