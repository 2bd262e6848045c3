package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import java.util.function.Consumer;

/**
 * For transports with messages of their own: one element is one line. A line end after it is tolerated; one within it
 * becomes a space, since it would make two lines.
 */
final class FrameFramer implements Framer {
    private final int maxLine;

    /** @param maxLine the longest line in bytes */
    FrameFramer(int maxLine) {
        this.maxLine = maxLine;
    }

    @Override
    public void feed(ByteString frame, Consumer<ClientActor.Command> client) {
        int size = contentSize(frame);
        if (size > maxLine) {
            client.accept(new ClientActor.Overlong());
        } else if (size > 0) {
            client.accept(new ClientActor.Received(line(frame, size), true));
        }
    }

    private static int contentSize(ByteString frame) {
        int size = frame.size();
        if (size > 0 && frame.apply(size - 1) == '\n') {
            size--;
            size -= size > 0 && frame.apply(size - 1) == '\r' ? 1 : 0;
        }
        return size;
    }

    /** The first {@code size} bytes as one line with its end. */
    static ByteString line(ByteString frame, int size) {
        byte[] bytes = new byte[size + 1];
        for (int i = 0; i < size; i++) {
            byte b = frame.apply(i);
            bytes[i] = b == '\n' ? (byte) ' ' : b;
        }
        bytes[size] = '\n';
        return ByteString.fromArrayUnsafe(bytes);
    }

    @Override
    public void end(Consumer<ClientActor.Command> client) {}

    @Override
    public int begun() {
        return 0;
    }
}
