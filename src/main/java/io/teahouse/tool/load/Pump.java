package io.teahouse.tool.load;

import io.teahouse.tool.client.LineBuffer;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/** Moves the bytes of a crowd: the event loop, one round at a time, so that a scenario keeps the say over time. */
final class Pump {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int READ = 256 * 1024;
    private static final int MILLI = 1_000_000;

    private final Crowd crowd;
    private final Header header;
    private final int messageBytes;
    private final LineBuffer lines = new LineBuffer(LONGEST_LINE, READ);
    private final Consumer<SelectionKey> onKey = this::onKey;
    private long bytesRead;
    private long reads;

    Pump(Crowd crowd) {
        this.crowd = crowd;
        header = crowd.format().header();
        messageBytes = crowd.format().bytes();
    }

    /** Sends what is due, then handles what the sockets bring, waiting for it no longer than until {@code until}. */
    void round(long until) throws IOException {
        crowd.flush();
        long now = crowd.now();
        long deadline = crowd.target().deadlineNanos();
        if (now > deadline) {
            throw LoadFailure.tooLate("--deadline passed, giving up");
        }
        long wait = Math.min(until, deadline + 1) - now;
        if (wait > 0) {
            crowd.selector().select(onKey, (wait + MILLI - 1) / MILLI);
        } else {
            crowd.selector().selectNow(onKey);
        }
        crowd.flush();
    }

    /** Rounds until {@code until}, for the waits in which nothing is measured. */
    void rest(long until) throws IOException {
        while (crowd.now() < until) {
            round(until);
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
        if (client.isLost()) {
            return;
        }
        try {
            if (client.state == Client.State.CONNECTING) {
                crowd.connected(client);
                return;
            }
            if (key.isWritable()) {
                crowd.schedule(client);
            }
            if (key.isReadable()) {
                read(client);
            }
        } catch (IOException e) {
            crowd.lost(client, e.toString());
        }
    }

    private void read(Client client) throws IOException {
        int count = lines.read(client.connection());
        long now = crowd.now();
        if (count < 0) {
            crowd.lost(client, "closed by the server");
        }
        if (count <= 0) {
            return;
        }
        bytesRead += count;
        reads++;
        while (lines.advance()) {
            line(client, now);
            if (client.isLost()) {
                return;
            }
        }
        if (!lines.keep(client.connection())) {
            crowd.lost(client, "line too long");
        }
    }

    private void line(Client client, long now) {
        int at = lines.end() - messageBytes;
        if (at < lines.begin() || !header.isAt(lines.bytes(), at)) {
            at = header.find(lines.bytes(), lines.begin(), lines.end());
        }
        if (at >= 0) {
            crowd.traffic().arrived(client, lines.bytes(), at, now);
        } else {
            crowd.heard(client, lines);
        }
    }
}
