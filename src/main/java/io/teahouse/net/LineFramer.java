package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import java.util.function.Consumer;

/**
 * Lines, ended by LF or CRLF. All complete lines of one read are one message. A line that is too long is reported once
 * and dropped up to its end; a line without an end when the peer closes counts as a line.
 */
final class LineFramer implements Framer {
    private static final ByteString LINE_END = ByteString.fromString("\n");
    private static final ByteString NOTHING = ByteString.emptyByteString();

    private final int maxLine;
    private ByteString begun = NOTHING;
    private boolean dropping;

    /** @param maxLine the longest line in bytes, without its end mark */
    LineFramer(int maxLine) {
        this.maxLine = maxLine;
    }

    @Override
    public void feed(ByteString read, Consumer<ClientActor.Command> client) {
        ByteString bytes = begun.isEmpty() ? read : begun.concat(read).compact();
        int searched = begun.size();
        begun = NOTHING;
        int start = 0;
        if (bytes.size() > maxLine || dropping) {
            start = checkEach(bytes, client);
        }
        int last = lastLineEnd(bytes, Math.max(start, searched));
        if (last >= start) {
            client.accept(new ClientActor.Received(bytes.slice(start, last + 1), true));
            start = last + 1;
        }
        keep(bytes.drop(start), client);
    }

    /** Passes on all complete lines up to the last one that is too long; returns the index of the rest. */
    private int checkEach(ByteString bytes, Consumer<ClientActor.Command> client) {
        int good = 0;
        int start = 0;
        for (int i = 0; i < bytes.size(); i++) {
            if (bytes.apply(i) != '\n') {
                continue;
            }
            if (dropping || contentEnd(bytes, start, i) - start > maxLine) {
                if (start > good) {
                    client.accept(new ClientActor.Received(bytes.slice(good, start), true));
                }
                if (!dropping) {
                    client.accept(new ClientActor.Overlong());
                }
                dropping = false;
                good = i + 1;
            }
            start = i + 1;
        }
        return good;
    }

    private static int contentEnd(ByteString bytes, int start, int lf) {
        return lf > start && bytes.apply(lf - 1) == '\r' ? lf - 1 : lf;
    }

    private static int lastLineEnd(ByteString bytes, int from) {
        for (int i = bytes.size() - 1; i >= from; i--) {
            if (bytes.apply(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void keep(ByteString rest, Consumer<ClientActor.Command> client) {
        if (dropping) {
            return;
        }
        if (rest.size() > maxLine + 1) { // one for the CR of a CRLF that is not complete
            dropping = true;
            client.accept(new ClientActor.Overlong());
        } else if (rest.nonEmpty()) {
            begun = rest.compact();
        }
    }

    @Override
    public void end(Consumer<ClientActor.Command> client) {
        if (begun.nonEmpty()) {
            client.accept(new ClientActor.Received(begun.concat(LINE_END), false));
            begun = NOTHING;
        }
    }

    @Override
    public int begun() {
        return begun.size();
    }
}
