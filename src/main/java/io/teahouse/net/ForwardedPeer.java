package io.teahouse.net;

import io.teahouse.client.Peer;
import io.teahouse.room.support.Address;
import io.teahouse.room.support.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the client behind proxies that the operator trusts, by what they say about it. Pure.
 *
 * @param trusted the addresses of proxies; nobody else is believed
 * @param standard whether they set {@code Forwarded} (RFC 7239) instead of {@code X-Forwarded-For} and {@code
 *     X-Forwarded-Proto}. Only one of the two counts: a proxy passes on the other as the client made it up.
 */
public record ForwardedPeer(List<Network> trusted, boolean standard) {
    /** One step of the way. */
    private record Hop(Optional<InetAddress> from, boolean secure) {}

    /** The fields of the head of a request. */
    public interface Fields {
        /** The values of a field, in order. */
        List<String> values(String name);
    }

    /** The elements of a field whose value is a list (RFC 9110 §5.6.1). */
    public static List<String> elements(List<String> values) {
        List<String> elements = new ArrayList<>();
        for (String value : values) {
            for (String element : value.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }

    public boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * The client of a request: the last address on its way that is not a trusted proxy's. What came before that could be
     * made up. An address that cannot be read counts as the one after it.
     *
     * @param socket the other end of the socket
     */
    public Peer find(Fields head, Peer socket) {
        InetAddress address = socket.address().getAddress();
        boolean secure = socket.secure();
        if (!isTrusted(address)) {
            return socket;
        }
        List<Hop> hops = standard ? standardHops(head) : usualHops(head);
        for (int i = hops.size() - 1; i >= 0; i--) {
            Optional<InetAddress> from = hops.get(i).from;
            if (from.isEmpty()) {
                break;
            }
            address = from.get();
            secure = hops.get(i).secure;
            if (!isTrusted(address)) {
                break;
            }
        }
        return new Peer(new InetSocketAddress(address, socket.address().getPort()), secure, socket.door());
    }

    private static List<Hop> usualHops(Fields head) {
        List<String> schemes = elements(head.values("x-forwarded-proto"));
        boolean secure = !schemes.isEmpty() && schemes.get(schemes.size() - 1).equalsIgnoreCase("https");
        return elements(head.values("x-forwarded-for")).stream()
                .map(from -> new Hop(address(from), secure))
                .toList();
    }

    /** Quoted commas and semicolons do not occur in addresses and schemes, so elements that have them are not understood. */
    private static List<Hop> standardHops(Fields head) {
        List<Hop> hops = new ArrayList<>();
        for (String element : elements(head.values("forwarded"))) {
            Optional<InetAddress> from = Optional.empty();
            boolean secure = false;
            for (String pair : element.split(";", -1)) {
                int equals = pair.indexOf('=');
                String name = pair.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
                String value = unquoted(pair.substring(equals + 1).strip());
                if (name.equals("for")) {
                    from = address(value);
                } else if (name.equals("proto")) {
                    secure = value.equalsIgnoreCase("https");
                }
            }
            hops.add(new Hop(from, secure));
        }
        return hops;
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** An address, perhaps with a port: {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}. */
    private static Optional<InetAddress> address(String text) {
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            return Address.parse(text.substring(0, bracket + 1));
        }
        int colon = text.indexOf(':');
        boolean hasPort = colon > 0 && colon == text.lastIndexOf(':');
        return Address.parse(hasPort ? text.substring(0, colon) : text);
    }
}
