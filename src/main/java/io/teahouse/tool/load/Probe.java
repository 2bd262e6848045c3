package io.teahouse.tool.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Two members of each room speak until every client has heard one of them: only then has every join taken effect, and
 * a message that does not arrive later on is the server's fault.
 */
final class Probe implements Traffic {
    private static final long PATIENCE = 2 * RunClock.SECOND;
    private static final long STRAGGLERS = 300_000_000L;

    private final Crowd crowd;
    private final Map<Integer, Long> members;
    private long unheard;

    private Probe(Crowd crowd) {
        this.crowd = crowd;
        members = crowd.clients().stream().collect(Collectors.groupingBy(Client::room, Collectors.counting()));
        unheard = members.values().stream()
                .filter(count -> count > 1)
                .mapToLong(Long::longValue)
                .sum();
    }

    static void run(Crowd crowd, Pump pump) throws IOException {
        Probe probe = new Probe(crowd);
        crowd.carry(probe);
        long limit = crowd.now() + crowd.target().registerNanos();
        while (probe.unheard > 0) {
            long again = Math.min(crowd.now() + PATIENCE, limit);
            probe.speak();
            while (probe.unheard > 0 && crowd.now() < again) {
                pump.round(again);
                if (crowd.lost() > 0) {
                    throw LoadFailure.clientsLost("clients lost while probing");
                }
            }
            if (probe.unheard > 0 && crowd.now() >= limit) {
                throw LoadFailure.tooLate(probe.unheard + " clients do not hear their room");
            }
        }
        pump.rest(crowd.now() + STRAGGLERS);
    }

    @Override
    public void arrived(Client to, ByteBuffer in, int at, long now) {
        if (Header.kind(in, at) == MessageFormat.PROBE && !to.probed) {
            to.probed = true;
            // Somebody alone in a room may hear himself, but was not waited for.
            unheard -= members.getOrDefault(to.room(), 0L) > 1 ? 1 : 0;
        }
    }

    private void speak() {
        Map<Integer, Long> toSpeak = members.keySet().stream().collect(Collectors.toMap(room -> room, room -> 2L));
        for (Client client : crowd.clients()) {
            if (toSpeak.merge(client.room(), -1L, Long::sum) >= 0) {
                crowd.message(client, MessageFormat.PROBE, crowd.now());
            }
        }
    }
}
