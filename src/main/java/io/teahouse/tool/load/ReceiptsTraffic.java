package io.teahouse.tool.load;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Messages and their receipts: a client's own line that comes back to it. With a window, the next message goes out when a
 * receipt has come; with a rate, each goes out at its time ({@link OpenLoop}).
 */
final class ReceiptsTraffic implements MeasuredTraffic {
    private static final char KIND = 'r';

    private final Clients clients;
    private final ReceiptsPlan plan;
    private final TimeWindow window;
    private final OpenLoop loop;
    private final Histogram latency = new Histogram();
    private boolean started;
    private boolean stopping;
    private long sentByReceipt;
    private long received;
    private long receivedInWindow;
    private long deliveredInWindow;

    /** Traffic that starts at {@code start}. */
    ReceiptsTraffic(Clients clients, ReceiptsPlan plan, long start) {
        this.clients = clients;
        this.plan = plan;
        window = TimeWindow.of(start, plan.timing());
        int[] order = IntStream.range(0, plan.clients()).toArray();
        loop = new OpenLoop(clients, KIND, order, start, plan.gap(), window);
    }

    @Override
    public long send(long now) {
        if (plan.isOpen()) {
            return loop.send(now);
        }
        if (!started) {
            started = true;
            clients.all().forEach(clients::scheduleFlush);
        }
        return window.end();
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void refill(Client client) {
        if (!plan.isOpen() && !stopping) {
            sentByReceipt += clients.fillWindow(client, plan.window(), KIND);
        }
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        if (MessageHeader.kind(in, at) != KIND) {
            return;
        }
        boolean measured = window.contains(now);
        deliveredInWindow += measured ? 1 : 0;
        if (MessageHeader.sender(in, at) != to.id()) {
            return;
        }
        received++;
        long sentAt = MessageHeader.time(in, at);
        if (plan.isOpen() ? window.contains(sentAt) : measured) {
            latency.add(now - sentAt);
        }
        receivedInWindow += measured ? 1 : 0;
        if (!plan.isOpen()) {
            to.inFlight--;
            clients.scheduleFlush(to);
        }
    }

    @Override
    public TimeWindow window() {
        return window;
    }

    Histogram latency() {
        return latency;
    }

    /** Messages whose receipt is still to come. */
    @Override
    public long missing() {
        return loop.sent() + sentByReceipt - received;
    }

    /** Receipts that came in the window. */
    long receivedInWindow() {
        return receivedInWindow;
    }

    /** All deliveries that were made in the window. */
    long deliveredInWindow() {
        return deliveredInWindow;
    }

    /** The generator's own worst lateness in the window, in nanoseconds. */
    long maxLateness() {
        return loop.maxLateness();
    }
}
