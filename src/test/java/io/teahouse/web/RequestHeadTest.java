package io.teahouse.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static ByteString bytes(String text) {
        return ByteString.fromArray(text.getBytes(ISO_8859_1));
    }

    /** The first result that is not {@code Incomplete}, if it comes in pieces of this size. */
    private static RequestHead.Reading read(String text, int piece) {
        RequestHead.Reader reader = new RequestHead.Reader();
        RequestHead.Reading reading = new RequestHead.Incomplete();
        for (int i = 0; i < text.length() && reading instanceof RequestHead.Incomplete; i += piece) {
            reading = reader.read(bytes(text.substring(i, Math.min(text.length(), i + piece))));
        }
        return reading;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void aHeadMayComeInPieces(int piece) {
        String text = "GET /irc?a HTTP/1.1\r\nHost: a\nX-Y:  z \r\n\r\n";
        assertThat(read(text, piece)).isInstanceOfSatisfying(RequestHead.Complete.class, complete -> {
            assertThat(complete.head().method()).isEqualTo("GET");
            assertThat(complete.head().path()).isEqualTo("/irc");
            assertThat(complete.head().only("host")).contains("a");
            assertThat(complete.head().only("x-y")).contains("z");
            assertThat(complete.received()).isEqualTo(bytes(text));
            assertThat(complete.size()).isEqualTo(text.length());
        });
    }

    @Test
    void whatFollowsIsNotPartOfIt() {
        String head = "GET / HTTP/1.1\nHost: a\n\n";
        assertThat(read(head + "frames", 1000)).isInstanceOfSatisfying(RequestHead.Complete.class, complete -> {
            assertThat(complete.size()).isEqualTo(head.length());
            assertThat(complete.received()).isEqualTo(bytes(head + "frames"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "\n",
                " GET",
                "\u0016\u0003\u0001",
                "NICK ann\r\n",
                "GET\r\n",
                "GET / HTTP/3.0\r\n",
                "GET / HTTP/1.1\r\n x: y\r\n\r\n",
                "\u00e9"
            })
    void otherProtocolsAreRecognized(String text) {
        assertThat(read(text, 1)).isInstanceOf(RequestHead.Malformed.class);
        assertThat(read(text, 1000)).isInstanceOf(RequestHead.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 100_000})
    void theLengthIsLimited(int piece) {
        String before = "GET / HTTP/1.1\r\nX: ";
        String longest = before + "y".repeat(RequestHead.LONGEST - before.length() - 4) + "\r\n\r\n";
        assertThat(read(longest, piece)).isInstanceOf(RequestHead.Complete.class);
        assertThat(read(longest.replace("X: ", "X: y"), piece)).isInstanceOf(RequestHead.TooLong.class);
        assertThat(read("GET".repeat(10_000), piece)).isInstanceOf(RequestHead.TooLong.class);
    }

    /** It took a second and more when each piece was read from the beginning. */
    @Test
    void eachByteIsReadOnce() {
        char[] lines = new char[RequestHead.LONGEST - 20];
        Arrays.fill(lines, 'x');
        String text = "GET / HTTP/1.1\r\n" + new String(lines);
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < 20; i++) {
            assertThat(read(text, 1)).isInstanceOf(RequestHead.Incomplete.class);
        }
        assertThat(THREADS.getCurrentThreadCpuTime() - start).isLessThan(1_000_000_000L);
    }
}
