package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import java.util.function.Consumer;

/**
 * For clients that send no line ends: one read is one message. If the first read ends with a line end, the client sends
 * lines after all, and its input is cut at line ends from then on.
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
            client.accept(new ClientActor.Received(FrameFramer.line(read, read.size()), false));
        }
    }

    private static boolean isLineEnd(byte last) {
        return last == '\n' || last == '\r';
    }

    /** CR NUL (RFC 854). */
    private static boolean isTelnetsEnd(ByteString read) {
        return read.size() > 1 && read.apply(read.size() - 1) == 0 && read.apply(read.size() - 2) == '\r';
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
