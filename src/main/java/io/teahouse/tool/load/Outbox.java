package io.teahouse.tool.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes one connection still has to send: a direct buffer that grows, and is given back when a backlog has gone. */
final class Outbox {
    private static final int SMALLEST = 256;
    private static final int WORTH_KEEPING = 64 * 1024;
    private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

    private ByteBuffer bytes = NONE;

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    int size() {
        return bytes.position();
    }

    void put(byte[] more) {
        makeRoom(more.length);
        bytes.put(more);
    }

    void put(ByteBuffer more) {
        makeRoom(more.remaining());
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
        if (isEmpty() && bytes.capacity() > WORTH_KEEPING) {
            bytes = NONE;
        }
        return isEmpty();
    }

    private void makeRoom(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(SMALLEST, (bytes.position() + more) * 2);
            bytes = ByteBuffer.allocateDirect(size).put(bytes.flip());
        }
    }
}
