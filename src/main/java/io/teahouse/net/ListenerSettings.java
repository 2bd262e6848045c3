package io.teahouse.net;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a listener listens, and what it allows.
 *
 * @param door the name of the door, for the log and for errors
 * @param settings the names of the settings for host and port, for errors
 * @param port 0: any free one
 * @param connections how its connections are read and written
 * @param sockets how the sockets of its connections are set up and written
 * @param refusalsEvery how often the log counts further refused connections
 * @param handshakeTimeout how long a client may take for the handshake of TLS
 * @param certificate if connections are encrypted
 */
public record ListenerSettings(
        String door,
        String settings,
        String host,
        int port,
        ConnectionSettings connections,
        SocketSettings sockets,
        Duration refusalsEvery,
        Duration handshakeTimeout,
        Optional<ServerCertificate> certificate) {
    /** The same on another port, encrypted. */
    public ListenerSettings encrypted(String otherDoor, String otherSettings, int otherPort, ServerCertificate with) {
        return new ListenerSettings(
                otherDoor,
                otherSettings,
                host,
                otherPort,
                connections,
                sockets,
                refusalsEvery,
                handshakeTimeout,
                Optional.of(with));
    }
}
