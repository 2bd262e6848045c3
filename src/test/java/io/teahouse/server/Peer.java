package io.teahouse.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A client of the server, over a real socket. What it waits for has to come within some seconds. */
final class Peer implements AutoCloseable {
    static final int PATIENCE_MILLIS = 40_000;
    static final String HOST = "127.0.0.1";
    private static final byte[] HOST_BYTES = {127, 0, 0, 1};
    static final String GREETING = "-- Welcome to Teahouse. The first line you type is your name, every further line"
            + " is a message to the room lobby; /help lists the commands, {quit} leaves.";

    private final String name;
    private final Socket socket;
    private final InputStream in;

    private Peer(String name, Socket socket) throws IOException {
        this.name = name;
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static Peer connect(String name, int port) {
        return connect(name, HOST, port, 0);
    }

    /**
     * Connects from an address of this machine's own.
     *
     * @param receiveBuffer in bytes, as asked of the kernel; 0: as it likes
     */
    static Peer connect(String name, String from, int port, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(HOST_BYTES), port), PATIENCE_MILLIS);
            return new Peer(name, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects over TLS. */
    static Peer connect(String name, int port, SSLContext tls) {
        try {
            return new Peer(name, tls.getSocketFactory().createSocket(InetAddress.getByAddress(HOST_BYTES), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects, gives its name, and is in the lobby. */
    static Peer enter(String name, int port) {
        Peer peer = connect(name, port);
        peer.enter();
        return peer;
    }

    /** Connects to an IRC door, and has registered. */
    static Peer irc(String name, int port) {
        Peer peer = connect(name, port);
        peer.say("NICK " + name);
        peer.say("USER " + name + " 0 * :" + name);
        peer.until(" 376 ");
        return peer;
    }

    void enter() {
        expect(GREETING);
        say(name);
        expect(name + " has joined the chat");
    }

    int localPort() {
        return socket.getLocalPort();
    }

    void say(String line) {
        send((line + "\n").getBytes(UTF_8));
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line must be this one. */
    Peer expect(String line) {
        assertThat(line()).as("the next line that %s sees", name).isEqualTo(line);
        return this;
    }

    /** The next bytes must be this text, whatever follows. */
    void expectText(String text) {
        try {
            byte[] bytes = in.readNBytes(text.getBytes(UTF_8).length);
            assertThat(decode(bytes)).as("the next text that %s sees", name).isEqualTo(text);
        } catch (IOException e) {
            throw unseen(e);
        }
    }

    /** The next line, without its LF and with everything else that is in it. */
    String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new AssertionError(name + " was disconnected after '" + line.toString(UTF_8) + "'");
                }
                line.write(b);
            }
        } catch (IOException e) {
            throw unseen(e);
        }
        return decode(line.toByteArray());
    }

    /** Reads on to the first line that holds this; it comes without white space at its ends. */
    String until(String part) {
        String line = line();
        while (!line.contains(part)) {
            line = line();
        }
        return line.strip();
    }

    /** All lines up to the first one that holds this. */
    List<String> untilAll(String part) {
        List<String> lines = new ArrayList<>(List.of(line()));
        while (!lines.get(lines.size() - 1).contains(part)) {
            lines.add(line());
        }
        return lines;
    }

    private AssertionError unseen(IOException e) {
        String why = e instanceof SocketTimeoutException ? "waited in vain" : "was disconnected";
        return new AssertionError(name + " " + why + " (" + e.getMessage() + ")", e);
    }

    /** What reaches a client is UTF-8, whatever others have sent. */
    private String decode(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError(name + " is sent malformed UTF-8: " + Arrays.toString(bytes), e);
        }
    }

    /** The server has closed the connection in good order, and nothing came before that. */
    void expectClosed() {
        try {
            assertThat(in.read()).as("the end of %s's connection", name).isEqualTo(-1);
        } catch (IOException e) {
            throw unseen(e);
        }
    }

    /** How long to wait for each thing from now on. */
    void patience(int millis) {
        try {
            socket.setSoTimeout(millis);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads, and forgets, until the connection has ended in whatever way. */
    void drain() {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (SocketException e) {
            return;
        } catch (IOException e) {
            throw unseen(e);
        }
    }

    /** Sends no more; still reads. */
    void endInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with no word: the connection is reset. */
    void cut() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
