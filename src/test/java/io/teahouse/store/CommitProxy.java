package io.teahouse.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy between the store and PostgreSQL that simulates network failures. */
public final class CommitProxy implements AutoCloseable {
    /** What the proxy does with a commit. */
    public enum Way {
        THROUGH,
        /** PostgreSQL commits, and the connection breaks before the answer. Applies once. */
        LOSE_ANSWER,
        /** The connection breaks first, and {@link #release} forwards the commit to PostgreSQL. Applies once. */
        HOLD
    }

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Way way = Way.THROUGH;
    private volatile boolean refusing;
    private volatile boolean frozen;
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);

    /** @param target the port of the server */
    public CommitProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Sets what happens to the next commit. */
    public void have(Way next) {
        way = next;
    }

    /** Makes the server unreachable, or reachable again: breaks all connections and refuses new ones. */
    public void refuse(boolean on) {
        refusing = on;
        if (on) {
            open.forEach(CommitProxy::close);
        }
    }

    /** Stops forwarding bytes, or resumes. */
    public synchronized void freeze(boolean on) {
        frozen = on;
        notifyAll();
    }

    /** Waits until a commit is held. */
    public void awaitHeld() throws InterruptedException {
        held.await();
    }

    public void release() {
        released.countDown();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                start(() -> copy(server, client, false));
                start(() -> copy(client, server, true));
            } catch (IOException e) {
                // wait for the next connection
            }
        }
    }

    private void copy(Socket from, Socket to, boolean asking) {
        byte[] buffer = new byte[1 << 16];
        Commit commit = new Commit();
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitThaw();
                Way now = asking && commit.isIn(new String(buffer, 0, read, ISO_8859_1)) ? way : Way.THROUGH;
                if (now == Way.LOSE_ANSWER) {
                    way = Way.THROUGH;
                    from.shutdownOutput(); // the answer cannot be delivered
                } else if (now == Way.HOLD) {
                    way = Way.THROUGH;
                    from.shutdownOutput();
                    held.countDown();
                    released.await();
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side has closed; close the other one, too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(to);
        }
    }

    /** Detects a commit: by its keyword the first time, later by the name of the driver's prepared statement. */
    private static final class Commit {
        private static final Pattern PREPARED = Pattern.compile("P....([^\0]*)\0COMMIT\0", Pattern.DOTALL);
        private String name = "";

        boolean isIn(String message) {
            Matcher prepared = PREPARED.matcher(message);
            if (prepared.find()) {
                name = prepared.group(1);
                return true;
            }
            return !name.isEmpty() && message.contains('\0' + name + '\0');
        }
    }

    private synchronized void awaitThaw() throws InterruptedException {
        while (frozen) {
            wait();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        release();
        freeze(false);
        open.forEach(CommitProxy::close);
    }
}
