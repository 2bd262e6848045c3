package io.teahouse.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the log of refused connections and requests short: the first one of an address is logged at once, further ones are counted
 * and logged at the end of each interval. Beyond a hundred addresses, all others share one count. For IPv6, the first
 * 64 bits count as the address. Not thread-safe.
 */
public final class RefusalLog {
    /** The number of addresses with a count of their own. */
    private static final int MOST_ADDRESSES = 100;

    private static final int NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private static final class Count {
        long more;
        String why = "";
    }

    private final Map<InetAddress, Count> counts = new LinkedHashMap<>();
    private final Count others = new Count();

    /** Counts a refusal; returns the line to log at once, if any. */
    public Optional<String> refused(InetAddress from, String why) {
        InetAddress address = network(from);
        Count known = counts.get(address);
        if (known == null && counts.size() < MOST_ADDRESSES) {
            counts.put(address, new Count());
            return Optional.of("refused: " + from.getHostAddress() + ": " + why);
        }
        Count count = known == null ? others : known;
        count.more++;
        count.why = why;
        return Optional.empty();
    }

    /** The lines to log at the end of an interval. Addresses without a refusal in it are removed. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        counts.values().removeIf(count -> count.more == 0);
        counts.forEach((address, count) -> lines.add(line(count, text(address))));
        if (others.more > 0) {
            lines.add(line(others, "other addresses"));
        }
        return lines;
    }

    private static String line(Count count, String from) {
        String line =
                "refused: " + from + ": " + count.more + " more since the last such line, most recently: " + count.why;
        count.more = 0;
        return line;
    }

    /** True when there is nothing to report, now or later. */
    public boolean isEmpty() {
        return counts.isEmpty() && others.more == 0;
    }

    private static String text(InetAddress network) {
        return network.getHostAddress() + (network instanceof Inet6Address ? "/64" : "");
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        try {
            byte[] first = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
            return InetAddress.getByAddress(Arrays.copyOf(first, IPV6_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // sixteen bytes are an address
        }
    }
}
