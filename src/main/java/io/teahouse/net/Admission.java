package io.teahouse.net;

import io.teahouse.client.FloodGuard;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may connect: a cap for all, one for each address, and how fast one address may come. Of IPv6, the first 64 bits
 * count as the address: that is what one household has. Pure; one thread at a time.
 */
final class Admission {
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
    private final int maxPerAddress;
    private final FloodGuard.Rules pace;
    private final Map<ByteBuffer, Origin> origins = new HashMap<>();
    private int total;

    /** @param pace how fast one address may connect; each connection costs a point */
    Admission(int max, int maxPerAddress, FloodGuard.Rules pace) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.pace = pace;
    }

    /**
     * Takes a place; or says, in one line for a person, why there is none.
     *
     * @param now in nanoseconds of any clock that does not jump
     */
    Optional<String> enter(InetAddress address, long now) {
        if (total >= max) {
            return Optional.of("the server is full (" + max + " connections): try again later");
        }
        Origin origin = origins.computeIfAbsent(network(address), fresh -> new Origin(new FloodGuard(pace, now)));
        if (origin.connections >= maxPerAddress) {
            return Optional.of("too many connections from your address (" + maxPerAddress + " at most)");
        } else if (!origin.pace.charge(1, now).isZero()) {
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
    void leave(InetAddress address) {
        Origin origin = origins.get(network(address));
        if (origin != null && origin.connections > 0) {
            total--;
            origin.connections--;
        }
    }

    int total() {
        return total;
    }

    private static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
