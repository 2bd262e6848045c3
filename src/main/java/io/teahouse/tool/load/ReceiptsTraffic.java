package io.teahouse.tool.load;

import java.nio.ByteBuffer;

/**
 * Messages and their receipts: a client's own line that comes back to it. With a window, the next message goes out when a
 * receipt has come; with a rate, each goes out at its time, and latency counts from then (no coordinated omission).
 */
final class ReceiptsTraffic implements MeasuredTraffic {
    private static final char KIND = 'r';

    private final Crowd crowd;
    private final ReceiptsPlan plan;
    private final long start;
    private final long begin;
    private final long end;
    private final Histogram latency = new Histogram();
    private boolean stopping;
    private long turn;
    private long latest;
    private long sent;
    private long received;
    private long windowReceived;
    private long windowDelivered;

    /** Traffic that starts at {@code start}. */
    ReceiptsTraffic(Crowd crowd, ReceiptsPlan plan, long start) {
        this.crowd = crowd;
        this.plan = plan;
        this.start = start;
        begin = start + plan.timing().warm();
        end = begin + plan.timing().measured();
    }

    @Override
    public long send(long now) {
        if (!plan.isOpen()) {
            if (turn == 0) {
                turn = 1;
                crowd.clients().forEach(crowd::schedule);
            }
            return end;
        }
        long next = intended();
        for (; next <= now && next < end; next = intended()) {
            crowd.message(crowd.clients().get((int) (turn % plan.clients())), KIND, next);
            latest = next >= begin ? Math.max(latest, now - next) : latest;
            sent++;
            turn++;
        }
        return next;
    }

    private long intended() {
        return start + (long) (turn * plan.gap());
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void refill(Client client) {
        if (!plan.isOpen() && !stopping) {
            sent += crowd.fill(client, plan.window(), KIND);
        }
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        if (Header.kind(in, at) != KIND) {
            return;
        }
        boolean measured = now >= begin && now < end;
        windowDelivered += measured ? 1 : 0;
        if (Header.sender(in, at) != to.id()) {
            return;
        }
        received++;
        long said = Header.time(in, at);
        if (plan.isOpen() ? said >= begin && said < end : measured) {
            latency.add(now - said);
        }
        windowReceived += measured ? 1 : 0;
        if (!plan.isOpen()) {
            to.inFlight--;
            crowd.schedule(to);
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

    /** Messages whose receipt is still to come. */
    @Override
    public long missing() {
        return sent - received;
    }

    long windowReceived() {
        return windowReceived;
    }

    long windowDelivered() {
        return windowDelivered;
    }

    /** The generator's own worst lateness in the window, nanoseconds. */
    long latest() {
        return latest;
    }
}
