package io.teahouse.net;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a listener.
 *
 * @param door the name of the door, for the log and for errors
 * @param settings the names of the settings for host and port, for errors
 * @param port 0: any free one
 * @param connections how its connections are read and written
 * @param sockets how the sockets of its connections are set up and written
 * @param refusalsEvery how often the log counts further refused connections
 * @param handshakeTimeout the time limit of a TLS handshake
 * @param certificate present if connections are encrypted
 * @param protocol what encrypted connections speak, by its name in ALPN (RFC 7301)
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
        Optional<ServerCertificate> certificate,
        String protocol) {
    /** Whether clients write to their sockets directly; if not, all output goes through the stream. */
    boolean writesDirectly() {
        return sockets.directWrites() && certificate.isEmpty();
    }

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
                Optional.of(with),
                protocol);
    }
}
