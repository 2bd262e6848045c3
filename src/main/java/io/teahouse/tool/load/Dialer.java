package io.teahouse.tool.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Opens connections that do not block. */
final class Dialer {
    private static final int SMALL_BUFFER = 16 * 1024;

    private final InetSocketAddress server;
    private final int sources;

    Dialer(InetSocketAddress server, int sources) {
        this.server = server;
        this.sources = sources;
    }

    /**
     * A channel that is connecting. IPv4 sockets only: one of IPv6 could not be bound to 127.0.0.2.
     *
     * @param number picks the source address
     * @param small whether the kernel should take in little for it, as for a client that will stop reading
     */
    SocketChannel dial(int number, boolean small) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        // A reset at the end instead of TIME_WAIT, or the next run would find no free ports.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        if (small) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
        }
        if (sources > 1 && server.getAddress().isLoopbackAddress()) {
            channel.bind(new InetSocketAddress(source(number % sources), 0));
        }
        channel.connect(server);
        return channel;
    }

    private static InetAddress source(int number) throws IOException {
        int last = number + 2;
        return InetAddress.getByAddress(new byte[] {127, 0, (byte) (last >> 8), (byte) last});
    }
}
