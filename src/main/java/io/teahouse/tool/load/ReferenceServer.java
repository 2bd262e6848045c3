package io.teahouse.tool.load;

import io.teahouse.tool.client.Connection;
import io.teahouse.tool.client.LineBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A minimal room server, which shows what the machine, the kernel and the JVM allow. The first line of a client is its
 * name, {@code /join ROOM} moves it to another room, every further line goes to its whole room as
 * {@code NAME: TEXT}. What arrives in one round of the event loop reaches each member in one write.
 */
final class ReferenceServer implements AutoCloseable {
    static final int MAX_QUEUE = 64 * 1024 * 1024;

    private static final int BACKLOG = 4096;
    private static final int LONGEST_LINE = 8192;
    private static final int READ = 256 * 1024;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final int maxQueue;
    private final LineBuffer lines = new LineBuffer(LONGEST_LINE, READ);
    private final Map<String, ReferenceRoom> rooms = new HashMap<>();
    private final List<ReferenceRoom> speaking = new ArrayList<>();
    private final Consumer<SelectionKey> onKey = this::onKey;
    private volatile boolean closed;

    private ReferenceServer(Selector selector, ServerSocketChannel listener, int maxQueue) {
        this.selector = selector;
        this.listener = listener;
        this.maxQueue = maxQueue;
    }

    /** Listens on loopback; {@link #run} or {@link #start} has to follow. */
    static ReferenceServer open(int port, int maxQueue) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener.configureBlocking(false);
        Selector selector = Selector.open();
        listener.register(selector, SelectionKey.OP_ACCEPT);
        return new ReferenceServer(selector, listener, maxQueue);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /** Runs it on a thread of its own. */
    void start() {
        Thread thread = new Thread(
                () -> {
                    try {
                        run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "load-reference");
        thread.setDaemon(true);
        thread.start();
    }

    /** Serves until {@link #close}, on the calling thread. */
    void run() throws IOException {
        while (!closed) {
            selector.select(onKey);
            for (ReferenceRoom room : speaking) {
                room.deliver();
            }
            speaking.clear();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** Ends {@link #run}; may be called on any thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void onKey(SelectionKey key) {
        if (!(key.attachment() instanceof ReferenceMember member)) {
            accept();
            return;
        }
        try {
            if (key.isWritable()) {
                member.connection().flush();
            }
            if (key.isReadable()) {
                read(member);
            }
        } catch (IOException e) {
            member.drop();
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel; (channel = listener.accept()) != null; ) {
                Connection connection = Connection.accepted(channel, selector);
                connection.attach(new ReferenceMember(connection, maxQueue));
            }
        } catch (IOException e) {
            System.err.println("reference: " + e); // out of file descriptors: the others go on
        }
    }

    private void read(ReferenceMember member) throws IOException {
        int count = lines.read(member.connection());
        if (count < 0) {
            member.drop();
        }
        if (count <= 0) {
            return;
        }
        while (lines.advance()) {
            line(member);
        }
        if (!lines.keep(member.connection())) {
            member.drop();
        }
    }

    private void line(ReferenceMember member) {
        if (!member.isNamed()) {
            member.name(lines);
            member.enter(room("lobby"));
        } else if (lines.startsWith(ReferenceRoom.JOIN)) {
            member.enter(room(lines.text(ReferenceRoom.JOIN.length)));
        } else if (member.room().add(member, lines)) {
            speaking.add(member.room());
        }
    }

    private ReferenceRoom room(String name) {
        return rooms.computeIfAbsent(name, ignored -> new ReferenceRoom());
    }
}
