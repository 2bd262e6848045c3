package io.teahouse.wire.irc;

import java.util.Optional;

/**
 * The client's message of the SASL mechanism OAUTHBEARER (RFC 7628 §3.1): {@code n,a=NAME,^Aauth=Bearer TOKEN^A^A}. Pure.
 *
 * @param name of the account, if the client has given one
 * @param token not empty
 */
public record BearerMessage(Optional<String> name, String token) {
    private static final char SEPARATOR = '\u0001';
    private static final String FIELD = "auth=";
    private static final String SCHEME = "Bearer ";

    /** What a client sends after it has been told of an error (RFC 7628 §3.2.3). */
    public static final String CONFIRMATION = String.valueOf(SEPARATOR);

    /** Fields other than {@code auth} are ignored. Empty: that is not such a message, or has another kind of token. */
    public static Optional<BearerMessage> parse(String message) {
        int begin = message.indexOf(SEPARATOR);
        String[] header =
                begin < 0 ? new String[0] : message.substring(0, begin).split(",", -1);
        boolean isComplete = message.endsWith(CONFIRMATION + CONFIRMATION);
        if (header.length != 3 || !isFlag(header[0]) || !header[2].isEmpty() || !isComplete) {
            return Optional.empty();
        } else if (!header[1].isEmpty() && !header[1].startsWith("a=")) {
            return Optional.empty();
        }
        Optional<String> name =
                Optional.of(header[1]).filter(text -> text.length() > 2).map(BearerMessage::unescape);
        for (String field : message.substring(begin + 1).split(CONFIRMATION, -1)) {
            int token = FIELD.length() + SCHEME.length();
            if (field.startsWith(FIELD)
                    && field.length() > token
                    && field.substring(FIELD.length(), token).equalsIgnoreCase(SCHEME)) {
                return Optional.of(new BearerMessage(name, field.substring(token)));
            }
        }
        return Optional.empty();
    }

    /** Without binding to a channel, which this server does not have. */
    private static boolean isFlag(String text) {
        return text.equals("n") || text.equals("y");
    }

    /** RFC 5801 §4. */
    private static String unescape(String field) {
        return field.substring(2).replace("=2C", ",").replace("=3D", "=");
    }

    /** What the client is told of an error (RFC 7628 §3.2.2). */
    public static String error(boolean temporary) {
        return "{\"status\":\"" + (temporary ? "temporarily_unavailable" : "invalid_token") + "\"}";
    }
}
