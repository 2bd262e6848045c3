package io.teahouse.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.teahouse.account.Sha256;
import io.teahouse.operator.Privilege;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * A token of the settings, in plain text or hashed. A random token needs no slow hash: nobody can try 2<sup>256</sup>, and
 * Prometheus sends its token every few seconds. Immutable.
 *
 * @param name for the log
 * @param digest SHA-256 of the token, in hexadecimal digits
 * @param privileges what its holder may do
 */
public record AdminToken(String name, String digest, Set<Privilege> privileges) {
    private static final String HASHED = "sha256:";
    private static final int DIGITS = 64;
    private static final int RANDOM_BYTES = 32;

    /**
     * A token as the settings have it.
     *
     * @param configured in plain text, or as {@link #hash} returns it
     * @throws IllegalArgumentException if it is empty or a malformed hash
     */
    public static AdminToken of(String name, String configured, Set<Privilege> privileges) {
        if (configured.isEmpty()) {
            throw new IllegalArgumentException("a token is empty");
        }
        if (!configured.startsWith(HASHED)) {
            return new AdminToken(name, Sha256.hex(configured), privileges);
        }
        String digits = configured.substring(HASHED.length());
        if (digits.length() != DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("a hash is " + HASHED + " and " + DIGITS + " hexadecimal digits");
        }
        return new AdminToken(name, HexFormat.of().formatHex(HexFormat.of().parseHex(digits)), privileges);
    }

    /** A new token of 256 random bits, in the letters of base64url. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The form of a token for the settings, which does not reveal it. Only for tokens that cannot be guessed. */
    public static String hash(String token) {
        return HASHED + Sha256.hex(token);
    }

    /** Takes the same time whatever the token is. */
    boolean matches(String given) {
        return MessageDigest.isEqual(Sha256.hex(given).getBytes(UTF_8), digest.getBytes(UTF_8));
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "token " + name;
    }
}
