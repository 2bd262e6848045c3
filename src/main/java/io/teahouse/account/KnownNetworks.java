package io.teahouse.account;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * From which networks the owner of an account has logged in: the first 24 bits of an IPv4 address, 48 of IPv6. What is kept
 * is a keyed hash over network and account, so that it names no address, and two accounts cannot be compared. Pure.
 */
public final class KnownNetworks {
    private static final int HASH_BYTES = 8;

    private KnownNetworks() {}

    /** @param secret known to the server alone */
    static String hash(byte[] secret, String key, InetAddress from) {
        String network = HexFormat.of().formatHex(Networks.neighbourhood(from).array());
        return HexFormat.of().formatHex(ScramSha256.derived(secret, "network:" + network, key), 0, HASH_BYTES);
    }

    /** The latest first, {@code most} at the most. */
    public static List<String> with(List<String> networks, String latest, int most) {
        List<String> result = new ArrayList<>(networks);
        result.remove(latest);
        result.add(0, latest);
        return List.copyOf(result.subList(0, Math.min(most, result.size())));
    }
}
