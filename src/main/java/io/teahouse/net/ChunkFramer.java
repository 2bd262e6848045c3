package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import java.util.function.Consumer;

/**
 * For clients that send no line ends: one read is one message. A client whose first read ends with a line end is one
 * that sends lines after all, and is treated so from then on.
 */
final class ChunkFramer implements Framer {
    private final int maxLine;
    private final TerminalFramer lines;
    private boolean first = true;
    private boolean sendsLines;

    /** @param maxLine the longest message in bytes */
    ChunkFramer(int maxLine) {
        this.maxLine = maxLine;
        this.lines = new TerminalFramer(maxLine);
    }

    @Override
    public void feed(ByteString read, Consumer<ClientActor.Command> client) {
        if (first) {
            first = false;
            sendsLines = isLineEnd(read.apply(read.size() - 1)) || isTelnetsEnd(read);
        }
        if (sendsLines) {
            lines.feed(read, client);
        } else if (read.size() > maxLine) {
            client.accept(new ClientActor.Overlong());
        } else {
            client.accept(new ClientActor.Received(oneLine(read), false));
        }
    }

    private static boolean isLineEnd(byte last) {
        return last == '\n' || last == '\r';
    }

    /** CR NUL (RFC 854). */
    private static boolean isTelnetsEnd(ByteString read) {
        return read.size() > 1 && read.apply(read.size() - 1) == 0 && read.apply(read.size() - 2) == '\r';
    }

    /** A line end within a message would make two of it. */
    private static ByteString oneLine(ByteString read) {
        byte[] bytes = new byte[read.size() + 1];
        for (int i = 0; i < read.size(); i++) {
            byte b = read.apply(i);
            bytes[i] = b == '\n' ? (byte) ' ' : b;
        }
        bytes[read.size()] = '\n';
        return ByteString.fromArrayUnsafe(bytes);
    }

    @Override
    public void end(Consumer<ClientActor.Command> client) {
        lines.end(client);
    }

    @Override
    public int begun() {
        return lines.begun();
    }
}
