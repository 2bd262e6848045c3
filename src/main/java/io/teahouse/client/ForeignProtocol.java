package io.teahouse.client;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Recognizes clients of other protocols by a line that they send. A web page can make a browser send such lines to any
 * port, followed by text of its choice, which must never be treated as commands or messages.
 */
public final class ForeignProtocol {
    private static final int LONGEST = 1024;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int TLS_MAJOR = 3;
    private static final int STUN_LARGEST_TYPE = 3;
    private static final int STUN_COOKIE_AT = 4;
    private static final ByteString STUN_COOKIE = ByteString.fromInts(0x21, 0x12, 0xA4, 0x42);

    private static final String HTTP = "this port does not speak HTTP: it is a chat server";
    private static final String TLS = "this port does not speak TLS";
    private static final String STUN = "this port does not speak STUN or TURN";
    private static final String SSH = "this port does not speak SSH";
    private static final String MEDIA = "this port does not speak SIP or RTSP";

    /** Methods that are not IRC commands as well (RFC 9110, 5789, 9113 §3.4). */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PRI", "PROPFIND");

    private static final Set<String> HEADERS = Set.of(
            "host",
            "user-agent",
            "accept",
            "accept-language",
            "accept-encoding",
            "accept-charset",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "dnt",
            "expect",
            "keep-alive",
            "origin",
            "pragma",
            "priority",
            "referer",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "upgrade-insecure-requests",
            "via",
            "x-forwarded-for",
            "x-requested-with");

    private ForeignProtocol() {}

    /**
     * The reason, in one line for the user, why a line belongs to another protocol. Only for lines from before the
     * client had a name.
     *
     * @param line perhaps only the beginning of one
     */
    public static Optional<String> recognize(ByteString line) {
        Optional<String> binary = binary(line);
        return binary.isPresent() ? binary : text(firstLine(line));
    }

    private static Optional<String> binary(ByteString bytes) {
        if (bytes.size() < 2) {
            return Optional.empty();
        } else if (bytes.apply(0) == TLS_HANDSHAKE && bytes.apply(1) == TLS_MAJOR) {
            return Optional.of(TLS);
        }
        boolean stun = bytes.apply(0) >= 0
                && bytes.apply(0) <= STUN_LARGEST_TYPE
                && bytes.slice(STUN_COOKIE_AT, STUN_COOKIE_AT + STUN_COOKIE.size())
                        .equals(STUN_COOKIE);
        return stun ? Optional.of(STUN) : Optional.empty();
    }

    private static String firstLine(ByteString bytes) {
        String text =
                bytes.take(LONGEST).decodeString(StandardCharsets.ISO_8859_1).stripLeading();
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    private static Optional<String> text(String line) {
        int space = line.indexOf(' ');
        int colon = line.indexOf(':');
        if (line.startsWith("SSH-")) {
            return Optional.of(SSH);
        } else if (space > 0 && METHODS.contains(line.substring(0, space))) {
            return Optional.of(HTTP);
        } else if (colon > 0 && isHeader(line.substring(0, colon).toLowerCase(Locale.ROOT))) {
            return Optional.of(HTTP);
        }
        return space > 0 ? requestLine(line, space) : Optional.empty();
    }

    private static boolean isHeader(String name) {
        return HEADERS.contains(name) || name.startsWith("sec-") || name.startsWith("proxy-");
    }

    /** Matches any method: {@code METHOD TARGET PROTOCOL/VERSION}. */
    private static Optional<String> requestLine(String line, int space) {
        int last = line.lastIndexOf(' ');
        String target = line.substring(space, Math.max(last, space)).strip();
        boolean isTarget = target.startsWith("/") || target.equals("*") || target.indexOf(':') > 0;
        isTarget &= target.indexOf(' ') < 0;
        String protocol = line.substring(last + 1);
        if (!isTarget) {
            return Optional.empty();
        } else if (isVersion(protocol, "HTTP/")) {
            return Optional.of(HTTP);
        }
        return isVersion(protocol, "SIP/") || isVersion(protocol, "RTSP/") ? Optional.of(MEDIA) : Optional.empty();
    }

    private static boolean isVersion(String word, String protocol) {
        return word.regionMatches(true, 0, protocol, 0, protocol.length())
                && word.length() > protocol.length()
                && word.charAt(protocol.length()) >= '0'
                && word.charAt(protocol.length()) <= '9';
    }
}
