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
 * of a connection, except to a socket option. Thread-safe.
 */
final class AcceptedSockets extends Inet.AbstractSocketOption {
    /** A connection is accepted only after the previous one was taken. So any beyond this number are never taken. */
    private static final int MOST = 64;

    private record Addresses(SocketAddress local, SocketAddress remote) {}

    private final Map<Addresses, SocketChannel> sockets = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Addresses, SocketChannel> eldest) {
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
                sockets.put(new Addresses(local, remote), channel);
            }
        }
    }

    /** Removes and returns the socket of a connection; empty if this option was not set for it. */
    Optional<SocketChannel> take(Tcp.IncomingConnection connection) {
        InetSocketAddress local = connection.localAddress();
        InetSocketAddress remote = connection.remoteAddress();
        synchronized (sockets) {
            return Optional.ofNullable(sockets.remove(new Addresses(local, remote)));
        }
    }
}
