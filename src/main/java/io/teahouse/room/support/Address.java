package io.teahouse.room.support;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses as text, in one canonical form each. Never does a DNS look-up. */
public final class Address {
    /** The longest one: six groups, an IPv4 address, brackets and a zone. */
    private static final int LONGEST = 80;

    private Address() {}

    /** The canonical form: IPv4 in decimal; IPv6 in lower case, not compressed, without its zone. */
    public static String canonical(InetAddress address) {
        return withoutZone(address.getHostAddress());
    }

    /**
     * The canonical form of an address as typed: compressed or not, in brackets, with a zone, IPv4 mapped into IPv6
     * (RFC 4291 §2.2).
     *
     * @return empty: it is no address, or only a part of one
     */
    public static Optional<String> canonical(String typed) {
        return parse(typed).map(Address::canonical);
    }

    /** Parses an address; empty if it is none. */
    public static Optional<InetAddress> parse(String typed) {
        if (typed.isEmpty() || typed.length() > LONGEST || !couldBegin(typed.charAt(0))) {
            return Optional.empty();
        }
        boolean bracketed = typed.startsWith("[") && typed.endsWith("]");
        String plain = withoutZone(bracketed ? typed.substring(1, typed.length() - 1) : typed);
        return plain.indexOf(':') >= 0 ? v6(plain) : bracketed ? Optional.empty() : v4(plain);
    }

    private static boolean couldBegin(char c) {
        return c == ':' || c == '[' || (c < 0x80 && Character.digit(c, 16) >= 0);
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static Optional<InetAddress> v6(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ':' && c != '.' && (c >= 0x80 || Character.digit(c, 16) < 0)) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(InetAddress.getByName("[" + text + "]")); // brackets: no DNS
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> v4(String text) {
        byte[] address = new byte[4];
        int part = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (value < 0 || value > 255 || part == address.length) {
                    return Optional.empty();
                }
                address[part++] = (byte) value;
                value = -1;
            } else if (c >= '0' && c <= '9' && value <= 255) {
                value = Math.max(0, value) * 10 + (c - '0');
            } else {
                return Optional.empty();
            }
        }
        try {
            return part == address.length ? Optional.of(InetAddress.getByAddress(address)) : Optional.empty();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are always an address
        }
    }
}
