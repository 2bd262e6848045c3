package io.teahouse.net;

import akka.util.ByteString;
import akka.util.ByteStringBuilder;
import io.teahouse.client.ClientActor;
import java.util.function.Consumer;

/**
 * Lines as terminals and telnet clients send them: ended by LF, CR LF or CR NUL (RFC 854), or, until the first LF has
 * come, by CR alone. Each of these becomes one LF for a {@link LineFramer}. A client that sends LF does not end lines
 * by CR alone.
 */
final class TerminalFramer implements Framer {
    private static final ByteString RETURN = ByteString.fromInts('\r');

    private final LineFramer lines;

    /** Whether the client has sent an LF. */
    private boolean sendsLineFeeds;

    /** Whether the last byte was a CR that ended a line: an LF or NUL after it is part of that end. */
    private boolean afterReturn;

    /** Whether the last byte was a CR that ends a line only if NUL follows. */
    private boolean heldReturn;

    /** @param maxLine the longest line in bytes, without its end mark */
    TerminalFramer(int maxLine) {
        this.lines = new LineFramer(maxLine);
    }

    @Override
    public void feed(ByteString read, Consumer<ClientActor.Command> client) {
        boolean plain = read.indexOf((byte) '\r') < 0 && !afterReturn && !heldReturn;
        sendsLineFeeds |= plain && read.indexOf((byte) '\n') >= 0;
        ByteString bytes = plain ? read : withLineFeeds(read);
        if (bytes.nonEmpty()) {
            lines.feed(bytes, client);
        }
    }

    private ByteString withLineFeeds(ByteString read) {
        ByteStringBuilder bytes = new ByteStringBuilder();
        for (int i = 0; i < read.size(); i++) {
            byte b = read.apply(i);
            if (heldReturn) {
                heldReturn = false;
                afterReturn = b == 0;
                bytes.putByte(b == 0 || b == '\n' ? (byte) '\n' : (byte) '\r');
                if (b == 0 || b == '\n') {
                    continue;
                }
            }
            next(b, bytes);
        }
        return bytes.result();
    }

    private void next(byte b, ByteStringBuilder bytes) {
        boolean belongs = afterReturn && (b == '\n' || b == '\r' || b == 0);
        sendsLineFeeds |= b == '\n';
        afterReturn = belongs && b != '\n';
        if (belongs) {
            return;
        } else if (b == '\r' && sendsLineFeeds) {
            heldReturn = true;
        } else if (b == '\r') {
            afterReturn = true;
            bytes.putByte((byte) '\n');
        } else {
            bytes.putByte(b);
        }
    }

    @Override
    public void end(Consumer<ClientActor.Command> client) {
        if (heldReturn) {
            heldReturn = false;
            lines.feed(RETURN, client);
        }
        lines.end(client);
    }

    @Override
    public int begun() {
        return lines.begun();
    }
}
