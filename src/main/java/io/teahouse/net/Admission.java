package io.teahouse.net;

import io.teahouse.client.FloodGuard;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may connect: a cap for all, one for each address, and how fast one address may come, at all doors together. Of
 * IPv6, the first 64 bits count as the address: that is what one household has. Thread-safe.
 */
public final class Admission {
    private static final int NETWORK_BYTES = 8;

    /** From so many on, addresses that mean nothing any more are forgotten. */
    private static final int MANY = 4096;

    private static final class Origin {
        final FloodGuard pace;
        int connections;

        Origin(FloodGuard pace) {
            this.pace = pace;
        }
    }

    private final int max;
    private final LimitClass everybody;
    private final List<LimitClass> classes;
    private final FloodGuard.Rules pace;
    private final Map<ByteBuffer, Origin> origins = new HashMap<>();
    private int total;

    /** Nobody is in yet. */
    public Admission(AdmissionSettings settings) {
        this.max = settings.maxConnections();
        this.everybody = new LimitClass(List.of(), settings.maxConnectionsPerAddress(), true);
        this.classes = settings.classes();
        this.pace = settings.pace();
    }

    /** The limits that hold for somebody from there. */
    LimitClass limits(InetAddress address) {
        return classes.stream()
                .filter(each -> each.holdsFor(address))
                .findFirst()
                .orElse(everybody);
    }

    /**
     * Takes a place; or says, in one line for a person, why there is none.
     *
     * @param now in nanoseconds of any clock that does not jump
     */
    synchronized Optional<String> enter(InetAddress address, long now) {
        if (total >= max) {
            return Optional.of("the server is full (" + max + " connections): try again later");
        }
        Origin origin = origins.computeIfAbsent(network(address), fresh -> new Origin(new FloodGuard(pace, now)));
        LimitClass limits = limits(address);
        int most = limits.maxConnectionsPerAddress();
        if (origin.connections >= most) {
            return Optional.of("too many connections from your address (" + most + " at most)");
        } else if (limits.flood() && !origin.pace.charge(1, now).isZero()) {
            return Optional.of("your address connects too fast: wait a little");
        }
        total++;
        origin.connections++;
        if (origins.size() > MANY) {
            origins.values().removeIf(each -> each.connections == 0 && each.pace.isRested(now));
        }
        return Optional.empty();
    }

    /** Gives a place back that was taken by {@link #enter}. */
    synchronized void leave(InetAddress address) {
        Origin origin = origins.get(network(address));
        if (origin != null && origin.connections > 0) {
            total--;
            origin.connections--;
        }
    }

    synchronized int total() {
        return total;
    }

    private static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
