package io.teahouse.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages may connect: those of this server's own host, and those of the origins that the operator lists. Programs
 * that are no browsers send no origin (RFC 6454, RFC 6455 §10.2).
 *
 * @param others {@linkplain #normalized normalized}; {@code *}: all
 */
record Origins(Set<String> others) {
    static final String ALL = "*";

    /** What browsers send for pages that have no origin: files, and frames in a sandbox. */
    private static final String NONE = "null";

    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";
    private static final String SCHEME_END = "://";

    /**
     * Whether a connection is allowed.
     *
     * @param origins the values of the field in the request
     * @param host where the browser has sent the request
     */
    boolean allow(List<String> origins, String host) {
        if (origins.isEmpty() || others.contains(ALL)) {
            return true;
        } else if (origins.size() > 1) {
            return false;
        }
        return normalized(origins.get(0))
                .filter(origin -> others.contains(origin) || isSame(origin, host.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /**
     * An origin in the form in which browsers send it: in lower case, without the port that its scheme implies (RFC 6454
     * §6.2). Also {@code null}.
     *
     * @return empty: it is none, but for example a whole address
     */
    static Optional<String> normalized(String text) {
        String origin = text.strip().toLowerCase(Locale.ROOT);
        int host = origin.indexOf(SCHEME_END) + SCHEME_END.length();
        boolean valid = host > SCHEME_END.length()
                && host < origin.length()
                && origin.chars().skip(host).noneMatch(c -> c <= ' ' || "/?#@*,".indexOf(c) >= 0);
        if (!valid) {
            return origin.equals(NONE) ? Optional.of(origin) : Optional.empty();
        } else if (origin.startsWith(HTTP)) {
            return Optional.of(withoutPort(origin, ":80"));
        }
        return Optional.of(origin.startsWith(HTTPS) ? withoutPort(origin, ":443") : origin);
    }

    /** A proxy in front of the server may end TLS, so the scheme only decides the default port. */
    private static boolean isSame(String origin, String host) {
        if (origin.startsWith(HTTP)) {
            return origin.substring(HTTP.length()).equals(withoutPort(host, ":80"));
        }
        return origin.startsWith(HTTPS) && origin.substring(HTTPS.length()).equals(withoutPort(host, ":443"));
    }

    private static String withoutPort(String host, String port) {
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }
}
