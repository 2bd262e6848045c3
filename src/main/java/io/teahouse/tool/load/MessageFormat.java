package io.teahouse.tool.load;

import io.teahouse.tool.client.Outbox;
import io.teahouse.tool.client.WebSocketSession;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the messages of one run, all of the same length: a reader can then look for the header at a fixed distance
 * from the end of the line.
 */
final class MessageFormat {
    /** The kind of a message that only asks who can hear it; it is counted nowhere. */
    static final char PROBE = 'P';

    private final MessageHeader header;
    private final int bytes;
    private final byte[] line;

    MessageFormat(MessageHeader header, int bytes, String lineEnd) {
        this.header = header;
        this.bytes = bytes;
        byte[] end = lineEnd.getBytes(StandardCharsets.US_ASCII);
        line = new byte[bytes + end.length];
        Arrays.fill(line, (byte) 'x');
        System.arraycopy(end, 0, line, bytes, end.length);
    }

    MessageHeader header() {
        return header;
    }

    /** Bytes of text in a message, the line's end not counted. */
    int bytes() {
        return bytes;
    }

    /** Puts one message of {@code client} in its outbox. Sending is up to the caller. */
    void compose(Client client, char kind, long nanos) {
        header.write(line, kind, client.id(), client.seq, nanos);
        Outbox outbox = client.connection().outbox();
        if (client.connection().isFramed()) {
            outbox.putFrame(WebSocketSession.TEXT, client.prefix(), line);
        } else {
            outbox.put(client.prefix());
            outbox.put(line);
        }
        if (kind != PROBE) {
            client.seq++;
        }
    }
}
