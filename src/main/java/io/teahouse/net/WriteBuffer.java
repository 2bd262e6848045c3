package io.teahouse.net;

import akka.util.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.Optional;

/**
 * The off-heap buffer through which the connections of one thread write. It remembers the last bytes: an event that is
 * rendered once for many clients is also copied here only once for consecutive writes.
 */
final class WriteBuffer {
    private static final int SIZE = 128 * 1024;
    private static final ThreadLocal<WriteBuffer> OF_THREAD = ThreadLocal.withInitial(WriteBuffer::new);

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);

    /** The content of the buffer. */
    private Optional<ByteString> loaded = Optional.empty();

    private WriteBuffer() {}

    /** The buffer of the calling thread. */
    static WriteBuffer ofThread() {
        return OF_THREAD.get();
    }

    /**
     * Writes once, as many bytes as fit into the buffer.
     *
     * @return the number of written bytes
     */
    @SuppressWarnings("ReferenceEquality") // comparing the bytes would take as long as copying them
    int write(WritableByteChannel channel, ByteString first, Collection<ByteString> rest) throws IOException {
        if (rest.isEmpty() && loaded.isPresent() && loaded.get() == first) {
            buffer.rewind();
        } else {
            load(first, rest);
        }
        return channel.write(buffer);
    }

    private void load(ByteString first, Collection<ByteString> rest) {
        buffer.clear();
        int copied = first.copyToBuffer(buffer);
        for (ByteString next : rest) {
            if (!buffer.hasRemaining()) {
                break;
            }
            next.copyToBuffer(buffer);
        }
        buffer.flip();
        loaded = rest.isEmpty() && copied == first.size() ? Optional.of(first) : Optional.empty();
    }
}
