package io.teahouse.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.teahouse.client.ClientActor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes of a connection become the same lines, however the network cuts them. */
class FramersFuzzerTest {
    private static final int MAX = 64;

    /** What the guard keeps of a first line. */
    private static final int GUARDED = 2 * 1024;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "\0ann\nhi\n",
                        "\2ann\r\nhi\r\nbye",
                        "\1ann\rhi\r\0bye\r\n",
                        "\7GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                        "\3" + "x".repeat(MAX + 1) + "\n" + "y".repeat(MAX) + "\r\nz\n")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    /** @param sent the size of a read less one, then what is read */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void readsOfAnySizeGiveTheSameLines(byte[] sent) {
        if (sent.length < 2) {
            return;
        }
        ByteString input = ByteString.fromArray(sent).drop(1);
        int piece = 1 + (sent[0] & 0xFF);
        assertThat(lines(new LineFramer(MAX), input, piece, MAX + 1))
                .isEqualTo(lines(new LineFramer(MAX), input, input.size(), MAX + 1));
        assertThat(lines(new TerminalFramer(MAX), input, piece, MAX + 1))
                .isEqualTo(lines(new TerminalFramer(MAX), input, input.size(), MAX + 1));
        for (Framing framing : Framing.values()) {
            lines(framing.framer(MAX), input, piece, MAX + 1 + GUARDED);
        }
    }

    /** Each line as an element, an overlong one as {@code !}, a client of another protocol as {@code ?}. */
    private static List<String> lines(Framer framer, ByteString input, int piece, int mostKept) {
        List<String> lines = new ArrayList<>();
        for (ByteString rest = input; rest.nonEmpty(); rest = rest.drop(piece)) {
            framer.feed(rest.take(piece), command -> add(command, lines));
            assertThat(framer.begun()).as("bytes that are kept").isLessThanOrEqualTo(mostKept);
        }
        framer.end(command -> add(command, lines));
        return lines;
    }

    private static void add(ClientActor.Command command, List<String> lines) {
        if (command instanceof ClientActor.Received received) {
            String text = received.lines().decodeString(ISO_8859_1);
            assertThat(text).endsWith("\n");
            for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
                assertThat(line).hasSizeLessThanOrEqualTo(MAX + 1);
                lines.add(line);
            }
        } else {
            lines.add(command instanceof ClientActor.Overlong ? "!" : "?");
        }
    }
}
