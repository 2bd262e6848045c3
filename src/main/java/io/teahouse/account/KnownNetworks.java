package io.teahouse.account;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The networks from which the owner of an account has logged in: each is an address (64 bits of IPv6) and the network
 * around it (24 bits of IPv4, 48 of IPv6). Only keyed hashes of these and the account are stored, so that they reveal no
 * address and cannot be compared between accounts. Pure.
 */
public final class KnownNetworks {
    private static final int HASH_BYTES = 8;

    private KnownNetworks() {}

    /**
     * What is stored of an address: {@code ADDRESS.NETWORK}, two hashes.
     *
     * @param secret known to the server alone
     */
    static String entry(byte[] secret, String key, InetAddress from) {
        return hash(secret, key, Networks.household(from)) + "." + hash(secret, key, Networks.neighbourhood(from));
    }

    private static String hash(byte[] secret, String key, ByteBuffer network) {
        byte[] bytes = new byte[network.remaining()];
        network.duplicate().get(bytes);
        String text = "network:" + HexFormat.of().formatHex(bytes);
        return HexFormat.of().formatHex(ScramSha256.derived(secret, text, key), 0, HASH_BYTES);
    }

    /**
     * The address, if the owner has logged in from it; otherwise its network, if they have logged in from there; otherwise
     * empty.
     *
     * @param entry what {@link #entry} gives for the address
     */
    static Optional<Object> find(List<String> known, String entry, InetAddress from) {
        int dot = entry.indexOf('.');
        String address = entry.substring(0, dot + 1);
        String network = entry.substring(dot);
        if (known.stream().anyMatch(each -> each.startsWith(address))) {
            return Optional.of(Networks.household(from));
        }
        return known.stream().anyMatch(each -> each.endsWith(network))
                ? Optional.of(Networks.neighbourhood(from))
                : Optional.empty();
    }

    /** With another network in first place, cut to {@code most} networks. */
    public static List<String> with(List<String> known, String latest, int most) {
        List<String> result = new ArrayList<>(known);
        result.remove(latest);
        result.add(0, latest);
        return List.copyOf(result.subList(0, Math.min(most, result.size())));
    }
}
