package io.teahouse.tool.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes that a connection still has to send: a direct buffer that grows, and is dropped after a long backlog is sent. */
public final class Outbox {
    private static final int SMALLEST = 256;
    private static final int LARGEST_KEPT = 64 * 1024;
    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

    private ByteBuffer bytes = EMPTY;

    public boolean isEmpty() {
        return bytes.position() == 0;
    }

    /** In bytes. */
    public int size() {
        return bytes.position();
    }

    public void put(byte[] more) {
        reserve(more.length);
        bytes.put(more);
    }

    public void put(ByteBuffer more) {
        reserve(more.remaining());
        bytes.put(more);
    }

    /** Sends what the socket takes; true if nothing is left. */
    boolean flush(SocketChannel to) throws IOException {
        if (isEmpty()) {
            return true;
        }
        bytes.flip();
        to.write(bytes);
        bytes.compact();
        if (isEmpty() && bytes.capacity() > LARGEST_KEPT) {
            bytes = EMPTY;
        }
        return isEmpty();
    }

    private void reserve(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(SMALLEST, (bytes.position() + more) * 2);
            bytes = ByteBuffer.allocateDirect(size).put(bytes.flip());
        }
    }
}
