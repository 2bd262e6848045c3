package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.Outbox;
import io.teahouse.room.support.Rounds;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Collection;

/**
 * Writes the content of an outbox directly to its socket at the end of the round, not through the stream. Bytes that
 * the socket does not take are left to the stream, and so are errors and the end of the connection.
 *
 * <p>There are never two writers: an open outbox wakes its stage only when the stream has written all bytes that it took
 * ({@link Outbox#take}), and one that has ended is written by the stream. Runs on the thread of its stream.
 */
final class SocketWriter implements Outbox.Stage, Runnable, Outbox.Sink {
    private final SocketChannel socket;
    private final Outbox outbox;
    private final Outbox.Stage stream;
    private final Thread thread = Thread.currentThread();
    private final WriteBuffer buffer = WriteBuffer.ofThread();

    /** @param stream the stage of the stream */
    SocketWriter(SocketChannel socket, Outbox outbox, Outbox.Stage stream) {
        this.socket = socket;
        this.outbox = outbox;
        this.stream = stream;
    }

    @Override
    public void wake() {
        if (Thread.currentThread() != thread || !Rounds.runAtEnd(this, 0)) {
            stream.wake();
        }
    }

    /** At the end of the round. */
    @Override
    public void run() {
        boolean done = false;
        try {
            done = outbox.writeTo(this);
        } catch (IOException e) { // the stream finds the same error when it writes
        } finally {
            if (!done) {
                stream.wake();
            }
        }
    }

    @Override
    public int write(ByteString first, Collection<ByteString> rest) throws IOException {
        return buffer.write(socket, first, rest);
    }
}
