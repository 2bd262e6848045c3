package io.teahouse.tool.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tools send and read on a WebSocket, over a real socket. */
class WebSocketLinesTest {
    private static final String ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    private final LineBuffer lines = new LineBuffer(16 * 1024, 64 * 1024);
    private final WebSocketSession session =
            new WebSocketSession("localhost:1", new IrcSession("ann", "", List.of("#a")));
    private ServerSocket door;
    private Selector selector;
    private Connection client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        selector = Selector.open();
        client = Connection.connect(SocketChannel.open(), (InetSocketAddress) door.getLocalSocketAddress(), selector);
        server = door.accept();
        while (!client.finishConnect()) {
            selector.select(100);
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        selector.close();
        door.close();
    }

    private static byte[] frame(int first, String payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = payload.getBytes(UTF_8);
        out.write(first);
        if (bytes.length < 126) {
            out.write(bytes.length);
        } else {
            out.write(126);
            out.write(bytes.length >> 8);
            out.write(bytes.length);
        }
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    /** Has the server send this, and reads until the buffer has a line; false if it cannot keep what it has. */
    private boolean receive(byte[] bytes) throws IOException {
        server.getOutputStream().write(bytes);
        while (true) {
            selector.select();
            selector.selectedKeys().clear();
            if (lines.read(client) > 0) {
                if (lines.advance()) {
                    return true;
                } else if (!lines.keep(client)) {
                    return false;
                }
            }
        }
    }

    private void open() throws IOException, RefusedException {
        assertThat(receive(ACCEPTED.getBytes(UTF_8))).isTrue();
        session.answer(lines.text());
        while (!session.isFramed()) {
            assertThat(lines.advance()).isTrue();
            session.answer(lines.text());
        }
        client.beginFrames();
    }

    @Test
    void framesMayFollowTheHandshakeInTheSameRead() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(ACCEPTED.getBytes(UTF_8));
        all.writeBytes(frame(0x81, "PING :grüß"));
        all.writeBytes(frame(0x89, ""));
        all.writeBytes(frame(0x81, "x".repeat(300)));
        assertThat(receive(all.toByteArray())).isTrue();
        assertThat(session.answer(lines.text())).isEmpty();
        assertThat(lines.advance()).isTrue();
        assertThat(session.answer(lines.text())).isEmpty();
        assertThat(session.isFramed()).isFalse();
        assertThat(lines.advance()).isTrue();
        assertThat(session.answer(lines.text())).startsWith("NICK ann\r\n");
        client.beginFrames();
        assertThat(lines.advance()).isTrue();
        assertThat(lines.isControl()).isFalse();
        assertThat(session.answer(lines.text())).isEqualTo("PONG :grüß\r\n");
        assertThat(lines.advance()).isTrue();
        assertThat(lines.isPing()).isTrue();
        assertThat(lines.advance()).isTrue();
        assertThat(lines.isControl()).isFalse();
        assertThat(lines.text()).isEqualTo("x".repeat(300));
        assertThat(lines.advance()).isFalse();
    }

    @Test
    void aFrameMayComeInPieces() throws Exception {
        open();
        byte[] frame = frame(0x81, "y".repeat(300));
        for (int i = 0; i < frame.length - 1; i++) {
            server.getOutputStream().write(frame[i]);
            selector.select();
            selector.selectedKeys().clear();
            lines.read(client);
            assertThat(lines.advance()).isFalse();
            assertThat(lines.keep(client)).isTrue();
        }
        assertThat(receive(new byte[] {frame[frame.length - 1]})).isTrue();
        assertThat(lines.text()).isEqualTo("y".repeat(300));
    }

    @Test
    void aFrameThatIsTooLongIsNoLine() throws Exception {
        open();
        byte[] head = {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1, -1};
        byte[] all = new byte[20_000];
        System.arraycopy(head, 0, all, 0, head.length);
        assertThat(receive(all)).isFalse();
    }

    @Test
    void whatIsSentIsMasked() throws Exception {
        client.outbox()
                .putFrame(
                        WebSocketSession.TEXT,
                        "PRIVMSG #a :".getBytes(UTF_8),
                        "z".repeat(120).getBytes(UTF_8));
        client.outbox().putFrame(WebSocketSession.PONG, "abc".getBytes(UTF_8), new byte[0]);
        client.flush();
        DataInputStream in = new DataInputStream(server.getInputStream());
        assertThat(in.readUnsignedByte()).isEqualTo(0x81);
        assertThat(in.readUnsignedByte()).isEqualTo(0x80 | 126);
        assertThat(payload(in, in.readUnsignedShort())).isEqualTo("PRIVMSG #a :" + "z".repeat(120));
        assertThat(in.readUnsignedByte()).isEqualTo(0x8A);
        assertThat(payload(in, in.readUnsignedByte() - 0x80)).isEqualTo("abc");
    }

    private static String payload(DataInputStream in, int length) throws IOException {
        byte[] key = in.readNBytes(4);
        byte[] bytes = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
            bytes[i] ^= key[i % 4];
        }
        return new String(bytes, UTF_8);
    }

    @Test
    void aRefusalOfTheHandshakeIsReported() {
        assertThatThrownBy(() -> session.answer("HTTP/1.1 503 Service Unavailable"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("503");
    }
}
