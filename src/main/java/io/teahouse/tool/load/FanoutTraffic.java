package io.teahouse.tool.load;

import java.nio.ByteBuffer;

/**
 * The closed loop: a sender's message is complete, and its next one goes out, when the last member to join has it.
 * Latency covers the deliveries to all members, so a server gains nothing by serving that one first.
 */
final class FanoutTraffic implements Traffic {
    private static final char KIND = 'm';
    private static final long NEVER = -1;

    private final Crowd crowd;
    private final FanoutPlan plan;
    private final Client observer;
    private final long begin;
    private final long end;
    private final Histogram latency = new Histogram();
    private boolean stopping;
    private long sent;
    private long delivered;
    private long own;
    private long windowDelivered;
    private long windowOwn;
    private long windowCompleted;
    private long lastObserved = NEVER;
    private long longestGap;
    private long quitSeen = NEVER;

    /** Traffic whose measured window goes from {@code begin} to {@code end}. */
    FanoutTraffic(Crowd crowd, FanoutPlan plan, long begin, long end) {
        this.crowd = crowd;
        this.plan = plan;
        this.begin = begin;
        this.end = end;
        observer = crowd.clients().get(plan.members() - 1);
    }

    void start() {
        for (Client client : crowd.clients().subList(0, plan.senders())) {
            client.sender = true;
            crowd.schedule(client);
        }
    }

    void stop() {
        stopping = true;
        if (lastObserved != NEVER) {
            longestGap = Math.max(longestGap, end - lastObserved);
        }
    }

    @Override
    public void refill(Client client) {
        if (client.sender && !stopping) {
            sent += crowd.fill(client, plan.window(), KIND);
        }
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        int from = Header.sender(in, at);
        if (Header.kind(in, at) != KIND || from >= plan.members()) {
            return;
        }
        boolean mine = from == to.id();
        boolean measured = now >= begin && now < end;
        delivered++;
        own += mine ? 1 : 0;
        if (measured) {
            windowDelivered++;
            windowOwn += mine ? 1 : 0;
            latency.add(now - Header.time(in, at));
        }
        if (to == observer) {
            observed(crowd.clients().get(from), now, measured);
        }
    }

    private void observed(Client sender, long now, boolean measured) {
        if (measured) {
            windowCompleted++;
            longestGap = lastObserved == NEVER ? longestGap : Math.max(longestGap, now - lastObserved);
        }
        lastObserved = now;
        sender.inFlight = Math.max(0, sender.inFlight - 1);
        if (!stopping) {
            crowd.schedule(sender);
        }
    }

    @Override
    public boolean watchesQuits(Client client) {
        return plan.slow() > 0 && client == observer && quitSeen == NEVER;
    }

    @Override
    public void quitSeen(long now) {
        quitSeen = now;
    }

    /** When a quit was seen, or negative. */
    long quitSeen() {
        return quitSeen;
    }

    long begin() {
        return begin;
    }

    long end() {
        return end;
    }

    Histogram latency() {
        return latency;
    }

    /** Deliveries still to come. */
    long missing() {
        return sent * plan.readers() - (delivered - own);
    }

    long windowDelivered() {
        return windowDelivered;
    }

    long windowOwn() {
        return windowOwn;
    }

    long windowCompleted() {
        return windowCompleted;
    }

    long longestGap() {
        return longestGap;
    }
}
