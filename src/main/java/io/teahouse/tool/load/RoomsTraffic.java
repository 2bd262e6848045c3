package io.teahouse.tool.load;

import java.nio.ByteBuffer;

/**
 * One step of the open loop: each client sends at fixed times whatever the server does, and latency counts from the
 * intended time. If server or generator falls behind, the waiting is in the figure (no coordinated omission).
 */
final class RoomsTraffic implements MeasuredTraffic {
    private final Crowd crowd;
    private final RoomsPlan plan;
    private final int[] order;
    private final char kind;
    private final long start;
    private final long begin;
    private final long end;
    private final double gap;
    private final Histogram latency = new Histogram();
    private long turn;
    private long offered;
    private long latest;
    private long delivered;
    private long own;
    private long windowDelivered;
    private long windowOwn;

    /**
     * Traffic that starts at {@code start}.
     *
     * @param order the turns of the clients
     * @param kind marks the messages of this step, for some of the step before may still be under way
     * @param gap nanoseconds between two messages of anybody
     */
    RoomsTraffic(Crowd crowd, RoomsPlan plan, int[] order, char kind, long start, double gap) {
        this.crowd = crowd;
        this.plan = plan;
        this.order = order;
        this.kind = kind;
        this.start = start;
        this.gap = gap;
        begin = start + plan.timing().warm();
        end = begin + plan.timing().measured();
    }

    /** Composes what should have gone out by {@code now}; returns when the next message is to go. */
    @Override
    public long send(long now) {
        long next = intended();
        for (; next <= now && next < end; next = intended()) {
            crowd.message(crowd.clients().get(order[(int) (turn % order.length)]), kind, next);
            if (next >= begin) {
                offered++;
                latest = Math.max(latest, now - next);
            }
            turn++;
        }
        return next;
    }

    private long intended() {
        return start + (long) (turn * gap);
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        int from = Header.sender(in, at);
        if (Header.kind(in, at) != kind || from >= plan.clients()) {
            return;
        }
        boolean mine = from == to.id();
        delivered++;
        own += mine ? 1 : 0;
        if (now >= begin && now < end) {
            windowDelivered++;
            windowOwn += mine ? 1 : 0;
        }
        long intended = Header.time(in, at);
        if (intended >= begin && intended < end) {
            latency.add(now - intended);
        }
    }

    @Override
    public long begin() {
        return begin;
    }

    @Override
    public long end() {
        return end;
    }

    Histogram latency() {
        return latency;
    }

    /** Deliveries still to come. */
    @Override
    public long missing() {
        return Math.max(0, turn * plan.readers() - (delivered - own));
    }

    /** Deliveries, copies to the senders not counted, that should have been made in the window. */
    long offeredDeliveries() {
        return offered * plan.readers();
    }

    /** All deliveries that were made in the window. */
    long windowDelivered() {
        return windowDelivered;
    }

    long windowOwn() {
        return windowOwn;
    }

    /** The generator's own worst lateness in the window, nanoseconds. */
    long latest() {
        return latest;
    }
}
