package io.teahouse.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

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
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("not an IP address: " + text);
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            int longest = address.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > longest) {
                throw new IllegalArgumentException("invalid prefix length: " + text);
            }
            return new Network(address, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + text, e);
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
