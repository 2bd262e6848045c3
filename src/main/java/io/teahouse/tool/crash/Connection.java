package io.teahouse.tool.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Lines to and from a server on this machine. For one thread; only {@link #close} may be called from others. */
final class Connection implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final Socket socket = new Socket();
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final InputStream in;
    private final OutputStream out;
    private int at;
    private int end;

    Connection(int port, Duration patience) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) patience.toMillis());
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Several lines may be sent at once, with a line end between them. */
    void send(String text) throws IOException {
        out.write((text + "\r\n").getBytes(UTF_8));
    }

    /**
     * The next line, without its end.
     *
     * @return nothing if none comes in time
     * @throws EOFException when the server has closed
     */
    Optional<String> read(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            while (at < end) {
                byte next = buffer[at++];
                if (next == '\n') {
                    String text = line.toString(UTF_8);
                    line.reset();
                    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
                }
                line.write(next);
            }
            if (!fill(deadline - System.nanoTime())) {
                return Optional.empty();
            }
        }
    }

    private boolean fill(long nanos) throws IOException {
        try {
            socket.setSoTimeout(Math.max(1, (int) Math.min(nanos / 1_000_000, Integer.MAX_VALUE)));
            at = 0;
            end = Math.max(0, in.read(buffer));
        } catch (SocketTimeoutException e) {
            end = 0;
            return false;
        }
        if (end == 0) {
            throw new EOFException("closed by the server");
        }
        return true;
    }

    /** Ends it as a network does that fails: without a word, and what is under way is lost. */
    void cut() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It was to go away, and it is gone: nothing is lost by it.
        }
    }
}
