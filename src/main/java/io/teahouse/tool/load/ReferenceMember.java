package io.teahouse.tool.load;

import io.teahouse.tool.client.Connection;
import io.teahouse.tool.client.LineBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client of the reference server. */
final class ReferenceMember {
    private static final byte[] NAMELESS = {};

    private final Connection connection;
    private final int maxQueue;
    private byte[] prefix = NAMELESS;
    private ReferenceRoom room = ReferenceRoom.NOWHERE;
    private int index;

    ReferenceMember(Connection connection, int maxQueue) {
        this.connection = connection;
        this.maxQueue = maxQueue;
    }

    Connection connection() {
        return connection;
    }

    ReferenceRoom room() {
        return room;
    }

    boolean isNamed() {
        return prefix.length > 0;
    }

    /** What precedes each message of this member. */
    byte[] prefix() {
        return prefix;
    }

    void name(LineBuffer line) {
        prefix = (line.text() + ": ").getBytes(StandardCharsets.UTF_8);
    }

    void enter(ReferenceRoom next) {
        leave();
        room = next;
        index = next.add(this);
    }

    void movedTo(int newPlace) {
        index = newPlace;
    }

    /** Sends at once what the socket takes and queues the rest; a member whose queue is too long is dropped. */
    void send(ByteBuffer bytes) {
        try {
            connection.send(bytes);
            if (connection.outbox().size() > maxQueue) {
                drop();
            }
        } catch (IOException e) {
            drop();
        }
    }

    void drop() {
        leave();
        connection.close();
    }

    private void leave() {
        if (room != ReferenceRoom.NOWHERE) {
            room.remove(index);
            room = ReferenceRoom.NOWHERE;
        }
    }
}
