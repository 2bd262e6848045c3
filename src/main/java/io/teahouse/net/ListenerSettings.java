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
 * @param framing how what is read becomes lines
 * @param dispatchers each connection runs on one of these, with its client
 * @param refusalsEvery how often the log says how many connections were refused, beside the first of an address
 * @param handshakeTimeout how long a client may take for the handshake of TLS
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
        Framing framing,
        List<String> dispatchers,
        Duration refusalsEvery,
        Duration handshakeTimeout,
        Optional<ServerCertificate> certificate) {
    /** How what is read becomes lines. */
    public enum Framing {
        /** A line feed ends a line. */
        LINES,
        /** So does a carriage return, with or without a line feed or a NUL after it. */
        TERMINAL,
        /** A read is a message. */
        CHUNKS;

        Framer framer(int maxLine) {
            Framer framer = switch (this) {
                case LINES -> new LineFramer(maxLine);
                case TERMINAL -> new TerminalFramer(maxLine);
                case CHUNKS -> new ChunkFramer(maxLine);
            };
            return new ProtocolGuard(framer);
        }
    }

    /** Whether a read is a message. */
    public boolean chunks() {
        return framing == Framing.CHUNKS;
    }

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
                framing,
                dispatchers,
                refusalsEvery,
                handshakeTimeout,
                Optional.of(with));
    }
}
