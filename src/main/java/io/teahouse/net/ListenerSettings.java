package io.teahouse.net;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a listener listens, and what it allows.
 *
 * @param door the name of the door, for lines that people read
 * @param settings the names of the settings that say where it listens, for lines that people read
 * @param port 0: any free one
 * @param maxLineBytes the longest line, its end not counted
 * @param readAheadBytes how much of one connection's input may wait for its client before it is read no further
 * @param socketSendBufferBytes what the kernel may hold for one connection; small, so that a slow reader is noticed
 * @param keepAlive how long a connection may be silent before the system asks whether its other end is still there
 * @param chunks true when a read is a message
 * @param dispatchers each connection runs on one of these, with its client
 * @param certificate if connections are encrypted
 */
public record ListenerSettings(
        String door,
        String settings,
        String host,
        int port,
        int maxLineBytes,
        int sendQueueBytes,
        int readAheadBytes,
        int socketSendBufferBytes,
        Duration keepAlive,
        boolean chunks,
        List<String> dispatchers,
        Optional<ServerCertificate> certificate) {
    /** The same on another port, encrypted. */
    public ListenerSettings encrypted(String otherDoor, String otherSettings, int otherPort, ServerCertificate with) {
        return new ListenerSettings(
                otherDoor,
                otherSettings,
                host,
                otherPort,
                maxLineBytes,
                sendQueueBytes,
                readAheadBytes,
                socketSendBufferBytes,
                keepAlive,
                chunks,
                dispatchers,
                Optional.of(with));
    }
}
