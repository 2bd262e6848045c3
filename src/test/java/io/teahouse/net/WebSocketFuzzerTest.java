package io.teahouse.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of a WebSocket, or what claims to be some. */
class WebSocketFuzzerTest {
    private static final int MAX = 300;
    private static final int LONGEST_HEADER = 14;
    private static final int QUEUE = 1 << 20;
    private static final int FIN = 0x80;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int MEDIUM = 126;

    static Stream<byte[]> seeds() {
        return Stream.of(
                frames(frame(FIN | 1, "NICK ann"), frame(FIN | 2, "USER ann 0 * :x\r\n")),
                frames(frame(1, "PRIVMSG "), frame(FIN | 9, "ping"), frame(0, "#tea "), frame(FIN, ":hi")),
                frames(frame(FIN | 10, ""), frame(FIN | 8, "\3\u00e8bye"), frame(FIN | 1, "late")),
                frames(frame(FIN | 1, "x".repeat(MAX)), frame(FIN | 2, "x".repeat(MAX + 3))),
                frames(frame(FIN | 1, "\u00ff")),
                frames(new byte[] {(byte) 0x81, (byte) 0xFF, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0}));
    }

    private static byte[] frame(int first, String payload) {
        byte[] bytes = payload.getBytes(ISO_8859_1);
        byte[] key = {1, 2, 3, 4};
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (bytes.length < MEDIUM) {
            frame.write(MASKED | bytes.length);
        } else {
            frame.writeBytes(new byte[] {(byte) (MASKED | MEDIUM), (byte) (bytes.length >> 8), (byte) bytes.length});
        }
        frame.writeBytes(key);
        for (int i = 0; i < bytes.length; i++) {
            frame.write(bytes[i] ^ key[i % key.length]);
        }
        return frame.toByteArray();
    }

    private static byte[] frames(byte[]... frames) {
        ByteString all = ByteString.fromInts(4);
        for (byte[] frame : frames) {
            all = all.concat(ByteString.fromArray(frame));
        }
        return all.toArray();
    }

    /** @param sent the size of a read less one, then what is read */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void readsOfAnySizeGiveTheSameLines(byte[] sent) {
        if (sent.length < 2) {
            return;
        }
        ByteString input = ByteString.fromArray(sent).drop(1);
        assertThat(outcome(input, 1 + (sent[0] & 0xFF))).isEqualTo(outcome(input, input.size()));
    }

    /** The lines, then why there will be no more, then the Close frame. */
    private static List<String> outcome(ByteString input, int piece) {
        WebSocketFramer framer = new WebSocketFramer(MAX, new Outbox(QUEUE));
        StringBuilder lines = new StringBuilder();
        List<String> ends = new ArrayList<>();
        for (ByteString rest = input; rest.nonEmpty(); rest = rest.drop(piece)) {
            framer.feed(rest.take(piece), command -> {
                if (command instanceof ClientActor.Received received) {
                    assertThat(ends).as("why there should be no more").isEmpty();
                    lines.append(received.lines().decodeString(ISO_8859_1));
                } else if (!(command instanceof ClientActor.Alive)) {
                    ends.add(command.toString());
                }
            });
            assertThat(framer.begun()).isLessThanOrEqualTo(2 * (MAX + 2) + LONGEST_HEADER);
        }
        framer.end(command -> {});
        assertThat(lines.toString())
                .satisfiesAnyOf(
                        none -> assertThat(none).isEmpty(),
                        some -> assertThat(some)
                                .endsWith("\n")
                                .doesNotStartWith("\n")
                                .doesNotContain("\n\n"));
        assertThat(lines.toString().lines()).allMatch(line -> line.length() <= MAX);
        assertThat(ends).hasSizeLessThanOrEqualTo(1);
        ByteString farewell = framer.farewell(Outbox.End.FINISHED);
        assertThat(farewell.apply(0) & 0xFF).isEqualTo(CLOSE);
        assertThat(farewell.size()).isEqualTo(2 + farewell.apply(1));
        ends.add(farewell.toString());
        ends.add(0, lines.toString());
        return ends;
    }
}
