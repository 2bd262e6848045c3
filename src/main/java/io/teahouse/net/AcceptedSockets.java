package io.teahouse.net;

import akka.io.Inet;
import akka.stream.javadsl.Tcp;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sockets of connections that have just been accepted, by their addresses. Akka's streams do not expose the socket
 * of a connection, except to a socket option, which runs on the thread that reads the socket. Thread-safe.
 */
final class AcceptedSockets extends Inet.AbstractSocketOption {
    /** A connection is accepted only after the previous one was taken. So any beyond this number are never taken. */
    private static final int MOST = 64;

    private record Addresses(SocketAddress local, SocketAddress remote) {}

    /**
     * A socket that was accepted.
     *
     * @param dispatcher the one whose {@link EventLoop} reads the socket; empty if that thread is none
     */
    record Accepted(SocketChannel channel, Optional<String> dispatcher) {}

    private final Map<Addresses, Accepted> sockets = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Addresses, Accepted> eldest) {
            return size() > MOST;
        }
    };

    @Override
    public void afterConnect(Socket socket) {
        SocketAddress local = socket.getLocalSocketAddress();
        SocketAddress remote = socket.getRemoteSocketAddress();
        SocketChannel channel = socket.getChannel();
        if (local != null && remote != null && channel != null) {
            synchronized (sockets) {
                sockets.put(
                        new Addresses(local, remote),
                        new Accepted(
                                channel,
                                Optional.ofNullable(EventLoop.current()).map(EventLoop::dispatcher)));
            }
        }
    }

    /** Removes and returns the socket of a connection; empty if this option was not set for it. */
    Optional<Accepted> take(Tcp.IncomingConnection connection) {
        InetSocketAddress local = connection.localAddress();
        InetSocketAddress remote = connection.remoteAddress();
        synchronized (sockets) {
            return Optional.ofNullable(sockets.remove(new Addresses(local, remote)));
        }
    }
}
