package io.teahouse.tool.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockingConnectionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONG_LINE = 20_000;

    private ServerSocket listener;
    private BlockingConnection connection;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        connection = BlockingConnection.open(listener.getLocalPort(), PATIENCE);
        server = listener.accept();
        server.setSoTimeout((int) PATIENCE.toMillis());
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        server.close();
        listener.close();
    }

    private void send(String text) throws IOException {
        server.getOutputStream().write(text.getBytes(UTF_8));
    }

    @Test
    void linesAreReturnedWithoutTheirEnds() throws IOException {
        send("tea\r\n\ncäke\n");
        assertThat(connection.read(PATIENCE)).contains("tea");
        assertThat(connection.read(Duration.ZERO)).contains("");
        assertThat(connection.read(Duration.ZERO)).contains("cäke");
        assertThat(connection.read(Duration.ZERO)).isEmpty();
    }

    @Test
    void theStartOfALineIsKept() throws IOException {
        send("green\nte");
        assertThat(connection.read(PATIENCE)).contains("green");
        assertThat(connection.read(Duration.ofMillis(50))).isEmpty();
        assertThat(connection.read(Duration.ZERO)).isEmpty();
        send("a\n");
        assertThat(connection.read(PATIENCE)).contains("tea");
    }

    @Test
    void inputBeforeTheEndIsRead() throws IOException {
        send("bye\n");
        server.shutdownOutput();
        assertThat(connection.read(PATIENCE)).contains("bye");
        assertThatThrownBy(() -> connection.read(PATIENCE)).isInstanceOf(EOFException.class);
    }

    @Test
    void aLineThatNeverEndsIsAnError() throws IOException {
        send("x".repeat(LONG_LINE));
        assertThatThrownBy(() -> connection.read(PATIENCE)).hasMessageContaining("longer than");
    }

    @Test
    void sentTextArrives() throws IOException {
        connection.send("tea\r\n");
        assertThat(server.getInputStream().readNBytes(5)).isEqualTo("tea\r\n".getBytes(UTF_8));
    }

    @Test
    void aResetIsNotARegularEnd() throws IOException {
        connection.reset();
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void aPortWhereNobodyListensRefuses() throws IOException {
        int port = listener.getLocalPort();
        listener.close();
        assertThatThrownBy(() -> BlockingConnection.open(port, PATIENCE)).isInstanceOf(IOException.class);
    }
}
