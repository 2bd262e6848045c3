package io.teahouse.server;

import static io.teahouse.server.WebPeer.BINARY;
import static io.teahouse.server.WebPeer.CLOSE;
import static io.teahouse.server.WebPeer.FIN;
import static io.teahouse.server.WebPeer.PING;
import static io.teahouse.server.WebPeer.PONG;
import static io.teahouse.server.WebPeer.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that a peer may send, and what the server makes of them (RFC 6455 §5 to §8). */
class WebSocketFramesTest {
    private static final int MORE = 0; // FIN is not set
    private static final int CONTINUATION = 0;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;
    private static final int TOO_BIG = 1009;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start("teahouse.flood.enabled = off");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // Making input

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            all.writeBytes(part instanceof String hex ? HexFormat.of().parseHex(hex.replace(" ", "")) : (byte[]) part);
        }
        return all.toByteArray();
    }

    private static byte[] frame(int first, String text) {
        return WebPeer.frame(first, text.getBytes(UTF_8));
    }

    /** A frame whose payload is given in hex. */
    private static byte[] raw(int first, String hex) {
        return WebPeer.frame(first, bytes(hex));
    }

    private static byte[] close(int code) {
        return WebPeer.frame(
                FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    private static byte[] ping(String token) {
        return frame(FIN | TEXT, "PING " + token);
    }

    // Input that ends the connection

    static Stream<Arguments> brokenInput() {
        List<Arguments> cases = new ArrayList<>();
        for (int bits : new int[] {0x40, 0x20, 0x10, 0x70}) {
            add(cases, "reserved bits " + bits + " of a text", PROTOCOL_ERROR, frame(FIN | bits | TEXT, "PING a"));
        }
        add(cases, "reserved bit of a ping", PROTOCOL_ERROR, frame(FIN | 0x40 | PING, ""));
        add(cases, "reserved bit of a close", PROTOCOL_ERROR, frame(FIN | 0x20 | CLOSE, ""));
        add(
                cases,
                "reserved bit of a continuation",
                PROTOCOL_ERROR,
                frame(MORE | TEXT, "PING"),
                frame(FIN | 0x40 | CONTINUATION, " a"));
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            add(cases, "reserved opcode " + opcode, PROTOCOL_ERROR, frame(FIN | opcode, ""));
        }
        add(cases, "a text without mask", PROTOCOL_ERROR, bytes("81 06", "PING a".getBytes(UTF_8)));
        add(cases, "a ping without mask", PROTOCOL_ERROR, bytes("89 00"));
        add(cases, "a close without mask", PROTOCOL_ERROR, bytes("88 00"));
        add(cases, "a fragmented ping", PROTOCOL_ERROR, frame(MORE | PING, "a"));
        add(cases, "a fragmented pong", PROTOCOL_ERROR, frame(MORE | PONG, "a"));
        add(cases, "a fragmented close", PROTOCOL_ERROR, frame(MORE | CLOSE, ""));
        add(cases, "a ping of 126 bytes", PROTOCOL_ERROR, frame(FIN | PING, "x".repeat(126)));
        add(cases, "a pong of 126 bytes", PROTOCOL_ERROR, frame(FIN | PONG, "x".repeat(126)));
        add(cases, "a close of 126 bytes", PROTOCOL_ERROR, frame(FIN | CLOSE, "x".repeat(126)));
        add(cases, "a ping with a length of 64 bits", PROTOCOL_ERROR, bytes("89 ff 0000000000010000 00000000"));
        add(cases, "a continuation of nothing", PROTOCOL_ERROR, frame(MORE | CONTINUATION, "PING a"));
        add(cases, "the end of nothing", PROTOCOL_ERROR, frame(FIN | CONTINUATION, "PING a"));
        add(
                cases,
                "a continuation after the end",
                PROTOCOL_ERROR,
                frame(MORE | TEXT, "PING"),
                frame(FIN | CONTINUATION, " a"),
                frame(FIN | CONTINUATION, " b"));
        add(cases, "a text within a text", PROTOCOL_ERROR, frame(MORE | TEXT, "PING"), frame(FIN | TEXT, " a"));
        add(cases, "a binary within a text", PROTOCOL_ERROR, frame(MORE | TEXT, "PING"), frame(FIN | BINARY, " a"));
        add(cases, "a text within a binary", PROTOCOL_ERROR, frame(MORE | BINARY, "PING"), frame(MORE | TEXT, " a"));
        add(cases, "0 in 16 bits", PROTOCOL_ERROR, bytes("81 fe 0000 00000000"));
        add(cases, "125 in 16 bits", PROTOCOL_ERROR, bytes("81 fe 007d 00000000"));
        add(cases, "6 in 64 bits", PROTOCOL_ERROR, bytes("81 ff 0000000000000006 00000000"));
        add(cases, "65535 in 64 bits", PROTOCOL_ERROR, bytes("81 ff 000000000000ffff 00000000"));
        add(cases, "a negative length", PROTOCOL_ERROR, bytes("81 ff 8000000000000000 00000000"));
        add(cases, "a length of only ones", PROTOCOL_ERROR, bytes("81 ff ffffffffffffffff 00000000"));
        add(cases, "a close of one byte", PROTOCOL_ERROR, raw(FIN | CLOSE, "03"));
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535}) {
            add(cases, "the close code " + code, PROTOCOL_ERROR, close(code));
        }
        for (String invalid : List.of(
                "80",
                "c080",
                "e08080",
                "eda080",
                "edbfbf",
                "f08080af",
                "f4908080",
                "f888808080",
                "fe",
                "ff",
                "c3",
                "e282",
                "f09f98",
                "c328")) {
            add(cases, "malformed UTF-8 " + invalid, NOT_UTF8, raw(FIN | TEXT, "50494e4720" + invalid));
        }
        add(
                cases,
                "malformed UTF-8 in a later fragment",
                NOT_UTF8,
                frame(MORE | TEXT, "PING "),
                raw(FIN | CONTINUATION, "ff"));
        add(
                cases,
                "UTF-8 that another fragment does not continue",
                NOT_UTF8,
                raw(MORE | TEXT, "50494e4720 e2"),
                raw(FIN | CONTINUATION, "61"));
        add(cases, "a reason that is not UTF-8", NOT_UTF8, raw(FIN | CLOSE, "03e8 ff"));
        add(cases, "a text of 64 KiB", TOO_BIG, frame(FIN | TEXT, "x".repeat(65536)));
        add(cases, "an announced text of 65535 bytes", TOO_BIG, bytes("81 fe ffff 00000000"));
        add(cases, "an announced text of 4 GiB", TOO_BIG, bytes("81 ff 0000000100000000 00000000"));
        add(cases, "the greatest length", TOO_BIG, bytes("82 ff 7fffffffffffffff 00000000"));
        add(
                cases,
                "fragments that are too long together",
                TOO_BIG,
                frame(MORE | TEXT, "x".repeat(6000)),
                frame(MORE | CONTINUATION, "x".repeat(6000)));
        return cases.stream();
    }

    private static void add(List<Arguments> cases, String name, int code, byte[]... input) {
        cases.add(Arguments.of(name, bytes((Object[]) input), code));
    }

    /** What came before the mistake is still answered. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenInput")
    void aMistakeEndsTheConnectionWithItsCode(String name, byte[] input, int code) {
        try (WebPeer peer = WebPeer.open(server.port("web"), "text.ircv3.net")) {
            peer.send(bytes(ping("before"), input, ping("after")));
            List<WebPeer.Frame> frames = peer.untilFrame(CLOSE);
            assertThat(frames.get(frames.size() - 1).code()).isEqualTo(code);
            assertThat(frames.get(0).text()).endsWith("before");
            assertThat(frames).noneMatch(frame -> frame.text().endsWith("after"));
            peer.expectEnd();
        }
    }

    // Input that is fine

    static Stream<Arguments> fineInput() {
        List<Arguments> cases = new ArrayList<>();
        fine(cases, "a text", List.of("a"), ping("a"));
        fine(cases, "a binary frame where text was agreed", List.of("a"), frame(FIN | BINARY, "PING a"));
        fine(cases, "two in one write", List.of("a", "b"), ping("a"), ping("b"));
        fine(cases, "two fragments", List.of("a"), frame(MORE | TEXT, "PI"), frame(FIN | CONTINUATION, "NG a"));
        fine(
                cases,
                "empty fragments",
                List.of("a"),
                frame(MORE | TEXT, ""),
                frame(MORE | CONTINUATION, "PING a"),
                frame(MORE | CONTINUATION, ""),
                frame(FIN | CONTINUATION, ""));
        fine(
                cases,
                "a pong between fragments",
                List.of("a"),
                frame(MORE | TEXT, "PING "),
                frame(FIN | PONG, "x"),
                frame(FIN | CONTINUATION, "a"));
        fine(cases, "a pong that nobody asked for", List.of("a"), frame(FIN | PONG, "x"), ping("a"));
        fine(cases, "a length of 16 bits", List.of("x".repeat(300)), ping("x".repeat(300)));
        fine(cases, "an empty message", List.of("a"), frame(FIN | TEXT, ""), ping("a"));
        fine(cases, "only a line end", List.of("a"), frame(FIN | TEXT, "\r\n"), ping("a"));
        fine(cases, "a CRLF after the line", List.of("a"), ping("a\r\n"));
        fine(cases, "an LF after the line", List.of("a"), ping("a\n"));
        fine(cases, "an LF in the line", List.of("a NICK b"), ping(":a\nNICK b"));
        fine(cases, "a CR in the line", List.of("a NICK b"), ping(":a\rNICK b"));
        fine(cases, "a key of zeros", List.of("a"), bytes("81 86 00000000", "PING a".getBytes(UTF_8)));
        fine(
                cases,
                "a character in two fragments",
                List.of("é"),
                raw(MORE | TEXT, "50494e4720c3"),
                raw(FIN | CONTINUATION, "a9"));
        fine(
                cases,
                "a character in four fragments",
                List.of("\uD83D\uDE00"),
                raw(MORE | TEXT, "50494e4720f0"),
                raw(MORE | CONTINUATION, "9f"),
                raw(MORE | CONTINUATION, "98"),
                raw(FIN | CONTINUATION, "80"));
        return cases.stream();
    }

    private static void fine(List<Arguments> cases, String name, List<String> tokens, byte[]... input) {
        cases.add(Arguments.of(name, bytes((Object[]) input), tokens));
    }

    private static void expectPongs(WebPeer peer, List<String> tokens) {
        for (String token : tokens) {
            assertThat(peer.frame().text()).endsWith(":" + token);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fineInput")
    void validFramesAreLines(String name, byte[] input, List<String> tokens) {
        try (WebPeer peer = WebPeer.open(server.port("web"), "text.ircv3.net")) {
            peer.send(bytes(input, ping("last")));
            expectPongs(peer, tokens);
            assertThat(peer.frame().text()).endsWith(":last");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fineInput")
    void theyMayArriveByteByByte(String name, byte[] input, List<String> tokens) {
        try (WebPeer peer = WebPeer.open(server.port("web"), "text.ircv3.net")) {
            for (byte b : input) {
                peer.send(new byte[] {b});
            }
            peer.send(ping("last"));
            expectPongs(peer, tokens);
            assertThat(peer.frame().text()).endsWith(":last");
        }
    }

    // Control frames

    @Test
    void aPingIsAnsweredBetweenFragments() {
        try (WebPeer peer = WebPeer.open(server.port("web"), "text.ircv3.net")) {
            peer.send(bytes(frame(MORE | TEXT, "PING "), frame(FIN | PING, "x".repeat(125))));
            WebPeer.Frame pong = peer.frame();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("x".repeat(125));
            peer.send(frame(FIN | CONTINUATION, "a"));
            expectPongs(peer, List.of("a"));
        }
    }

    /** RFC 6455 §5.5.3. */
    @Test
    void ofManyPingsTheLatestIsAnswered() {
        try (WebPeer peer = WebPeer.open(server.port("web"), "text.ircv3.net")) {
            peer.send(bytes(frame(FIN | PING, "1"), frame(FIN | PING, "2"), frame(FIN | PING, "3")));
            WebPeer.Frame pong = peer.frame();
            assertThat(pong.text()).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @MethodSource("closeCodes")
    void aCloseIsAnsweredWithItsCode(byte[] close, int code) {
        try (WebPeer peer = WebPeer.open(server.port("web"), "text.ircv3.net")) {
            peer.send(bytes(ping("a"), close, ping("late")));
            List<WebPeer.Frame> frames = peer.untilFrame(CLOSE);
            assertThat(frames).hasSize(2);
            assertThat(frames.get(0).text()).endsWith(":a");
            assertThat(frames.get(1).code()).isEqualTo(code);
            peer.expectEnd();
        }
    }

    static Stream<Arguments> closeCodes() {
        return Stream.of(
                Arguments.of(frame(FIN | CLOSE, ""), 0),
                Arguments.of(close(1000), 1000),
                Arguments.of(close(1001), 1001),
                Arguments.of(close(1011), 1011),
                Arguments.of(close(3000), 3000),
                Arguments.of(close(4999), 4999),
                Arguments.of(raw(FIN | CLOSE, "03e8 627965"), 1000));
    }

    // What the dialect judges

    @Test
    void linesAreAsLongAsOnTcp() {
        try (WebPeer peer = WebPeer.open(server.port("web"), "text.ircv3.net")) {
            peer.send(ping("x".repeat(505)));
            assertThat(peer.frame().text()).contains(" PONG ");
            peer.send(ping("x".repeat(506)));
            assertThat(peer.frame().text()).contains(" 417 ");
            peer.send(ping("a"));
            expectPongs(peer, List.of("a"));
        }
    }

    @Test
    void binaryFramesThatAreNoTextAreJudgedByTheDialect() {
        try (WebPeer peer = WebPeer.open(server.port("web"), "binary.ircv3.net")) {
            peer.send(raw(FIN | BINARY, "50494e4720ff"));
            assertThat(peer.frame().text()).contains("FAIL", "INVALID_UTF8");
            peer.send(ping("a"));
            expectPongs(peer, List.of("a"));
        }
    }
}
