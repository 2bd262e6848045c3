package io.teahouse.tool.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A TCP connection that does not block, with the start of a line that has arrived and the bytes that are still to be
 * sent. For the thread of its selector only.
 */
public final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final PartialLine partialLine = new PartialLine();
    private final Outbox outbox = new Outbox();
    private boolean silent;
    private boolean framed;

    private Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /**
     * Begins to connect; {@link #finishConnect} has to be called when the selector reports the key. Owns the channel from
     * now on, also if it fails.
     */
    public static Connection connect(SocketChannel channel, InetSocketAddress server, Selector selector)
            throws IOException {
        try {
            prepare(channel);
            // The selector never reports a connect that completed at once, but such a socket is writable.
            int interest = channel.connect(server) ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
            return new Connection(channel, channel.register(selector, interest));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The server's end of a connection that was accepted. */
    public static Connection accepted(SocketChannel channel, Selector selector) throws IOException {
        prepare(channel);
        return new Connection(channel, channel.register(selector, SelectionKey.OP_READ));
    }

    private static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** Makes {@code owner} the attachment of the selection key. */
    public void attach(Object owner) {
        key.attach(owner);
    }

    /** Returns false if it is not connected yet; from then on, the selector reports input. */
    public boolean finishConnect() throws IOException {
        if (!channel.finishConnect()) {
            return false;
        }
        watch(false);
        return true;
    }

    SocketChannel channel() {
        return channel;
    }

    PartialLine partialLine() {
        return partialLine;
    }

    /** What {@link #flush} sends. */
    public Outbox outbox() {
        return outbox;
    }

    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Sends at once what the socket takes and puts the rest in the outbox. */
    public void send(ByteBuffer bytes) throws IOException {
        if (outbox.isEmpty()) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            outbox.put(bytes);
            watch(true);
        }
    }

    /** Sends what the socket takes of the outbox; if bytes are left, the selector reports when it takes more. */
    public void flush() throws IOException {
        boolean done = outbox.flush(channel);
        if (done == ((key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
            watch(!done);
        }
    }

    /** Stops reading for good, like a client whose network has gone. */
    public void stopReading() {
        silent = true;
        watch(false);
    }

    /** From now on, lines are messages of a WebSocket, in both directions: its opening handshake is complete. */
    public void beginFrames() {
        framed = true;
    }

    public boolean isFramed() {
        return framed;
    }

    public boolean isSilent() {
        return silent;
    }

    private void watch(boolean writing) {
        key.interestOps((silent ? 0 : SelectionKey.OP_READ) | (writing ? SelectionKey.OP_WRITE : 0));
    }

    /** Ends the connection by a TCP reset when its selector is used next, or closed; what is under way is lost. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The file descriptor is released all the same, and nobody needs the connection any more.
        }
    }
}
