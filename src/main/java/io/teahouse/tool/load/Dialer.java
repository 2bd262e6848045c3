package io.teahouse.tool.load;

import io.teahouse.tool.client.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Opens the connections of simulated clients. */
final class Dialer {
    private static final int SMALL_BUFFER = 16 * 1024;

    private final List<InetSocketAddress> servers;
    private final int sources;
    private final Selector selector;

    Dialer(List<InetSocketAddress> servers, int sources, Selector selector) {
        this.servers = List.copyOf(servers);
        this.sources = sources;
        this.selector = selector;
    }

    /**
     * Begins to connect. IPv4 sockets only: an IPv6 socket could not be bound to 127.0.0.2.
     *
     * @param number selects the source address and the server
     * @param small whether the kernel's receive buffer is small, as for a client that will stop reading
     */
    Connection dial(int number, boolean small) throws IOException {
        InetSocketAddress server = servers.get(number % servers.size());
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
        // A reset at the end instead of TIME_WAIT, or the next run would find no free ports.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        if (small) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
        }
        if (sources > 1 && server.getAddress().isLoopbackAddress()) {
            channel.bind(new InetSocketAddress(source(number % sources), 0));
        }
        return Connection.connect(channel, server, selector);
    }

    private static InetAddress source(int number) throws IOException {
        int last = number + 2;
        return InetAddress.getByAddress(new byte[] {127, 0, (byte) (last >> 8), (byte) last});
    }
}
