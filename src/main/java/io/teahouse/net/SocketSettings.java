package io.teahouse.net;

import java.time.Duration;

/**
 * How the sockets of connections are set up and written.
 *
 * @param sendBufferBytes the output that the kernel may hold for one connection; small, so that a slow reader is
 *     noticed
 * @param keepAlive how long a connection may be silent before the system probes it
 * @param directWrites whether a client writes to its socket directly while the socket takes all bytes; not with TLS
 */
public record SocketSettings(int sendBufferBytes, Duration keepAlive, boolean directWrites) {}
