package io.teahouse.tool.load;

import io.teahouse.tool.client.LineBuffer;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/** The event loop of the clients: runs one round at a time, so that a scenario decides how long. For one thread. */
final class EventLoop {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int READ = 256 * 1024;
    private static final int MILLI = 1_000_000;

    private final Clients clients;
    private final MessageHeader header;
    private final int messageBytes;
    private final LineBuffer lines = new LineBuffer(LONGEST_LINE, READ);
    private final Consumer<SelectionKey> onKey = this::onKey;
    private long bytesRead;
    private long reads;

    EventLoop(Clients clients) {
        this.clients = clients;
        header = clients.format().header();
        messageBytes = clients.format().bytes();
    }

    /**
     * Sends what is due, then handles input from the sockets, and waits for it no longer than until {@code
     * until}.
     */
    void runOnce(long until) throws IOException {
        clients.flush();
        long now = clients.now();
        long deadline = clients.target().deadlineNanos();
        if (now > deadline) {
            throw LoadFailure.tooLate("--deadline passed, giving up");
        }
        long wait = Math.min(until, deadline + 1) - now;
        if (wait > 0) {
            clients.selector().select(onKey, (wait + MILLI - 1) / MILLI);
        } else {
            clients.selector().selectNow(onKey);
        }
        clients.flush();
    }

    /** Runs rounds until {@code until}, while nothing is measured. */
    void runUntil(long until) throws IOException {
        while (clients.now() < until) {
            runOnce(until);
        }
    }

    long bytesRead() {
        return bytesRead;
    }

    long reads() {
        return reads;
    }

    private void onKey(SelectionKey key) {
        Client client = (Client) key.attachment();
        if (client.isGone()) {
            return;
        }
        try {
            if (client.state == Client.State.CONNECTING) {
                clients.connected(client);
                return;
            }
            if (key.isWritable()) {
                clients.scheduleFlush(client);
            }
            if (key.isReadable()) {
                read(client);
            }
        } catch (IOException e) {
            clients.lose(client, e.toString());
        }
    }

    private void read(Client client) throws IOException {
        int count = lines.read(client.connection());
        long now = clients.now();
        if (count < 0) {
            clients.lose(client, "closed by the server");
        }
        if (count <= 0) {
            return;
        }
        bytesRead += count;
        reads++;
        while (lines.advance()) {
            line(client, now);
            if (client.isGone()) {
                return;
            }
        }
        if (!lines.keep(client.connection())) {
            clients.lose(client, "line too long");
        }
    }

    private void line(Client client, long now) {
        int at = lines.end() - messageBytes;
        if (at < lines.begin() || !header.isAt(lines.bytes(), at)) {
            at = header.find(lines.bytes(), lines.begin(), lines.end());
        }
        if (at >= 0) {
            clients.traffic().arrived(client, lines.bytes(), at, now);
        } else {
            clients.handleLine(client, lines);
        }
    }
}
