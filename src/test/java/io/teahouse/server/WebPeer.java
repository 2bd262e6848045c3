package io.teahouse.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A WebSocket client of the server, over a real socket, that can send anything. */
final class WebPeer implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    private static final byte[] KEY = {0x11, 0x22, (byte) 0x93, 0x54};
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** @param first the first byte of the frame */
    record Frame(int first, ByteString payload) {
        int opcode() {
            return first & 0x0F;
        }

        String text() {
            return payload.utf8String();
        }

        /** The code of a Close frame; 0: there is none. */
        int code() {
            return payload.size() < 2 ? 0 : payload.asByteBuffer().getShort() & 0xFFFF;
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    private WebPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Peer.PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** A connection on which nothing is sent yet. */
    static WebPeer connect(int port) {
        return connect("127.0.0.1", port);
    }

    /** The same from an address of this machine's own. */
    static WebPeer connect(String from, int port) {
        return connect(from, port, 0);
    }

    /** The same, that receives little before the server notices that nobody reads; 0: as the kernel likes. */
    static WebPeer connect(String from, int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), Peer.PATIENCE_MILLIS);
            return new WebPeer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection over TLS, that offers the protocols that browsers do. */
    static WebPeer connect(int port, SSLContext tls) {
        try {
            SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getByAddress(LOOPBACK), port);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            return new WebPeer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A connection over TLS that begins with something else.
     *
     * @param before sent before the handshake, as a proxy does
     */
    static WebPeer connect(String from, int port, String before, SSLContext tls) {
        try {
            Socket socket = connect(from, port).socket;
            socket.getOutputStream().write(before.getBytes(ISO_8859_1));
            return new WebPeer(tls.getSocketFactory().createSocket(socket, "localhost", port, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on to the first line of text, without frames, that contains this. */
    String untilLine(String part) {
        StringBuilder line = new StringBuilder();
        while (line.indexOf(part) < 0 || line.charAt(line.length() - 1) != '\n') {
            line.setLength(line.length() > 0 && line.charAt(line.length() - 1) == '\n' ? 0 : line.length());
            line.append((char) read());
        }
        return line.toString().strip();
    }

    /** A WebSocket with a subprotocol. */
    static WebPeer open(int port, String protocol) {
        WebPeer peer = connect(port);
        peer.upgrade("/irc", "Sec-WebSocket-Protocol: " + protocol);
        assertThat(peer.head())
                .startsWith("HTTP/1.1 101 ")
                .contains("\r\nSec-WebSocket-Protocol: " + protocol + "\r\n");
        return peer;
    }

    /** A WebSocket whose user has registered. */
    static WebPeer register(String nick, int port, String protocol) {
        WebPeer peer = open(port, protocol);
        peer.register(nick);
        return peer;
    }

    void register(String nick) {
        say("NICK " + nick);
        say("USER " + nick + " 0 * :x");
        until(" 376 ");
    }

    /** Sends a request for a WebSocket with further header fields. */
    void upgrade(String path, String... fields) {
        send(request(path, fields).getBytes(ISO_8859_1));
    }

    static String request(String path, String... fields) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(new byte[16]) + "\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    /** Reads the head of a response. */
    String head() {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) read());
        }
        return head.toString();
    }

    /** Reads a response whose length its head tells. */
    String body(String head) {
        int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
        try {
            return new String(in.readNBytes(Integer.parseInt(head.substring(at, head.indexOf('\r', at)))), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a line as a text frame. */
    void say(String line) {
        send(frame(FIN | TEXT, line.getBytes(UTF_8)));
    }

    /** A masked frame. */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 0x10000) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(KEY);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ KEY[i % 4]);
        }
        return out.toByteArray();
    }

    private int read() {
        try {
            return in.readUnsignedByte();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame, which the server must not mask or fragment. */
    Frame frame() {
        int first = read();
        int length = read();
        assertThat(length).as("the length of a frame without mask").isLessThan(128);
        assertThat(first & FIN).as("the end of the message").isEqualTo(FIN);
        try {
            long size = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
            return new Frame(first, ByteString.fromArray(in.readNBytes((int) size)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on to the first line that contains this. */
    String until(String part) {
        String line = frame().text();
        while (!line.contains(part)) {
            line = frame().text();
        }
        assertThat(line).doesNotContain("\r", "\n");
        return line;
    }

    /** All frames up to the first with this opcode. */
    List<Frame> untilFrame(int opcode) {
        List<Frame> frames = new ArrayList<>(List.of(frame()));
        while (frames.get(frames.size() - 1).opcode() != opcode) {
            frames.add(frame());
        }
        return frames;
    }

    /** Reads up to the Close frame, and returns its code; after it, the server must close the connection. */
    int untilClosed() {
        List<Frame> frames = untilFrame(CLOSE);
        expectEnd();
        return frames.get(frames.size() - 1).code();
    }

    void expectEnd() {
        try {
            assertThat(in.read()).as("the end of the connection").isEqualTo(-1);
        } catch (EOFException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server has closed the connection; must not be asked while it may have sent something. */
    boolean isEnded() {
        try {
            socket.setSoTimeout(1);
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            patient();
        }
    }

    private void patient() {
        try {
            socket.setSoTimeout(Peer.PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
