package io.teahouse.net;

import io.teahouse.client.Allowance;
import io.teahouse.client.FloodGuard;
import io.teahouse.client.MemoryBudget;
import io.teahouse.client.ReadTurns;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Admits connections, for all listeners together: limits their number in total, per address and per network, the rate
 * of connects, and the work that an address may cause. For IPv6, the first 64 bits count as the address (one
 * household), and the first 48 as the network (what a provider gives one customer on request); for IPv4, the first 24
 * are the network. A network may connect as fast, and cause as much work, as four addresses. Also holds the budgets
 * that all connections share. Thread-safe.
 */
public final class Admission {
    private static final int IPV6_ADDRESS = 8;
    private static final int IPV6_NETWORK = 6;
    private static final int IPV4_NETWORK = 3;
    private static final int ADDRESSES_OF_A_NETWORK = 4;

    /** The number of entries from which on addresses without connections and with full buckets are removed. */
    private static final int MANY = 4096;

    /** What may refuse a connection. */
    public enum Limit {
        /** The connections of all together. */
        SERVER,
        /** The connections of one address. */
        ADDRESS,
        /** The connections of one network. */
        NETWORK,
        /** How fast an address or a network connects. */
        RATE,
        /** A ban of the address, by an operator. */
        BANNED
    }

    /** An address, or a network. */
    private static final class Origin {
        final FloodGuard pace;
        final FloodGuard work;
        int connections;

        Origin(FloodGuard pace, FloodGuard work) {
            this.pace = pace;
            this.work = work;
        }

        boolean isRested(long now) {
            return connections == 0 && pace.isRested(now) && work.isRested(now);
        }
    }

    private final Function<InetAddress, Optional<String>> bans;
    private volatile AdmissionSettings settings;
    private final MemoryBudget outboxes;
    private final MemoryBudget readWindows;
    private final ReadTurns reads;

    /** Addresses and networks, by their first bytes, whose number differs between the two. */
    private final Map<ByteBuffer, Origin> origins = new HashMap<>();

    /** Refused connections, by the limit that was reached. */
    private final Map<Limit, Long> refused = new EnumMap<>(Limit.class);

    private int total;

    /**
     * Without any connections.
     *
     * @param bans why nobody from an address may connect, in one line for them; called by any thread
     */
    public Admission(AdmissionSettings settings, Function<InetAddress, Optional<String>> bans) {
        this.bans = bans;
        this.settings = settings;
        this.outboxes = new MemoryBudget(settings.sendQueuesBytes());
        this.readWindows = new MemoryBudget(settings.inputBytes());
        this.reads = new ReadTurns(settings.reads());
    }

    /** Limits connections from now on as {@code fresh} says; those that are open stay. The budgets do not change. */
    public synchronized void replace(AdmissionSettings fresh) {
        settings = fresh;
    }

    /** The budget of all output that waits to be written, for all connections together. */
    MemoryBudget outboxes() {
        return outboxes;
    }

    /** The budget of all input that waits to be processed, for all connections together. */
    MemoryBudget readWindows() {
        return readWindows;
    }

    /** The limits on work of a client with that address. */
    synchronized Allowance allowance(InetAddress address, long now) {
        return limits(address).flood()
                ? new Allowance(address(address, now).work, network(address, now).work, reads)
                : Allowance.unlimited(reads);
    }

    private Origin address(InetAddress address, long now) {
        return origins.computeIfAbsent(addressKey(address), fresh -> origin(1, now));
    }

    private Origin network(InetAddress address, long now) {
        return origins.computeIfAbsent(networkKey(address), fresh -> origin(ADDRESSES_OF_A_NETWORK, now));
    }

    private Origin origin(int times, long now) {
        return new Origin(
                new FloodGuard(() -> settings.pace().times(times), now),
                new FloodGuard(() -> settings.work().times(times), now));
    }

    /** The limits for a client with that address. */
    synchronized LimitClass limits(InetAddress address) {
        return settings.classes().stream()
                .filter(each -> each.matches(address))
                .findFirst()
                .orElse(settings.everybody());
    }

    /**
     * Counts a new connection. Returns empty if it is admitted, or else the reason in one line for the user.
     *
     * @param now in nanoseconds of a monotonic clock
     */
    synchronized Optional<String> enter(InetAddress address, long now) {
        Optional<String> banned = banned(address);
        if (banned.isPresent()) {
            return banned;
        }
        int max = settings.maxConnections();
        if (total >= max) {
            return refuse(Limit.SERVER, "the server is full (" + max + " connections): try again later");
        }
        Origin origin = address(address, now);
        Origin network = network(address, now);
        LimitClass limits = limits(address);
        int most = limits.maxConnectionsPerAddress();
        int mostOfAll = settings.maxConnectionsPerNetwork();
        if (origin.connections >= most) {
            return refuse(Limit.ADDRESS, "too many connections from your address (" + most + " at most)");
        } else if (limits.equals(settings.everybody()) && network.connections >= mostOfAll) {
            return refuse(Limit.NETWORK, "too many connections from your network (" + mostOfAll + " at most)");
        } else if (limits.flood() && !mayCome(origin, network, now)) {
            return refuse(Limit.RATE, "your address connects too fast: wait a little");
        }
        total++;
        origin.connections++;
        network.connections++;
        if (origins.size() > MANY) {
            origins.values().removeIf(each -> each.isRested(now));
        }
        return Optional.empty();
    }

    /** The same for a connection that counts already. */
    synchronized Optional<String> banned(InetAddress address) {
        return bans.apply(address).flatMap(why -> refuse(Limit.BANNED, why));
    }

    private Optional<String> refuse(Limit limit, String why) {
        refused.merge(limit, 1L, Long::sum);
        return Optional.of(why);
    }

    /** How many connections that limit has refused. */
    public synchronized long refused(Limit limit) {
        return refused.getOrDefault(limit, 0L);
    }

    /** The output that waits to be written, in bytes; what several connections share counts for each. */
    public long outputBytes() {
        return outboxes.held();
    }

    /** The input that waits to be processed, in bytes. */
    public long inputBytes() {
        return readWindows.held();
    }

    private static boolean mayCome(Origin origin, Origin network, long now) {
        return FloodGuard.chargeBoth(origin.pace, network.pace, 1, now).isZero();
    }

    /** Ends a connection that {@link #enter} has counted. */
    synchronized void leave(InetAddress address) {
        Origin origin = origins.get(addressKey(address));
        Origin network = origins.get(networkKey(address));
        if (origin != null && origin.connections > 0) {
            total--;
            origin.connections--;
        }
        if (network != null && network.connections > 0) {
            network.connections--;
        }
    }

    synchronized int total() {
        return total;
    }

    private static ByteBuffer addressKey(InetAddress address) {
        return key(address, address instanceof Inet6Address ? IPV6_ADDRESS : address.getAddress().length);
    }

    private static ByteBuffer networkKey(InetAddress address) {
        return key(address, address instanceof Inet6Address ? IPV6_NETWORK : IPV4_NETWORK);
    }

    private static ByteBuffer key(InetAddress address, int bytes) {
        return ByteBuffer.wrap(Arrays.copyOf(address.getAddress(), bytes));
    }
}
