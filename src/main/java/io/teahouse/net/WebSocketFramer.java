package io.teahouse.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a WebSocket (RFC 6455). A message is one line; all complete messages of one read are passed on together.
 * Answers pings through the outbox, and sends the Close frame after all output. The first frame that breaks a rule ends
 * the input. There are no extensions.
 */
final class WebSocketFramer implements Framer {
    /** A ping without content. */
    static final ByteString PING = ByteString.fromInts(0x89, 0);

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NO_CODE = 1005;
    private static final int NOT_UTF8 = 1007;
    private static final int POLICY_VIOLATION = 1008;
    private static final int TOO_BIG = 1009;
    private static final int SERVICE_RESTART = 1012;

    /** The reason of a Close frame that says when to connect again, in seconds. */
    private static final String RETRY_AFTER = "retry-after ";

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING_CODE = 9;
    private static final int PONG_CODE = 10;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int SHORTEST_MEDIUM = 126;
    private static final int SHORTEST_LONG = 0x10000;
    private static final int KEY = 4;
    private static final int LONGEST_CONTROL = 125;
    private static final byte[] NOTHING = {};

    private final int maxLine;
    private final Outbox outbox;

    /** The beginning of an incomplete frame. */
    private byte[] begun = NOTHING;

    /** The fragments of an incomplete message, of which {@link #size} bytes are used. */
    private byte[] message = NOTHING;

    private int size;

    /** The opcode of the incomplete message; 0: there is none. */
    private int type;

    /** Whether the peer has closed, or has broken a rule: further input is dropped. */
    private boolean ended;

    /** The code of the Close frame to send; 0: it depends on how the connection ends. */
    private int code;

    private boolean farewellSaid;

    /** @param maxLine the longest message in bytes, without a line end */
    WebSocketFramer(int maxLine, Outbox outbox) {
        this.maxLine = maxLine;
        this.outbox = outbox;
    }

    @Override
    public void feed(ByteString read, Consumer<ClientActor.Command> client) {
        if (!ended) {
            new Read(joined(read), client).run();
        }
    }

    private byte[] joined(ByteString read) {
        byte[] bytes = read.toArrayUnsafe();
        if (begun.length == 0) {
            return bytes;
        }
        byte[] all = Arrays.copyOf(begun, begun.length + bytes.length);
        System.arraycopy(bytes, 0, all, begun.length, bytes.length);
        return all;
    }

    @Override
    public void end(Consumer<ClientActor.Command> client) {}

    @Override
    public int begun() {
        return begun.length + size;
    }

    @Override
    public ByteString farewell(Outbox.End how) {
        if (farewellSaid) {
            return ByteString.emptyByteString();
        }
        farewellSaid = true;
        if (code == 0 && how == Outbox.End.FINISHED_SOON && outbox.retryAfter().isPresent()) {
            String reason = RETRY_AFTER + outbox.retryAfter().get().toSeconds();
            return close(SERVICE_RESTART, reason.getBytes(US_ASCII));
        }
        int last = code != 0 ? code : code(how);
        return last == NO_CODE ? ByteString.fromInts(FIN | CLOSE, 0) : close(last, NOTHING);
    }

    private static ByteString close(int code, byte[] reason) {
        return ByteString.fromInts(FIN | CLOSE, 2 + reason.length, code >> 8, code & 0xFF)
                .concat(ByteString.fromArrayUnsafe(reason));
    }

    private static int code(Outbox.End how) {
        return switch (how) {
            case OPEN, FINISHED -> NORMAL;
            case FINISHED_SOON -> GOING_AWAY;
            case CUT_OFF, ABORTED -> POLICY_VIOLATION;
        };
    }

    /** The frames of one read. */
    private final class Read {
        private final byte[] bytes;
        private final Consumer<ClientActor.Command> client;

        /** The complete messages, each with LF after it. */
        private byte[] lines = NOTHING;

        private int linesSize;
        private byte @Nullable [] ping;
        private boolean ponged;

        Read(byte[] bytes, Consumer<ClientActor.Command> client) {
            this.bytes = bytes;
            this.client = client;
        }

        void run() {
            int at = 0;
            while (!ended) {
                int next = frame(at);
                if (next < 0) {
                    break;
                }
                at = next;
            }
            begun = ended || at == bytes.length ? NOTHING : Arrays.copyOfRange(bytes, at, bytes.length);
            if (ended) {
                message = NOTHING;
                size = 0;
            }
            passOn();
        }

        private void passOn() {
            if (linesSize > 0) {
                byte[] exact = linesSize == lines.length ? lines : Arrays.copyOf(lines, linesSize);
                client.accept(new ClientActor.Received(ByteString.fromArrayUnsafe(exact), true));
            }
            if (ponged) {
                client.accept(new ClientActor.Alive());
            }
            if (ping != null && !outbox.offer(pong(ping))) {
                client.accept(new ClientActor.Foreign("what is sent to it is not read fast enough"));
            }
            if (ended) {
                end();
            }
        }

        private void end() {
            switch (code) {
                case PROTOCOL_ERROR -> client.accept(new ClientActor.Foreign("a frame breaks the rules of WebSocket"));
                case NOT_UTF8 -> client.accept(new ClientActor.Foreign("a text frame is not valid UTF-8"));
                case TOO_BIG -> client.accept(new ClientActor.Overlong());
                default -> client.accept(new ClientActor.InputEnded());
            }
        }

