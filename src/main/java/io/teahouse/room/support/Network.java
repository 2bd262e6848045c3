package io.teahouse.room.support;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Addresses with a common prefix (RFC 4632): {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address alone.
 *
 * @param address any of them
 * @param bits the length of the prefix
 */
public record Network(InetAddress address, int bits) {
    /**
     * Parses a network.
     *
     * @throws IllegalArgumentException if it is none; host names are not resolved
     */
    public static Network parse(String text) {
        return of(text).orElseThrow(() -> new IllegalArgumentException("not an IP address or a network: " + text));
    }

    /** The same; empty if it is none. */
    public static Optional<Network> of(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int longest = address.get().getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? longest : bits(text.substring(slash + 1));
        return bits < 0 || bits > longest ? Optional.empty() : Optional.of(new Network(address.get(), bits));
    }

    /** -1: it is no length of a prefix. */
    private static int bits(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    /** In one form for all spellings: {@code 10.1.2.3/8} is {@code 10.0.0.0/8}, and an address alone has no prefix. */
    public String canonical() {
        byte[] bytes = address.getAddress();
        boolean whole = bits == bytes.length * Byte.SIZE;
        for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        try {
            return Address.canonical(InetAddress.getByAddress(bytes)) + (whole ? "" : "/" + bits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // as many bytes as an address has
        }
    }

    /** Whether an address belongs to it. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((mine[bit / Byte.SIZE] & mask) != (its[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
