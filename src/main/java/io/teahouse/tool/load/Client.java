package io.teahouse.tool.load;

import io.teahouse.tool.client.ClientSession;
import io.teahouse.tool.client.Connection;

/**
 * One simulated client: its connection, its state, and what the current traffic keeps about it. Plain mutable fields,
 * because the one thread of a run touches several of them for every message.
 */
final class Client {
    /** In order; everything before READY is still opening. */
    enum State {
        CONNECTING,
        REGISTERING,
        READY,
        /** It has said goodbye, and waits for the server to close the connection. */
        LEAVING,
        LEFT,
        LOST
    }

    private final int id;
    private final int room;
    private final byte[] prefix;
    private final ClientSession session;
    private final Connection connection;

    State state = State.CONNECTING;
    boolean due;
    boolean probed;
    boolean sender;
    int inFlight;
    long seq;

    /** Takes over {@code connection}; {@code prefix} goes before each message that the client sends. */
    Client(int id, int room, byte[] prefix, ClientSession session, Connection connection) {
        this.id = id;
        this.room = room;
        this.prefix = prefix;
        this.session = session;
        this.connection = connection;
    }

    int id() {
        return id;
    }

    int room() {
        return room;
    }

    byte[] prefix() {
        return prefix;
    }

    ClientSession session() {
        return session;
    }

    Connection connection() {
        return connection;
    }

    boolean isOpening() {
        return state.compareTo(State.READY) < 0;
    }

    boolean isLost() {
        return state == State.LOST;
    }

    /** Whether its connection is closed, for whatever reason. */
    boolean isGone() {
        return state == State.LEFT || isLost();
    }
}