        /** Processes the frame at this index. Returns the index of the next one; -1: it is incomplete or the last. */
        private int frame(int at) {
            if (bytes.length - at < 2) {
                return -1;
            }
            int first = bytes[at] & 0xFF;
            int second = bytes[at + 1] & 0xFF;
            int opcode = first & OPCODE;
            boolean control = opcode >= CLOSE;
            if ((first & RESERVED) != 0 || (second & MASKED) == 0 || !isExpected(opcode)) {
                return broken(PROTOCOL_ERROR);
            }
            int length = second & LENGTH;
            if (control && (length > LONGEST_CONTROL || (first & FIN) == 0)) {
                return broken(PROTOCOL_ERROR);
            }
            int key = at + 2;
            if (length >= SHORTEST_MEDIUM) {
                int width = length == SHORTEST_MEDIUM ? Short.BYTES : Long.BYTES;
                if (bytes.length - key < width) {
                    return -1;
                }
                long extended = number(key, width);
                if (extended < (width == Short.BYTES ? SHORTEST_MEDIUM : SHORTEST_LONG)) { // negative ones, too
                    return broken(PROTOCOL_ERROR);
                } else if (extended > maxLine + 2) {
                    return broken(TOO_BIG);
                }
                length = (int) extended;
                key += width;
            }
            if (!control && size + length > maxLine + 2) { // two for a line end
                return broken(TOO_BIG);
            }
            int end = key + KEY + length;
            if (bytes.length < end) {
                return -1;
            }
            if (control) {
                control(opcode, payload(key, length));
            } else {
                data(opcode, (first & FIN) != 0, key, length);
            }
            return end;
        }

        private boolean isExpected(int opcode) {
            return switch (opcode) {
                case CONTINUATION -> type != 0;
                case TEXT, BINARY -> type == 0;
                case CLOSE, PING_CODE, PONG_CODE -> true;
                default -> false;
            };
        }

        private int broken(int with) {
            ended = true;
            code = with;
            return -1;
        }

        private long number(int at, int width) {
            long number = 0;
            for (int i = 0; i < width; i++) {
                number = number << Byte.SIZE | (bytes[at + i] & 0xFF);
            }
            return number;
        }

        private byte[] payload(int key, int length) {
            byte[] payload = new byte[length];
            unmask(key, length, payload, 0);
            return payload;
        }

        private void unmask(int key, int length, byte[] to, int at) {
            int from = key + KEY;
            for (int i = 0; i < length; i++) {
                to[at + i] = (byte) (bytes[from + i] ^ bytes[key + (i & 3)]);
            }
        }

        private void control(int opcode, byte[] payload) {
            switch (opcode) {
                case PING_CODE -> ping = payload;
                case PONG_CODE -> ponged = true;
                default -> close(payload);
            }
        }

        /** The code goes back (RFC 6455 §5.5.1, §7.4). */
        private void close(byte[] payload) {
            ended = true;
            if (payload.length == 0) {
                code = NO_CODE;
                return;
            }
            int given = payload.length == 1 ? 0 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
            if (!mayBeSent(given)) {
                code = PROTOCOL_ERROR;
            } else {
                boolean readable = isUtf8(payload, Math.min(2, payload.length), payload.length);
                code = readable ? echoed(given) : NOT_UTF8;
            }
        }

        private void data(int opcode, boolean complete, int key, int length) {
            int started = type == 0 ? opcode : type;
            if (complete && type == 0) {
                int start = linesSize;
                room(length + 1);
                unmask(key, length, lines, start);
                line(started, start, start + length);
                return;
            }
            if (message.length < size + length) {
                message = Arrays.copyOf(message, Math.max(size + length, Math.min(2 * size, maxLine + 2)));
            }
            unmask(key, length, message, size);
            size += length;
            type = complete ? 0 : started;
            if (complete) {
                int start = linesSize;
                room(size + 1);
                System.arraycopy(message, 0, lines, start, size);
                int end = start + size;
                message = NOTHING;
                size = 0;
                line(started, start, end);
            }
        }

        private void room(int more) {
            if (lines.length < linesSize + more) {
                int rest = linesSize == 0 ? more : Math.max(more, bytes.length);
                lines = Arrays.copyOf(lines, linesSize + rest);
            }
        }

        /** Makes the bytes of a message in {@link #lines} one line; a line end after them is tolerated. */
        private void line(int started, int start, int end) {
            if (started == TEXT && !isUtf8(lines, start, end)) {
                broken(NOT_UTF8);
                return;
            }
            int last = end;
            if (last > start && lines[last - 1] == '\n') {
                last--;
                last -= last > start && lines[last - 1] == '\r' ? 1 : 0;
            }
            if (last - start > maxLine) {
                broken(TOO_BIG);
            } else if (last > start) {
                for (int i = start; i < last; i++) {
                    lines[i] = lines[i] == '\n' ? (byte) ' ' : lines[i];
                }
                lines[last] = '\n';
                linesSize = last + 1;
            }
        }
    }

    private static ByteString pong(byte[] payload) {
        byte[] frame = new byte[2 + payload.length];
        frame[0] = (byte) (FIN | PONG_CODE);
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return ByteString.fromArrayUnsafe(frame);
    }

    /** Whether a peer may give that code in a Close frame (RFC 6455 §7.4, and the registry of IANA). */
    private static boolean mayBeSent(int given) {
        return (given >= 1000 && given <= 1014 && given != 1004 && given != 1005 && given != 1006)
                || (given >= 3000 && given <= 4999);
    }

    /** The three codes that tell of an error of the peer mean something else when they go back. */
    private static int echoed(int given) {
        return given == PROTOCOL_ERROR || given == NOT_UTF8 || given == TOO_BIG ? NORMAL : given;
    }

    private static boolean isUtf8(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, i, to - i));
                    return true;
                } catch (CharacterCodingException e) {
                    return false;
                }
            }
        }
        return true;
    }
}
