package io.teahouse.account;

import io.teahouse.room.support.Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hides addresses from other users: in place of an address they see three parts and {@code .ip}. Each part is a keyed hash
 * (HMAC-SHA-256) of the address or of a network that contains it, the widest last. The same address always looks the same,
 * {@code *.B.C.ip} are its neighbours, and nobody can find the address without the key. See {@code doc/decisions/0011}.
 * Thread-safe.
 */
public final class Cloak {
    /** Shows addresses as they are. */
    public static final Cloak NONE = new Cloak(Optional.empty());

    private static final String END = ".ip";

    /** How many bits of an IPv4 address each part covers. */
    private static final int[] NARROW = {32, 24, 16};

    /** The same for IPv6: one line of a customer, one customer, one provider. */
    private static final int[] WIDE = {64, 48, 32};

    /** The length of each part, in bytes. */
    private static final int PART = 5;

    /** The size of the cache of stored addresses. */
    private static final int REMEMBERED = 1000;

    private final Optional<byte[]> key;

    /** A cache from stored hosts to their cloaks. */
    private final Map<String, String> stored = new ConcurrentHashMap<>();

    private Cloak(Optional<byte[]> key) {
        this.key = key;
    }

    /**
     * Hides addresses.
     *
     * @param secret nobody outside can guess it; if it changes, bans no longer match
     */
    public static Cloak keyed(byte[] secret) {
        return new Cloak(Optional.of(secret.clone()));
    }

    /** Whether it hides anything. */
    public boolean isOn() {
        return key.isPresent();
    }

    /** What is shown of an address. */
    public String host(InetAddress address) {
        return key.map(known -> hide(known, address)).orElseGet(() -> Address.canonical(address));
    }

    /** The cloak of a stored host, which is an address or was a cloak already. */
    public String host(String host) {
        if (key.isEmpty() || host.endsWith(END)) {
            return host;
        }
        String known = stored.get(host);
        if (known != null) {
            return known;
        }
        String shown = Address.parse(host).map(this::host).orElse(host);
        if (stored.size() >= REMEMBERED) {
            stored.clear();
        }
        stored.put(host, shown);
        return shown;
    }

    private static String hide(byte[] key, InetAddress address) {
        byte[] bytes = address.getAddress();
        StringBuilder shown = new StringBuilder();
        for (int bits : bytes.length == 4 ? NARROW : WIDE) {
            String network = bytes.length + "/" + HexFormat.of().formatHex(bytes, 0, bits / Byte.SIZE);
            byte[] hash = ScramSha256.derived(key, "cloak", network);
            shown.append(HexFormat.of().formatHex(hash, 0, PART)).append('.');
        }
        return shown.append(END, 1, END.length()).toString();
    }
}
