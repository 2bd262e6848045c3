package io.teahouse.tool.load;

import java.nio.ByteBuffer;

/** Clients in many rooms who send at fixed times ({@link OpenLoop}); latency covers the deliveries to all members. */
final class RoomsTraffic extends MeasuredTraffic {
    private final RoomsPlan plan;
    private final char kind;
    private long delivered;
    private long own;
    private long ownInWindow;

    /**
     * Traffic that starts at {@code start}.
     *
     * @param order in which the clients send, by their numbers
     * @param kind tells the messages of this rate from those of the rate before, which may still be under way
     * @param gap nanoseconds between two messages of any client
     */
    RoomsTraffic(Clients clients, RoomsPlan plan, int[] order, char kind, long start, double gap) {
        super(new OpenLoop(clients, kind, order, start, gap, TimeWindow.of(start, plan.timing())));
        this.plan = plan;
        this.kind = kind;
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        int from = MessageHeader.sender(in, at);
        if (MessageHeader.kind(in, at) != kind || from >= plan.clients()) {
            return;
        }
        boolean mine = from == to.id();
        delivered++;
        own += mine ? 1 : 0;
        if (window.contains(now)) {
            deliveredInWindow++;
            ownInWindow += mine ? 1 : 0;
        }
        long intended = MessageHeader.time(in, at);
        if (window.contains(intended)) {
            latency.add(now - intended);
        }
    }

    @Override
    long missing() {
        return Math.max(0, loop.sent() * plan.readers() - (delivered - own));
    }

    /** Deliveries, copies to the senders not counted, that should have been made in the window. */
    long offeredDeliveries() {
        return loop.sentInWindow() * plan.readers();
    }

    /** Those of them that went to the sender itself. */
    long ownInWindow() {
        return ownInWindow;
    }
}
