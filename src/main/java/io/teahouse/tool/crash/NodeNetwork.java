package io.teahouse.tool.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The network between the nodes of a cluster: each node is reached through a port of this process, which can cut one node off
 * from all others, or reset its connections. While a node is cut off, what is on its way waits, as packets that are sent again do; what
 * is on its way in a connection that is reset is lost. Thread-safe.
 */
final class NodeNetwork implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BUFFER = 1 << 16;
    private static final int NOBODY = -1;

    private final List<ServerSocket> listeners = new ArrayList<>();
    private final List<Integer> targets = new ArrayList<>();
    private final ConcurrentLinkedQueue<Link> links = new ConcurrentLinkedQueue<>();
    private int cutOff = NOBODY;

    /** One side of a connection between two nodes. */
    private record Link(Socket socket, int from, int to) {}

    /** Opens a port for each node. */
    NodeNetwork(int nodes) throws IOException {
        for (int node = 0; node < nodes; node++) {
            listeners.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            targets.add(freePort());
        }
        for (int node = 0; node < nodes; node++) {
            int to = node;
            start(() -> accept(to), "network-" + node);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Where the others reach that node. */
    int port(int node) {
        return listeners.get(node).getLocalPort();
    }

    /** Where that node has to listen. */
    int target(int node) {
        return targets.get(node);
    }

    /** Nothing goes to that node or comes from it any more. */
    synchronized void cutOff(int node) {
        cutOff = node;
    }

    /** What has waited goes on. */
    synchronized void heal() {
        cutOff = NOBODY;
        notifyAll();
    }

    /** Ends all connections of that node with the others; they may connect again at once. */
    void reset(int node) {
        for (Link link : links) {
            if (link.from == node || link.to == node) {
                close(link.socket);
            }
        }
    }

    private synchronized void awaitWay(int from, int to) throws InterruptedException {
        while (cutOff != NOBODY && (from == cutOff) != (to == cutOff)) {
            wait();
        }
    }

    private void accept(int to) {
        try {
            while (true) {
                Socket socket = listeners.get(to).accept();
                start(() -> connect(socket, to), "network-connection");
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket from, int to) {
        try (Socket there = new Socket(InetAddress.getLoopbackAddress(), target(to))) {
            byte[] buffer = new byte[BUFFER];
            int length = 0;
            OptionalInt source = OptionalInt.empty();
            while (source.isEmpty() && length < BUFFER) { // it says who it is in its first message
                int more = from.getInputStream().read(buffer, length, BUFFER - length);
                if (more < 0) {
                    return;
                }
                length += more;
                source = source(buffer, length, to);
            }
            int who = source.orElse(to);
            links.add(new Link(from, who, to));
            links.add(new Link(there, who, to));
            awaitWay(who, to);
            there.getOutputStream().write(buffer, 0, length);
            start(() -> pump(there, from, to, who), "network-back");
            pump(from, there, who, to);
        } catch (IOException e) {
            // one side has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
        }
    }

    /** Whose address, as Artery writes it (host, then port as a number of protobuf), is in the first bytes of a connection. */
    private OptionalInt source(byte[] bytes, int length, int to) {
        String text = new String(bytes, 0, length, ISO_8859_1);
        for (int node = 0; node < listeners.size(); node++) {
            if (node != to && text.contains(LOOPBACK + address(port(node)))) {
                return OptionalInt.of(node);
            }
        }
        return OptionalInt.empty();
    }

    private static String address(int port) {
        StringBuilder field = new StringBuilder(" "); // field 4, a varint
        int rest = port;
        while (rest > 0x7f) {
            field.append((char) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        return field.append((char) rest).toString();
    }

    private void pump(Socket from, Socket to, int source, int target) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitWay(source, target);
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // one side has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void close(Socket socket) {
        links.removeIf(link -> link.socket.equals(socket));
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    @Override
    public void close() {
        for (ServerSocket listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                // it is of no use any more
            }
        }
        links.forEach(link -> close(link.socket));
    }
}
