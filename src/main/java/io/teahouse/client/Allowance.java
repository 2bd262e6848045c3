package io.teahouse.client;

import java.time.Duration;

/**
 * Limits the work that a connection causes for the server: the work budgets of its address and its network, which all
 * connections from there share, and its turn to read history. Thread-safe.
 *
 * <p>Only requests that cost far more than a message are charged ({@link Request#work}), so that the messages of many
 * users behind one address do not slow each other down.
 */
public final class Allowance {
    private static final FloodGuard.Rules OFF = new FloodGuard.Rules(false, 1, 1, Integer.MAX_VALUE);
    private static final int MANY = 1 << 20;

    private final FloodGuard address;
    private final FloodGuard network;
    private final ReadTurns reads;

    /**
     * For one connection.
     *
     * @param address shared by its address; touched under the lock of {@code network} only
     * @param network shared by all addresses of the network
     * @param reads shared by all clients clients
     */
    public Allowance(FloodGuard address, FloodGuard network, ReadTurns reads) {
        this.address = address;
        this.network = network;
        this.reads = reads;
    }

    /** For clients without a limit. */
    public static Allowance unlimited(ReadTurns reads) {
        return new Allowance(new FloodGuard(OFF, 0), new FloodGuard(OFF, 0), reads);
    }

    static Allowance unlimited() {
        return unlimited(new ReadTurns(MANY));
    }

    /** Takes the points if both buckets have them. Returns zero, or how long to wait before the next attempt. */
    Duration charge(int work, long now) {
        synchronized (network) {
            return FloodGuard.chargeBoth(address, network, work, now);
        }
    }

    ReadTurns reads() {
        return reads;
    }
}
