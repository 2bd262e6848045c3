package io.teahouse.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which pages may connect: those of this server's own host, and those of the origins that the operator lists. Programs
 * that are no browsers send no origin (RFC 6454, RFC 6455 §10.2).
 *
 * @param others in lower case; {@code *}: all
 */
record Origins(Set<String> others) {
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    /**
     * Whether a connection is allowed.
     *
     * @param origins the values of the field in the request
     * @param host where the browser has sent the request
     */
    boolean allow(List<String> origins, String host) {
        if (origins.isEmpty() || others.contains("*")) {
            return true;
        } else if (origins.size() > 1) {
            return false;
        }
        String origin = origins.get(0).toLowerCase(Locale.ROOT);
        return others.contains(origin) || isSame(origin, host.toLowerCase(Locale.ROOT));
    }

    /** A proxy in front of the server may end TLS, so the scheme only decides the default port. */
    private static boolean isSame(String origin, String host) {
        if (origin.startsWith(HTTP)) {
            return withoutPort(origin.substring(HTTP.length()), ":80").equals(withoutPort(host, ":80"));
        }
        return origin.startsWith(HTTPS)
                && withoutPort(origin.substring(HTTPS.length()), ":443").equals(withoutPort(host, ":443"));
    }

    private static String withoutPort(String host, String port) {
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }
}
