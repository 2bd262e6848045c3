package io.teahouse.tool.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A connection to a server on this machine, for a caller that waits for lines. For one thread. */
public final class BlockingConnection implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final Connection connection;
    private final LineBuffer lines = new LineBuffer(BUFFER, BUFFER);

    private BlockingConnection(Selector selector, Connection connection) {
        this.selector = selector;
        this.connection = connection;
    }

    /** Connects to {@code port} on the loopback address; fails if that takes longer than {@code patience}. */
    public static BlockingConnection open(int port, Duration patience) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Selector selector = Selector.open();
        try {
            Connection connection = Connection.connect(SocketChannel.open(), server, selector);
            BlockingConnection opened = new BlockingConnection(selector, connection);
            opened.finishConnect(patience);
            return opened;
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    private void finishConnect(Duration patience) throws IOException {
        try {
            await(patience.toNanos());
            if (!connection.finishConnect()) {
                throw new SocketTimeoutException("not connected in time");
            }
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** Sends {@code text}, which ends with a line end or is empty; what the socket does not take is sent while reading. */
    public void send(String text) throws IOException {
        connection.outbox().put(text.getBytes(StandardCharsets.UTF_8));
        connection.flush();
    }

    /**
     * The next line, without its end; empty if none comes in time.
     *
     * @throws EOFException when the server has closed the connection
     */
    public Optional<String> read(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!lines.advance()) {
            if (!lines.keep(connection)) {
                throw new IOException("a line is longer than " + BUFFER + " bytes");
            }
            if (!fill(deadline - System.nanoTime())) {
                return Optional.empty();
            }
        }
        return Optional.of(lines.text());
    }

    /** Reads once, also when no time is left; false if nothing has come and the time is over. */
    private boolean fill(long nanos) throws IOException {
        await(nanos);
        connection.flush();
        int count = lines.read(connection);
        if (count < 0) {
            throw new EOFException("closed by the server");
        }
        return count > 0 || nanos > 0;
    }

    private void await(long nanos) throws IOException {
        selector.select(key -> {}, Math.max(1, nanos / NANOS_PER_MILLI));
    }

    /** Closes the connection abruptly, as a network failure does; bytes in flight are lost. */
    public void reset() throws IOException {
        connection.reset();
        close(); // while a channel has a selector, its socket stays open
    }

    @Override
    public void close() {
        connection.close();
        try {
            selector.close();
        } catch (IOException e) {
            // The file descriptor is released all the same, and nobody needs the selector any more.
        }
    }
}
