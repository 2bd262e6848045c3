package io.teahouse.account;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The server's side of one exchange of SCRAM-SHA-256 (RFC 5802 §5 and §7, RFC 7677), without channel binding. What is signed
 * are the messages as the client sent them, byte for byte; the classes of the library write them anew, which a client's
 * side may do and a server's must not. Pure.
 */
public final class ScramExchange {
    /**
     * The client's first message.
     *
     * @param header of GSS-API: {@code n,,} or {@code y,,} or with {@code a=NAME}
     * @param bare all of it that comes after
     * @param name whose account it is to be, as typed
     */
    record First(String header, String bare, String name, String nonce) {
        /** In characters, as it is written there; no account has such a name. */
        private static final int LONGEST_NAME = 1024;

        /** Empty: it is no such message, or asks for what is not here. */
        static Optional<First> parse(String message) {
            String[] parts = message.split(",", -1);
            if (parts.length < 4 || !(parts[0].equals("n") || parts[0].equals("y"))) {
                return Optional.empty();
            }
            String header = parts[0] + "," + parts[1] + ",";
            Optional<String> name = value(parts[2], "n=").flatMap(First::unescaped);
            Optional<String> nonce = value(parts[3], "r=").filter(First::isPrintable);
            boolean himself = parts[1].isEmpty()
                    || value(parts[1], "a=").flatMap(First::unescaped).equals(name);
            if (name.isEmpty() || nonce.isEmpty() || !himself) {
                return Optional.empty();
            }
            return Optional.of(new First(header, message.substring(header.length()), name.get(), nonce.get()));
        }

        private static Optional<String> value(String part, String start) {
            return part.startsWith(start) && part.length() > start.length()
                    ? Optional.of(part.substring(start.length()))
                    : Optional.empty();
        }

        /** {@code =2C} is a comma, {@code =3D} an equals sign, and no other one may be there (RFC 5802 §5.1). */
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

    /** @param serverNonce printable ASCII without commas, never used before */
    ScramExchange(First first, Credentials.Scram verifier, String serverNonce) {
        this.first = first;
        this.verifier = verifier;
        this.nonce = first.nonce + serverNonce;
    }

    /** What the client is sent first. */
    public String challenge() {
        return "r=" + nonce + ",s=" + verifier.salt() + ",i=" + verifier.iterations();
    }

    /** Whose account it is to be, as typed. */
    String name() {
        return first.name;
    }

    /**
     * What the client is sent at the end, by which it knows the server.
     *
     * @param message the client's final one
     * @return empty: it does not show that the client knows the password
     */
    Optional<String> finish(String message) {
        int proofAt = message.lastIndexOf(",p=");
        String begin = "c=" + base64(first.header) + ",r=" + nonce;
        if (proofAt < 0) {
            return Optional.empty();
        }
        String withoutProof = message.substring(0, proofAt);
        boolean mine = withoutProof.equals(begin) || withoutProof.startsWith(begin + ",");
        String signed = first.bare + "," + challenge() + "," + withoutProof;
        boolean right = ScramSha256.isProof(verifier, proof(message.substring(proofAt + 3)), signed);
        return mine && right ? Optional.of("v=" + ScramSha256.signature(verifier, signed)) : Optional.empty();
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
