package io.teahouse.account;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The server's side of one exchange of SCRAM-SHA-256 (RFC 5802 §5 and §7, RFC 7677), without channel binding. The
 * signature covers the client's messages exactly as they were sent; the library would format them anew, which a client may
 * do and a server must not. Pure.
 */
public final class ScramExchange {
    /**
     * The client's first message.
     *
     * @param header the GS2 header: {@code n,,} or {@code y,,} or with {@code a=NAME}
     * @param bare the rest of the message
     * @param name of the account, as typed
     */
    record First(String header, String bare, String name, String nonce) {
        /** In characters, escaped; no account has so long a name. */
        private static final int LONGEST_NAME = 1024;

        /** Empty: the message is invalid, or asks for channel binding or for another authorization identity. */
        static Optional<First> parse(String message) {
            String[] parts = message.split(",", -1);
            if (parts.length < 4 || !(parts[0].equals("n") || parts[0].equals("y"))) {
                return Optional.empty();
            }
            String header = parts[0] + "," + parts[1] + ",";
            Optional<String> name = value(parts[2], "n=").flatMap(First::unescaped);
            Optional<String> nonce = value(parts[3], "r=").filter(First::isPrintable);
            boolean isOwnIdentity = parts[1].isEmpty()
                    || value(parts[1], "a=").flatMap(First::unescaped).equals(name);
            if (name.isEmpty() || nonce.isEmpty() || !isOwnIdentity) {
                return Optional.empty();
            }
            return Optional.of(new First(header, message.substring(header.length()), name.get(), nonce.get()));
        }

        private static Optional<String> value(String part, String start) {
            return part.startsWith(start) && part.length() > start.length()
                    ? Optional.of(part.substring(start.length()))
                    : Optional.empty();
        }

        /** {@code =2C} is a comma, {@code =3D} an equals sign; no other escapes are valid (RFC 5802 §5.1). */
        private static Optional<String> unescaped(String name) {
            return !name.isEmpty() && name.length() <= LONGEST_NAME && isEscaped(name)
                    ? Optional.of(name.replace("=2C", ",").replace("=3D", "="))
                    : Optional.empty();
        }

        private static boolean isEscaped(String name) {
            for (int at = name.indexOf('='); at >= 0; at = name.indexOf('=', at + 1)) {
                if (!name.startsWith("=2C", at) && !name.startsWith("=3D", at)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isPrintable(String nonce) {
            return nonce.chars().allMatch(c -> c > ' ' && c < 0x7F);
        }
    }

    private final First first;
    private final Credentials.Scram verifier;
    private final String nonce;

    /** @param serverNonce printable ASCII without commas, used for no other exchange */
    ScramExchange(First first, Credentials.Scram verifier, String serverNonce) {
        this.first = first;
        this.verifier = verifier;
        this.nonce = first.nonce + serverNonce;
    }

    /** The server's first message. */
    public String challenge() {
        return "r=" + nonce + ",s=" + verifier.salt() + ",i=" + verifier.iterations();
    }

    /**
     * The server's final message, by which the client recognises the server.
     *
     * @param message the client's final message
     * @return empty: the client has not shown that it knows the password
     */
    Optional<String> finish(String message) {
        int proofAt = message.lastIndexOf(",p=");
        String begin = "c=" + base64(first.header) + ",r=" + nonce;
        if (proofAt < 0) {
            return Optional.empty();
        }
        String withoutProof = message.substring(0, proofAt);
        boolean isThisExchange = withoutProof.equals(begin) || withoutProof.startsWith(begin + ",");
        String signed = first.bare + "," + challenge() + "," + withoutProof;
        boolean right = ScramSha256.isProof(verifier, proof(message.substring(proofAt + 3)), signed);
        return isThisExchange && right ? Optional.of("v=" + ScramSha256.signature(verifier, signed)) : Optional.empty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] proof(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
