package io.teahouse.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Groups addresses into households, customers and networks, which limits are applied to. Pure. */
public final class Networks {
    private static final int HOUSEHOLD_BYTES = 8;
    private static final int SITE_BYTES = 6;
    private static final int NEIGHBOURHOOD_BYTES = 3;

    private Networks() {}

    /** The address; of IPv6 its first 64 bits, which one household has. */
    public static ByteBuffer household(InetAddress address) {
        return prefix(address, Integer.MAX_VALUE, HOUSEHOLD_BYTES);
    }

    /** The first 48 bits of an IPv6 address, which one customer may have for many households. Empty: it is IPv4. */
    static Optional<Object> site(InetAddress address) {
        return address instanceof Inet6Address
                ? Optional.of(prefix(address, Integer.MAX_VALUE, SITE_BYTES))
                : Optional.empty();
    }

    /** One customer: an IPv4 address, or the first 48 bits of IPv6. */
    static Object customer(InetAddress address) {
        return prefix(address, Integer.MAX_VALUE, SITE_BYTES);
    }

    /** {@link #customer} as a text. */
    public static String customerName(InetAddress address) {
        return HexFormat.of().formatHex(firstBytes(address, Integer.MAX_VALUE, SITE_BYTES));
    }

    /** The network within which a customer's address may change: 24 bits of IPv4, 48 of IPv6. */
    static ByteBuffer neighbourhood(InetAddress address) {
        return prefix(address, NEIGHBOURHOOD_BYTES, SITE_BYTES);
    }

    private static ByteBuffer prefix(InetAddress address, int version4, int version6) {
        return ByteBuffer.wrap(firstBytes(address, version4, version6));
    }

    private static byte[] firstBytes(InetAddress address, int version4, int version6) {
        byte[] bytes = address.getAddress();
        return Arrays.copyOf(bytes, Math.min(bytes.length, address instanceof Inet6Address ? version6 : version4));
    }
}
