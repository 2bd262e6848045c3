package io.teahouse.net;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who may connect: a cap for all, and one for each address. Pure; one thread at a time. */
final class Admission {
    private final int max;
    private final int maxPerAddress;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int total;

    Admission(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /** Takes a place; or says, in one line for a person, why there is none. */
    Optional<String> enter(InetAddress address) {
        if (total >= max) {
            return Optional.of("the server is full (" + max + " connections): try again later");
        }
        if (perAddress.getOrDefault(address, 0) >= maxPerAddress) {
            return Optional.of("too many connections from your address (" + maxPerAddress + " at most)");
        }
        total++;
        perAddress.merge(address, 1, Integer::sum);
        return Optional.empty();
    }

    /** Gives a place back that was taken by {@link #enter}. */
    void leave(InetAddress address) {
        total--;
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    int total() {
        return total;
    }
}
