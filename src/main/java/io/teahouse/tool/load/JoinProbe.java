package io.teahouse.tool.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lets two members of each room send until every client has received a message of one of them. Then every join has taken
 * effect, and a message that does not arrive later is the server's fault.
 */
final class JoinProbe implements Traffic {
    private static final long PATIENCE = 2 * RunClock.SECOND;
    private static final long STRAGGLERS = 300_000_000L;

    private final Clients clients;
    private final Map<Integer, Long> members;
    private long unheard;

    private JoinProbe(Clients clients) {
        this.clients = clients;
        members = clients.all().stream().collect(Collectors.groupingBy(Client::room, Collectors.counting()));
        unheard = members.values().stream()
                .filter(count -> count > 1)
                .mapToLong(Long::longValue)
                .sum();
    }

    static void run(Clients clients, EventLoop loop) throws IOException {
        JoinProbe probe = new JoinProbe(clients);
        clients.setTraffic(probe);
        long limit = clients.now() + clients.target().registerNanos();
        while (probe.unheard > 0) {
            long again = Math.min(clients.now() + PATIENCE, limit);
            probe.send();
            while (probe.unheard > 0 && clients.now() < again) {
                loop.runOnce(again);
                if (clients.lostCount() > 0) {
                    throw LoadFailure.clientsLost("clients lost while probing");
                }
            }
            if (probe.unheard > 0 && clients.now() >= limit) {
                throw LoadFailure.tooLate(probe.unheard + " clients do not hear their room");
            }
        }
        loop.runUntil(clients.now() + STRAGGLERS);
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        if (MessageHeader.kind(in, at) == MessageFormat.PROBE && !to.probed) {
            to.probed = true;
            // A client that is alone in its room may receive its own message, but is not counted as unheard.
            unheard -= members.getOrDefault(to.room(), 0L) > 1 ? 1 : 0;
        }
    }

    private void send() {
        Map<Integer, Long> toSpeak = members.keySet().stream().collect(Collectors.toMap(room -> room, room -> 2L));
        for (Client client : clients.all()) {
            if (toSpeak.merge(client.room(), -1L, Long::sum) >= 0) {
                clients.sendMessage(client, MessageFormat.PROBE, clients.now());
            }
        }
    }
}
