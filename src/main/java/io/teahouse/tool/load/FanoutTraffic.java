package io.teahouse.tool.load;

import java.nio.ByteBuffer;

/**
 * The closed loop: a sender's message is complete, and its next one goes out, when the last member to join has it.
 * Latency covers the deliveries to all members, so a server gains nothing by serving that one first.
 */
final class FanoutTraffic implements Traffic {
    private static final char KIND = 'm';
    private static final long NEVER = -1;

    private final Clients clients;
    private final FanoutPlan plan;
    private final Client observer;
    private final TimeWindow window;
    private final Histogram latency = new Histogram();
    private boolean stopping;
    private long sent;
    private long delivered;
    private long own;
    private long deliveredInWindow;
    private long ownInWindow;
    private long completedInWindow;
    private long lastObserved = NEVER;
    private long longestGap;
    private long quitSeen = NEVER;

    /** Traffic that starts at {@code start}. */
    FanoutTraffic(Clients clients, FanoutPlan plan, long start) {
        this.clients = clients;
        this.plan = plan;
        window = TimeWindow.of(start, plan.timing());
        observer = clients.get(plan.members() - 1);
    }

    void start() {
        for (Client client : clients.all().subList(0, plan.senders())) {
            client.sender = true;
            client.inFlight = 0;
            clients.scheduleFlush(client);
        }
    }

    void stop() {
        stopping = true;
        clients.all().forEach(client -> client.sender = false);
        if (lastObserved != NEVER) {
            longestGap = Math.max(longestGap, window.end() - lastObserved);
        }
    }

    @Override
    public void refill(Client client) {
        if (client.sender && !stopping) {
            sent += clients.fillWindow(client, plan.window(), KIND);
        }
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        int from = MessageHeader.sender(in, at);
        if (MessageHeader.kind(in, at) != KIND || from >= plan.members()) {
            return;
        }
        boolean mine = from == to.id();
        boolean measured = window.contains(now);
        delivered++;
        own += mine ? 1 : 0;
        if (measured) {
            deliveredInWindow++;
            ownInWindow += mine ? 1 : 0;
            latency.add(now - MessageHeader.time(in, at));
        }
        if (to == observer) {
            observed(clients.get(from), now, measured);
        }
    }

    private void observed(Client sender, long now, boolean measured) {
        if (measured) {
            completedInWindow++;
            longestGap = lastObserved == NEVER ? longestGap : Math.max(longestGap, now - lastObserved);
        }
        lastObserved = now;
        sender.inFlight = Math.max(0, sender.inFlight - 1);
        if (!stopping) {
            clients.scheduleFlush(sender);
        }
    }

    @Override
    public boolean watchesLines(Client client) {
        return plan.slow() > 0 && client == observer && quitSeen == NEVER;
    }

    @Override
    public void lineArrived(Client to, String line, long now) {
        quitSeen = clients.target().dialect().isQuit(line) ? now : quitSeen;
    }

    /** When a quit was seen, or negative. */
    long quitSeen() {
        return quitSeen;
    }

    TimeWindow window() {
        return window;
    }

    Histogram latency() {
        return latency;
    }

    /** Deliveries still to come. */
    long missing() {
        return sent * plan.readers() - (delivered - own);
    }

    long deliveredInWindow() {
        return deliveredInWindow;
    }

    long ownInWindow() {
        return ownInWindow;
    }

    long completedInWindow() {
        return completedInWindow;
    }

    long longestGap() {
        return longestGap;
    }
}
