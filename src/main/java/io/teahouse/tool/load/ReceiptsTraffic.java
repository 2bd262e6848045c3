package io.teahouse.tool.load;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Messages and their receipts: a client's own line that comes back to it. With a window, the next message goes out when a
 * receipt has come; with a rate, each goes out at its time ({@link OpenLoop}).
 */
final class ReceiptsTraffic extends MeasuredTraffic {
    private static final char KIND = 'r';

    private final Clients clients;
    private final ReceiptsPlan plan;
    private boolean started;
    private boolean stopping;
    private long sentByReceipt;
    private long received;
    private long receivedInWindow;

    /** Traffic that starts at {@code start}. */
    ReceiptsTraffic(Clients clients, ReceiptsPlan plan, long start) {
        super(new OpenLoop(
                clients,
                KIND,
                IntStream.range(0, plan.clients()).toArray(),
                start,
                plan.gap(),
                TimeWindow.of(start, plan.timing())));
        this.clients = clients;
        this.plan = plan;
    }

    @Override
    long send(long now) {
        if (plan.isOpen()) {
            return super.send(now);
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

    /** Messages whose receipt is still to come. */
    @Override
    long missing() {
        return loop.sent() + sentByReceipt - received;
    }

    /** Receipts that came in the window. */
    long receivedInWindow() {
        return receivedInWindow;
    }
}
