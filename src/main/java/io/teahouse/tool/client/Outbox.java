package io.teahouse.tool.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/** The bytes that a connection still has to send: a direct buffer that grows, and is dropped after a long backlog is sent. */
public final class Outbox {
    private static final int SMALLEST = 256;
    private static final int LARGEST_KEPT = 64 * 1024;
    private static final int FRAME_HEAD = 8;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int MEDIUM = 126;
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

    /**
     * Adds a frame as the client of a WebSocket sends it: a complete message, masked by a random key (RFC 6455 §5.2, §5.3).
     *
     * @param opcode of §11.8: 1 is text, 10 a pong
     * @param first the beginning of the payload, which has at most 65,535 bytes
     * @param rest its end
     */
    public void putFrame(int opcode, byte[] first, byte[] rest) {
        int size = first.length + rest.length;
        reserve(FRAME_HEAD + size);
        bytes.put((byte) (FIN | opcode));
        if (size < MEDIUM) {
            bytes.put((byte) (MASKED | size));
        } else {
            bytes.put((byte) (MASKED | MEDIUM)).putShort((short) size);
        }
        int key = ThreadLocalRandom.current().nextInt();
        bytes.putInt(key);
        putMasked(first, key, 0);
        putMasked(rest, key, first.length);
    }

    private void putMasked(byte[] payload, int key, int offset) {
        for (int i = 0; i < payload.length; i++) {
            int shift = Byte.SIZE * (3 - ((offset + i) & 3));
            bytes.put((byte) (payload[i] ^ (key >>> shift)));
        }
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
