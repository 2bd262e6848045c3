package io.teahouse.web;

import io.teahouse.room.support.Address;
import java.util.Locale;
import java.util.Set;

/**
 * The names by which browsers may address the server. A page can have its own name lead to this server (DNS rebinding);
 * then the browser takes both for one site, and only the name gives it away. Addresses and {@code localhost} cannot be
 * made to lead elsewhere. Pure.
 *
 * @param names in lower case, without ports; {@code *}: any
 * @param isLocal whether only this machine reaches the server, so that no other name leads to it
 */
record Hosts(Set<String> names, boolean isLocal) {
    private static final String ALL = "*";
    private static final String LOCALHOST = "localhost";

    /**
     * Whether a request may have that host.
     *
     * @param host the value of the field, perhaps with a port (RFC 9110 §7.2)
     * @param proxied whether a trusted proxy sent it, which is reached by names of its own
     */
    boolean allow(String host, boolean proxied) {
        String name = name(host);
        return names.contains(ALL)
                || names.contains(name)
                || name.equals(LOCALHOST)
                || name.endsWith("." + LOCALHOST)
                || Address.parse(name).isPresent()
                || (names.isEmpty() && (proxied || !isLocal));
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        String name = (colon > host.lastIndexOf(']') ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
