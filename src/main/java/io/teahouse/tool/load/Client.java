package io.teahouse.tool.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One simulated client: its connection, how far it has come, and its place in the run's traffic. Plain mutable fields,
 * because the one thread of a run touches several of them for every message.
 */
final class Client {
    /** The life of a client, in order; everything before READY is still opening. */
    enum State {
        CONNECTING,
        REGISTERING,
        JOINING,
        READY,
        LOST
    }

    private final int id;
    private final int room;
    private final byte[] prefix;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Tail tail = new Tail();
    private final Outbox outbox = new Outbox();

    State state = State.CONNECTING;
    boolean due;
    boolean probed;
    boolean sender;
    boolean silent;
    int inFlight;
    long seq;

    /** Takes over {@code key}, whose channel is connecting; {@code prefix} goes before each message it sends. */
    Client(int id, int room, byte[] prefix, SocketChannel channel, SelectionKey key) {
        this.id = id;
        this.room = room;
        this.prefix = prefix;
        this.channel = channel;
        this.key = key;
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

    SocketChannel channel() {
        return channel;
    }

    Tail tail() {
        return tail;
    }

    Outbox outbox() {
        return outbox;
    }

    boolean isOpening() {
        return state.compareTo(State.READY) < 0;
    }

    boolean isLost() {
        return state == State.LOST;
    }

    /** Stops reading for good, as a client does whose network has gone. */
    void stopReading() {
        silent = true;
        watch(false);
    }

    /** Sends what the socket takes, and asks to be called again when it takes more. */
    void flush() throws IOException {
        boolean done = outbox.flush(channel);
        if (done == ((key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
            watch(!done);
        }
    }

    /** Listens for input unless silent, and for room to write if {@code writing}. */
    void watch(boolean writing) {
        key.interestOps((silent ? 0 : SelectionKey.OP_READ) | (writing ? SelectionKey.OP_WRITE : 0));
    }
}
