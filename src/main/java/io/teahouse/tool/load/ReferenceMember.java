package io.teahouse.tool.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client of the reference server. */
final class ReferenceMember {
    private static final byte[] NAMELESS = {};

    private final SocketChannel channel;
    private final SelectionKey key;
    private final int maxQueue;
    private final Tail tail = new Tail();
    private final Outbox outbox = new Outbox();
    private byte[] prefix = NAMELESS;
    private ReferenceRoom room = ReferenceRoom.NOWHERE;
    private int place;

    ReferenceMember(SocketChannel channel, SelectionKey key, int maxQueue) {
        this.channel = channel;
        this.key = key;
        this.maxQueue = maxQueue;
    }

    SocketChannel channel() {
        return channel;
    }

    Tail tail() {
        return tail;
    }

    ReferenceRoom room() {
        return room;
    }

    boolean isNamed() {
        return prefix.length > 0;
    }

    /** What stands before everything this member says. */
    byte[] prefix() {
        return prefix;
    }

    void name(LineBuffer line) {
        prefix = (line.text(0) + ": ").getBytes(StandardCharsets.UTF_8);
    }

    void enter(ReferenceRoom next) {
        leave();
        room = next;
        place = next.add(this);
    }

    void movedTo(int newPlace) {
        place = newPlace;
    }

    /** Sends at once what the socket takes and keeps the rest; a member that lets too much pile up is dropped. */
    void send(ByteBuffer bytes) {
        try {
            if (outbox.isEmpty()) {
                channel.write(bytes);
            }
            if (!bytes.hasRemaining()) {
                return;
            }
            if (outbox.size() + bytes.remaining() > maxQueue) {
                drop();
                return;
            }
            outbox.put(bytes);
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (IOException e) {
            drop();
        }
    }

    void flush() throws IOException {
        if (outbox.flush(channel)) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    void drop() {
        leave();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private void leave() {
        if (room != ReferenceRoom.NOWHERE) {
            room.remove(place);
            room = ReferenceRoom.NOWHERE;
        }
    }
}
